"""The talk: send words or press a button, and wait for what is said."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.blocks import Block
from bot.dialogue.state import State
from bot.models import Conversation
from bot.talk_store import Said, state_of
from bot.turns import bottom
from bot.web.endpoint import Api, Ask
from bot.web.keys import HOUSE
from bot.web.metrics import TURNS
from bot.web.typed import LONGEST_MESSAGE, ClientId
from core.errors import NotNow
from core.masking import mask_text

api = Api()
MOST = 200
LONGEST_WAIT = 25


class Send(BaseModel):
    """Words or a button. The same ``client_id`` sent twice is one message with one reply."""

    model_config = ConfigDict(extra="forbid")

    client_id: ClientId
    text: Annotated[str, Field(max_length=LONGEST_MESSAGE)] | None = None
    action: Annotated[str, Field(max_length=400)] | None = None

    @model_validator(mode="after")
    def _one(self) -> Send:
        if (self.text is None) == (self.action is None):
            raise ValueError("give either text or action")
        return self


class Reply(BaseModel):
    """What was answered, and the number of the reply."""

    seq: int
    blocks: list[Block]
    draft: str = ""
    stage: str = ""


class Since(BaseModel):
    """``after`` is the last number seen; ``wait`` seconds at most for something new."""

    model_config = ConfigDict(extra="forbid")

    after: int = Field(0, ge=0, le=2**31 - 1)
    wait: float = Field(0, ge=0, le=LONGEST_WAIT)


class MessageOut(BaseModel):
    """One message."""

    seq: int
    role: str
    text: str = ""
    """Own words come back with numbers masked: others may look at the page."""
    blocks: list[Block]
    at: str
    client_id: str | None = None
    action: str = ""
    """The button that was pressed, for a citizen's message without words."""


class Messages(BaseModel):
    """Messages in their order; ``seq`` is the last number there is. Ask again while ``more``."""

    messages: list[MessageOut]
    seq: int
    more: bool = False
    draft: str = ""
    """Id of the draft the talk is about, if it is about one."""
    stage: str = ""
    """What the talk is waiting for."""


@api.post("/api/v1/messages", summary="Say something or press a button", body=Send, returns=Reply, errors=(NotNow,),
          tag="talk")
async def send(ask: Ask[Send]) -> Reply:
    """Take one message; answered once, however often it is sent."""
    house, owner = ask.request.app[HOUSE], ask.me.owner
    await house.kv.limit(f"person:{owner}", house.settings.rate_per_person)
    row = await house.conversations.of(owner)
    done = await house.conversations.exchange(
        row.id, text=ask.body.text, action=ask.body.action, client_id=ask.body.client_id
    )
    where = _where(done.state)
    TURNS.labels("web", where["stage"]).inc()
    return Reply(seq=done.seq, blocks=list(done.blocks), **where)


@api.get("/api/v1/messages", summary="What was said after a number; waits for it", query=Since, returns=Messages,
         tag="talk")
async def listen(ask: Ask[None]) -> Messages:
    """Long poll: answers at once when there is something, otherwise when there is or the time is over."""
    house, query = ask.request.app[HOUSE], ask.query
    row = await house.conversations.of(ask.me.owner)
    said = await house.conversations.after(row.id, query.after, query.wait)
    row = await Conversation.get_or_none(id=row.id) or row
    last = said[-1].seq if said else query.after
    return Messages(
        messages=[_shown(one) for one in said], seq=max(last, query.after), more=len(said) >= MOST,
        **_where(state_of(row)),
    )


def _shown(one: Said) -> MessageOut:
    return MessageOut(
        seq=one.seq, role=one.role, blocks=list(one.blocks), at=one.at.isoformat(),
        client_id=one.client_id if one.role == "citizen" else None,
        **({"action": one.text} if one.text.startswith("act:") else {"text": mask_text(one.text)}),
    )


def _where(state: State) -> dict[str, Any]:
    stage = bottom(state)
    return {"draft": getattr(stage, "draft", ""), "stage": getattr(stage, "kind", "")}
