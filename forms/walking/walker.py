"""One example under way: asked, answered as it says, and asked again, until nothing is left."""

from __future__ import annotations

from collections import Counter
from typing import Any

from core.clock import now
from forms import paths
from forms.confirmation.confirming import Decision, decided
from forms.draft import Consent, Draft, MaterialAnswer
from forms.engine import Engine
from forms.filling.prefill import Ask, prefill
from forms.merging.merged import Question
from forms.walking.examples_schema import Ending, Example, WayName
from integrations.sources.base import Purpose

BUDGET = 10.0
"""Seconds; generous, since an example must come out the same on a slow machine."""
NOBODY = "00000000-0000-0000-0000-000000000000"
"""Id of a confirmation that is kept nowhere."""
NO = "我不同意"
"""Why somebody declines in an example."""
MOST_QUESTIONS = 300
_BY_ITSELF = ("licence", "verified")
"""Ways that need nothing from the citizen, and that no citizen can choose."""
_LIKELY = ("upload", "deferred")
"""What somebody chooses whose example does not say: whichever of these the content offers first."""


class Walker:
    """Holds the draft of one example while it is walked, what was asked and what could not be done."""

    def __init__(self, engine: Engine, example: Example, ask: Ask, draft: Draft) -> None:
        self.engine, self.example, self.ask, self.draft = engine, example, ask, draft
        self.later = ask
        self.asked: list[Question] = []
        self.mistakes: list[str] = []

    async def through(self) -> Ending:
        """Walk it to its end, with what is corrected and what others decide."""
        self._consent()
        await self._fetch()
        for subject, number in self.example.counts.items():
            self.draft = self.engine.set_count(self.draft, subject, number)
        await self._fetch()
        ending = await self._answer_all()
        if ending == "submitted" and (self.example.corrects or self.example.contests or self.example.back):
            self._change()
            await self._fetch()
            ending = await self._answer_all()
        if ending == "submitted" and self._others():
            await self._fetch()
            ending = await self._answer_all()
        return ending

    def _consent(self) -> None:
        wanted = self.engine.consent(self.draft)
        consent = Consent(
            id=f"example-{self.example.code}", given=self.example.consents, purpose=wanted.purpose,
            sources=[code for code, _ in wanted.sources], items=list(wanted.items), text=wanted.text, at=now(),
        )
        self.draft = self.draft.model_copy(update={"consent": consent})

    async def _fetch(self) -> None:
        definition = self.engine.bank.definition(self.draft.one_thing)
        items = tuple(leg.item.code for leg in self.engine.legs(self.draft)) or (definition.code,)
        purpose = Purpose(
            definition.code, definition.purpose, items, "example", f"example-{self.example.code}", "example-walker"
        )
        self.draft = await prefill(self.engine, self.draft, self.ask, purpose, BUDGET)

    async def _answer_all(self) -> Ending:
        while True:
            if self.engine.offline(self.draft) is not None:
                return "offline"
            left = self.engine.questions(self.draft)
            if not left:
                return "submitted"
            self.asked.append(left[0])
            if self._endless() or not self._answer(left[0]):
                return "unfinished"
            await self._fetch()

    def _endless(self) -> bool:
        key, times = Counter(question.key for question in self.asked).most_common(1)[0]
        if times > 2 or len(self.asked) > MOST_QUESTIONS:
            self.mistakes.append(f"`{key}` is asked again and again, whatever is answered")
            return True
        return False

    def _answer(self, question: Question) -> bool:
        """Answer one question from the example; False when the example has no answer."""
        match question.kind:
            case "situation":
                given = self.example.situations.get(question.key)
                if given is not None:
                    answer = given if isinstance(given, str) else list(given)
                    self.draft = self.engine.answer_situation(self.draft, question.key, answer)
                return self._has(given is not None, question)
            case "field":
                given = self.example.values.get(question.key)
                if given is not None:
                    self.draft = self.engine.put(self.draft, question.key, given)
                elif question.optional:
                    self.draft = self.engine.skip(self.draft, question.key)
                return self._has(given is not None or question.optional, question)
        return self._provide(question)

    def _provide(self, question: Question) -> bool:
        code = question.key.partition(":")[0]
        ways = [way.way for way in question.ways]
        named = self.example.materials.get(question.key) or self.example.materials.get(code)
        likely = next((way for way in ways if way in _LIKELY), None)
        way = named or likely or next((w for w in ways if w not in _BY_ITSELF), None)
        if way is None or way not in ways:
            self.mistakes.append(f"`{question.key}` cannot be provided by `{way}`, only by {', '.join(ways)}")
            return False
        self.draft = self.engine.provide(self.draft, question.key, _by(way))
        return True

    def _has(self, answered: bool, question: Question) -> bool:
        if not answered and self.example.expect.outcome != "unfinished":
            words = question.ask or question.title
            self.mistakes.append(f"`{question.key}` is asked ({words}) and the example does not answer")
        return answered

    def _others(self) -> bool:
        """Others confirm or decline, as the example says; whether anybody did."""
        said: dict[str, Decision] = dict.fromkeys(self.example.confirms, "confirmed")
        said |= dict.fromkeys(self.example.declines, "declined")
        asked, before = self.engine.confirmations(self.draft), self.draft
        for who in asked:
            place = paths.place(who.subject, who.index)
            decision = said.get(place) or said.get(who.subject)
            if decision is not None and who.state == "open":
                given = decided(who, decision, id_=NOBODY, at=now(), level=3, reason=NO)
                self.draft = self.engine.confirmed(self.draft, who.key, given)
        names = {name for who in asked for name in (who.subject, paths.place(who.subject, who.index))}
        self.mistakes += [f"`{name}` decides, and nobody asks them" for name in said if name not in names]
        return self.draft is not before

    def _change(self) -> None:
        if self.example.back:
            self.ask, self.draft = self.later, self.engine.again(self.draft)
        for path, value in self.example.corrects.items():
            self._correct(path, value)
        for path, contest in self.example.contests.items():
            self.draft = self.engine.contest(self.draft, path, contest.claimed, contest.reason)

    def _correct(self, path: str, value: Any) -> None:
        kind, _, key = path.partition(":")
        if kind == "situation" and key:
            self.draft = self.engine.answer_situation(self.draft, key, value)
        elif kind == "material" and key:
            self.draft = self.engine.provide(self.draft, key, _by(value))
        else:
            self.draft = self.engine.put(self.draft, path, value)

    def unused(self) -> list[str]:
        """Answers the example gives to what nobody asked."""
        keys = {question.key for question in self.asked}
        slots = keys | {key.partition(":")[0] for key in keys}
        given = [key for key in (*self.example.situations, *self.example.values) if key not in keys]
        brought = [key for key in self.example.materials if key not in slots]
        return [
            *(f"`{key}` is answered but never asked" for key in given),
            *(f"`{key}` is provided but never asked for" for key in brought),
        ]


def _by(way: WayName) -> MaterialAnswer:
    """A paper provided in one of its ways."""
    return MaterialAnswer(way=way, at=now(), files=["example-file"] if way == "upload" else [])
