"""A talk without any outside: effects are performed on plain data, words are read by the real act and entity lists."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.blocks import Block
from bot.dialogue.desk import Desk
from bot.dialogue.events import CaseMoved, Consented, CorrectionOpened, DraftOpened, Event, HandedOver, Move, Submitted
from bot.dialogue.heard import Heard
from bot.dialogue.outcome import Effect, GiveConsent, HandOver, LoadDraft, OpenCorrection, OpenDraft, SaveDraft, Submit
from bot.dialogue.sights import CaseSight, DemandSight, LegSight
from bot.dialogue.stages import WithPerson
from bot.dialogue.state import State
from bot.dialogue.step import step
from bot.turns import context, offered, typed_button
from bot.wording.wording import wording
from core.clock import now
from forms.bank import Bank
from forms.draft import Consent, Draft, Login
from forms.engine import Engine
from intents.acts import hear_acts
from intents.catalogue import Entry, Question
from intents.distress import distress
from intents.understanding import Band, Entity, FaqHit, Says, Scored, Understanding
from nlu.entities import find_entities

CONTENT = Path(__file__).parent / "content"
ENTRIES = {
    "pet": Entry(code="pet", title="养狗", lead_department="城管", form="pet", guide="带狗来。", fee="不收费",
                 aliases=("办狗证",), updated="2026-01-01", faq=(Question(q="能养几只？", a="一户一只。"),)),
    "move": Entry(code="move", title="搬家", lead_department="公安", form="none", guide="带户口本。", fee="不收费",
                  updated="2026-01-01"),
    "shop": Entry(code="shop", title="开店", lead_department="市场监管", form="pet", guide="带身份证。", fee="不收费",
                  updated="2026-01-01"),
}
CASE = CaseSight("33010620261122870000001", "pet", "养狗一件事", "submitted", "d1",
                 legs=(LegSight("许可证", "城管", "waiting", "审核通过后就送过去"),))


class _Seat:
    """What `bot.turns.context` wants of a table."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def desk(self) -> Desk:
        return self._desk


class Talk:
    """One citizen talking."""

    def __init__(self, signed_in: bool = True) -> None:
        self.state, self.done = State(), list[Effect]()
        self.desk = Desk(say=wording(), matters=ENTRIES, engine=Engine(Bank.load([CONTENT])), signed_in=signed_in,
                         name="陈一民" if signed_in else "")
        self.blocks: tuple[Block, ...] = ()
        self.demands: tuple[DemandSight, ...] = ()
        self.near = 1.0

    @property
    def stage(self) -> str:
        return self.state.stage.kind

    @property
    def draft(self) -> Draft:
        return self.desk.paper

    @property
    def plain(self) -> str:
        return "\n".join(block.plain for block in self.blocks)

    def say(self, text: str, *, band: Band = "unknown", ranking: tuple[str, ...] = (), out: str | None = None,
            faq: tuple[str, float] | None = None, matters: tuple[str, ...] | None = None,
            open_to: tuple[str, ...] = (), says: Says = "asks") -> str:
        """Words, with the reading of what they ask for."""
        if isinstance(self.state.stage, WithPerson):
            return self._hear(Heard(text=text, read=Understanding(text=text, distress=distress(text))))
        if action := typed_button(self.state, text):
            return self.press(action)
        if danger := distress(text):
            return self._hear(Heard(text=text, read=Understanding(text=text, distress=danger)))
        ctx = context(self.state, _Seat(self.desk))  # type: ignore[arg-type]
        hits = (FaqHit("pet", "能养几只？", faq[0], faq[1]),) if faq else ()
        read = Understanding(
            text=text, ranking=tuple(Scored(code, 0.95 - 0.1 * n) for n, code in enumerate(ranking)), band=band,
            near=self.near, open_to=open_to, says=says, out_kind=out, acts=hear_acts(text, ctx), faq=hits,  # type: ignore[arg-type]
            entities=tuple(Entity(e.kind, e.value, e.text, e.start, e.end) for e in find_entities(text)),
            matters=matters if matters is not None else ranking[:1] if band in ("act", "confirm") else (),
        )
        return self._hear(Heard(text=text, read=read))

    def press(self, action: str, files: tuple[str, ...] = ()) -> str:
        return self._hear(Heard(action=action, files=files))

    def happen(self, event: Event) -> str:
        return self._hear(Heard(event=event))

    def _hear(self, first: Heard) -> str:
        queue, blocks = [first], list[Block]()
        for _ in range(10):
            if not queue:
                break
            outcome = step(self.state, queue.pop(0), self.held())
            self.state, blocks = outcome.state, [*blocks, *outcome.blocks]
            for effect in outcome.effects:
                self.done.append(effect)
                event = self._perform(effect)
                if event is not None:
                    queue.append(Heard(event=event))
        self.blocks = tuple(blocks)
        self.state = self.state.model_copy(update={"offered": offered(self.blocks)})
        # what is kept between turns survives being written and read
        self.state = State.model_validate_json(self.state.model_dump_json())
        return self.plain

    def held(self) -> Desk:
        """The desk of this moment."""
        return replace(self.desk, _seen={})

    def _perform(self, effect: Effect) -> Event | None:
        match effect:
            case OpenDraft():
                login = Login(name="陈一民", id_number="330106199307120316", phone="13800000101")
                self.desk = self.desk.holding(self.desk.engine.start("pet", "330106", login))
                return DraftOpened("d1", effect.one_thing)
            case LoadDraft():
                return DraftOpened(effect.draft, "pet", fresh=False)
            case SaveDraft():
                self.desk = self.desk.holding(effect.draft)
            case GiveConsent():
                consent = Consent(id="c", given=effect.given, purpose="p", sources=[], items=[], text="t", at=now())
                self.desk = self.desk.holding(self.draft.model_copy(update={"consent": consent}))
                return Consented(effect.given)
            case Submit():
                return Submitted(CASE, again=bool(effect.case))
            case OpenCorrection():
                return CorrectionOpened(replace(CASE, demands=self.demands))
            case HandOver(to_person=True):
                return HandedOver(effect.urgent)
        return None


def begun() -> Talk:
    """A talk with the pet form open and its first question asked."""
    talk = Talk()
    talk.say("我想办狗证", band="act", ranking=("pet",))
    return talk


def filled() -> Talk:
    """A talk that reached the check of all answers."""
    talk = begun()
    for words in ("家里", "都不办", "王小宝", "12", "承诺代替"):
        talk.say(words)
    return talk


def moved(what: str, case: CaseSight) -> CaseMoved:
    return CaseMoved((Move(what),), case)
