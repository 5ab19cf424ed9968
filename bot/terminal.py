"""The talk in a terminal: the same dialogue in process, blocks as text, choices by number."""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from uuid import uuid4

from bot.blocks import Block
from bot.citizens import citizen_for
from bot.conversation import Conversations
from bot.dialogue.drafting import Drafted
from bot.stand_ins import Act
from bot.talk_store import conversation, state_of
from bot.turns import bottom
from core.errors import YijianshiError
from integrations.identity.base import Person

Ask = Callable[[str], Awaitable[str]]
Write = Callable[[str], None]
END = ("/q", "/quit", "/exit")


class Terminal:
    """One talk, as a guest who may sign in as one of ``people``."""

    def __init__(
        self, conversations: Conversations, people: Iterable[tuple[str, Person]], ask: Ask, write: Write,
        others: Mapping[str, Act] | None = None,
    ) -> None:
        self._conversations, self._people = conversations, tuple(people)
        self._ask, self._write = ask, write
        say = conversations.parts.wording
        self._others = {say(f"terminal.do.{name}"): act for name, act in (others or {}).items()}
        self._owner = f"guest:{uuid4()}"
        self._id = ""
        self._seen = 0

    async def run(self) -> None:
        """Talk until the citizen says ``/q`` or the input ends."""
        self._id = str((await self._conversations.of(self._owner)).id)
        self._help()
        await self._show()
        while True:
            try:
                line = (await self._ask("> ")).strip()
            except EOFError:
                return
            if line in END:
                return
            if line.startswith("/"):
                await self._ask_others(line)
            elif line:
                await self._turn(line)

    def _help(self) -> None:
        say = self._conversations.parts.wording
        self._write(say("terminal.help") if self._others else say("terminal.end"))

    async def _ask_others(self, line: str) -> None:
        """Let somebody else act, and hear what comes of it."""
        act = self._others.get(line)
        if act is None:
            self._help()
            return
        try:
            await act(self._owner.partition(":")[2])
        except YijianshiError as problem:
            self._tell(problem)
        await self._show()

    def _tell(self, problem: YijianshiError) -> None:
        self._write(self._conversations.parts.wording.first(problem.wording, "error.internal"))

    async def _turn(self, line: str) -> None:
        kept = dict(state_of(await conversation(self._id)).offered)
        action = line if line.startswith("act:") else kept.get(line, "")
        try:
            if action == "act:login":
                await self._sign_in()
            elif action.startswith("act:upload:"):
                await self._upload(action.removeprefix("act:upload:"))
            else:
                text = None if line.startswith("act:") else line
                await self._conversations.turn(self._id, text=text, action=None if text else line, channel="terminal",
                                               client_id=uuid4().hex)
        except YijianshiError as problem:
            self._tell(problem)
        await self._show()

    async def _sign_in(self) -> None:
        for number, (title, one) in enumerate(self._people, 1):
            self._write(f"{number:3}. {one.name}　{title}")
        self._write(self._conversations.parts.wording("terminal.pick"))
        person = self._picked((await self._ask("# ")).strip())
        if person is None:
            self._write(self._conversations.parts.wording("terminal.nobody"))
        else:
            citizen = await citizen_for(person)
            row = await self._conversations.signed_in(self._owner, str(citizen.id))
            self._id, self._owner, self._seen = str(row.id), row.owner, max(row.seq - 1, 0)

    def _picked(self, said: str) -> Person | None:
        """Who is meant by a number of the list, or by a name."""
        if said.isdigit():
            return self._people[int(said) - 1][1] if 1 <= int(said) <= len(self._people) else None
        return next((person for _, person in self._people if person.name == said), None)

    async def _upload(self, slot: str) -> None:
        parts, stage = self._conversations.parts, bottom(state_of(await conversation(self._id)))
        path = Path((await self._ask("file: ")).strip())
        if not isinstance(stage, Drafted) or not await asyncio.to_thread(path.is_file):
            return
        held = await parts.forms.get(stage.draft)
        found = next((one for one in parts.engine.merged(held.draft).slots if one.key == slot), None)
        if found is None:
            return
        mime = mimetypes.guess_type(path.name)[0] or ""
        content = await asyncio.to_thread(path.read_bytes)
        await parts.forms.files.add(held.id, held.citizen_id, slot, found.material, path.name, mime, content)
        await self._conversations.turn(self._id, action=f"act:uploaded:{slot}", client_id=uuid4().hex)

    async def _show(self) -> None:
        """Everything said since the last look."""
        for said in await self._conversations.after(self._id, self._seen):
            self._seen = said.seq
            if said.role != "citizen":
                for block in said.blocks:
                    self._write(as_text(block))


def as_text(block: Block) -> str:
    """A block for a terminal: its plain text, with a mark for what kind of block it is."""
    mark = {"notice": "·", "form": "▤", "progress": "▸", "hand_over": "☎"}.get(block.type, " ")
    return "\n".join(f"{mark if number == 0 else ' '} {line}" for number, line in enumerate(block.plain.splitlines()))
