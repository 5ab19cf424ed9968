"""One turn: what was said is understood, steps are made and effects performed until there is nothing left to do."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from bot.blocks import Action, Block, Card, Form, Options, Progress
from bot.desks import Table
from bot.dialogue.again import on_table
from bot.dialogue.drafting import Asking, Consenting, Correcting, Drafted, Filling
from bot.dialogue.events import Event
from bot.dialogue.heard import Heard
from bot.dialogue.marks import is_typed
from bot.dialogue.questions import question
from bot.dialogue.stages import Confirming, Nodding, Rating, Resuming, Sure, WithPerson
from bot.dialogue.state import State
from bot.dialogue.step import step
from bot.effects import Effects
from bot.moved import told
from bot.parts import Parts
from bot.personal import personal_values
from bot.queue_region import queue_region
from bot.render.basics import notice
from core.errors import NotFound
from intents.distress import distress
from intents.understanding import Context, Understanding
from nlu.normalise import normalise

LONGEST = 1000
"""Characters of a message that are read."""
MOST_OFFERED = 40
"""Buttons remembered from the last reply."""
MOST_STEPS = 16
"""Steps one turn may make; more would be a circle."""


class Turn:
    """One turn of one conversation."""

    def __init__(self, parts: Parts, table: Table, state: State) -> None:
        self._parts, self._table, self.state, self.before = parts, table, state, state
        self.blocks: list[Block] = []
        self.heard: Heard | None = None
        """What was said, when it was words that are no button."""
        self.asked = Context()
        """What was being asked when it was said."""
        self._effects = Effects(parts, table)

    async def prepare(self) -> None:
        """Lay the draft of the present stage on the table, moved to the present content if that has changed."""
        stage = bottom(self.state)
        if not isinstance(stage, Drafted):
            return
        try:
            await self._table.load(stage.draft)
        except NotFound:
            return
        draft = self._table.draft
        if self._table.held.state != "open":  # it was signed: a case keeps the content it was signed under
            return
        if draft.version != self._parts.engine.version_of(draft.one_thing):
            moved = self._parts.engine.move(draft)
            await self._table.save(moved.draft)
            if not isinstance(self.state.stage, WithPerson):
                await self.take(told(self._parts.engine, moved))

    async def say(self, text: str) -> None:
        """Take words."""
        plain = clean(text)
        if isinstance(self.state.stage, WithPerson):  # a number typed for a person is no button
            danger = distress(normalise(plain))
            await self._run(Heard(text=plain, read=Understanding(text=plain, distress=danger)))
            return
        if len(plain) > LONGEST:
            self.blocks.append(notice("info", self._parts.wording("error.too_long")))
            plain = plain[:LONGEST]
        if action := typed_button(self.state, plain):
            await self.press(action)
            return
        self.asked = context(self.state, self._table)
        read = await self._parts.hears.hear(plain, self.asked)
        self.heard = Heard(text=plain, read=read)
        await self._run(self.heard)

    async def press(self, action: str) -> None:
        """Take a button."""
        files: tuple[str, ...] = ()
        if action.startswith("act:uploaded:") and self._table.stored:
            slot = action.removeprefix("act:uploaded:").removeprefix("material:")
            held = await self._parts.forms.files.list_of(self._table.draft_id, self._table.citizen_id)
            files = tuple(one.id for one in held if one.slot == slot)
        await self._run(Heard(action=action[:400], files=files))

    async def take(self, event: Event) -> None:
        """Take something that happened."""
        await self._run(Heard(event=event))

    async def _run(self, first: Heard) -> None:
        queue = [first]
        for _ in range(MOST_STEPS):
            if not queue:
                return
            outcome = step(self.state, queue.pop(0), self._table.desk())
            self.state = outcome.state
            self.blocks += outcome.blocks
            for effect in outcome.effects:
                event = await self._effects.perform(effect)
                if event is not None:
                    queue.append(Heard(event=event))
        raise RuntimeError("a turn went in circles")

    async def region(self) -> str:
        """Where what is talked about is handled; see `queue_region`."""
        return await queue_region(self._parts, self._table, bottom(self.state))

    def personal(self) -> tuple[str, ...]:
        """What is known here of the people talked about."""
        return personal_values(self._table.login, self._table.stored.draft if self._table.stored else None)

    def close(self) -> State:
        """The state to keep, with the buttons that were said."""
        return self.state.model_copy(update={"offered": offered(self.blocks)}) if self.blocks else self.state


def offered(blocks: Iterable[Block]) -> tuple[tuple[str, str], ...]:
    """(words, action) of the buttons in ``blocks``; choices of the last question also by their number."""
    found: dict[str, str] = {}
    numbered: list[Action] = []
    for block in blocks:
        if isinstance(block, Options):
            numbered = [] if block.multi else [item for item in block.items if item.style != "quiet"]
            buttons = [*(() if block.multi else block.items), *([block.done] if block.done and not block.multi else [])]
        elif isinstance(block, Card | Form | Progress):
            buttons, numbered = list(block.actions), []
        else:
            continue
        found.update({button.label: button.id for button in buttons})
    found.update({str(number): item.id for number, item in enumerate(numbered, 1)})
    return tuple(found.items())[-MOST_OFFERED:]


def typed_button(state: State, text: str) -> str:
    """The button whose label or number was typed, or nothing."""
    return next((action for words, action in state.offered if is_typed(words, text)), "")


def clean(text: str) -> str:
    """Text without control and invisible characters."""
    kept = (" " if char in "\r\n\t" else char for char in text
            if char in "\r\n\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co"))
    return "".join(kept).strip()


def bottom(state: State) -> object:
    """The stage below those that stand over it."""
    stage: object = state.stage
    while isinstance(stage, Nodding | Sure | WithPerson):
        stage = stage.under
    return stage


def context(state: State, table: Table) -> Context:
    """What the citizen was asked, for understanding a short reply."""
    stage, desk = state.stage, table.desk()
    code = getattr(bottom(state), "one_thing", None) or None
    if isinstance(stage, Nodding | Sure | Consenting | Resuming) or (
        isinstance(stage, Confirming) and len(stage.choices) == 1
    ):
        return Context("yes_no", one_thing=code)
    if isinstance(stage, Rating):
        return Context("words", one_thing=code)
    if isinstance(stage, Asking | Filling | Correcting) and desk.draft is not None and on_table(stage):
        found = question(desk, on_table(stage))
        if found is not None:
            labels = tuple(word for option in found.options for word in (option.label, *option.aliases))
            return Context("situation" if found.kind == "situation" else "field", labels, found.type, code)
    return Context(one_thing=code)
