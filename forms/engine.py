"""The forms engine: pure, stateless but for caches. Every change returns a new draft; drafts are never altered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Literal

from core import clock
from core.errors import InvalidAnswer
from forms import changes, paths, questions, review
from forms.changes import Change, Moved
from forms.confirmation import confirming
from forms.confirmation.others import Others
from forms.draft import Consent, Draft, Login, MaterialAnswer, SituationAnswer
from forms.filling import retrying
from forms.filling.consent import ConsentRequest
from forms.filling.describe import Described
from forms.filling.lookups import PlannedLookup
from forms.filling.putting import contested, whole, written
from forms.filling.settle import count, forget
from forms.filling.taking import take
from forms.logic.offering import as_offered
from forms.merging.merged import Finding
from forms.readiness import built_in, still_missing
from forms.values.choosing import pick, pick_many
from forms.values.wrong import Wrong
from integrations.sources.base import Answer

__all__ = ["Change", "ConsentRequest", "Described", "Engine", "Moved", "PlannedLookup"]


class Engine(Others):
    """All that can be done with a draft. ``today`` is asked for the day in China, so that tests may say which."""

    # Beginning and answering ------------------------------------------------------------------------------------

    def start(self, code: str, region: str, login: Login | None) -> Draft:
        """A new draft on the present version, with what the login tells. Raises `NotFound`."""
        return self.settled(Draft(one_thing=code, version=self.version_of(code), region=region, login=login))

    def answer_situation(
        self, draft: Draft, code: str, value: str | list[str], origin: Literal["citizen", "decided"] = "citizen"
    ) -> Draft:
        """Answer a situation by option value, label or another word for it; what only other items needed is cleared.

        Raises `InvalidAnswer` about ``situation:code``.
        """
        plan = self.plan(draft.one_thing, draft.region)
        planned = next((p for p in plan.situations if p.situation.code == code), None)
        if planned is None:
            raise InvalidAnswer(f"situation:{code}", "situation")
        situation = as_offered(planned, self.scene(draft))
        try:
            multi = situation.type == "multi"
            chosen = pick_many(value, situation.options) if multi else pick(_single(value), situation.options)
        except Wrong as problem:
            raise InvalidAnswer(f"situation:{code}", problem.reason, None, **problem.details) from None
        answer = SituationAnswer(value=chosen, origin=origin, at=clock.now())
        draft = draft.model_copy(update={"situations": {**draft.situations, code: answer}})
        return self.minimised_draft(self.settled(draft))

    def put(self, draft: Draft, path: str, raw: object, origin: Literal["citizen", "result"] = "citizen") -> Draft:
        """Put a value, read as its element says. Raises `InvalidAnswer` about the path.

        ``origin`` result is for what an earlier leg issued. An empty answer to an optional field passes it over.
        """
        plan, scene = self.plan(draft.one_thing, draft.region), self.scene(draft)
        parsed = paths.parse(path)
        if parsed and parsed.element == questions.COUNT and plan.element(path) is None:
            return self.set_count(draft, parsed.subject, whole(path, raw))
        merged = self.merge(draft)
        field = merged.fields.get(path)
        if field is not None and not field.required and (raw is None or raw == ""):
            return self.skip(draft, path)
        value = written(plan, scene, merged, draft, path, raw, origin, clock.now())
        skipped = [other for other in draft.skipped if other != path]
        changed = {"values": {**draft.values, path: value}, "skipped": skipped}
        return self.minimised_draft(self.settled(draft.model_copy(update=changed)))

    def contest(self, draft: Draft, path: str, claimed: object, reason: str) -> Draft:
        """Say that a fetched value is wrong. It stays marked and travels to its owner. Raises `InvalidAnswer`."""
        plan, scene = self.plan(draft.one_thing, draft.region), self.scene(draft)
        value = contested(plan, scene, draft, path, claimed, reason, clock.now())
        return self.settled(draft.model_copy(update={"values": {**draft.values, path: value}}))

    def skip(self, draft: Draft, path: str) -> Draft:
        """Pass over an optional field (or ``material:key``), or one that need not be known now, with those of the same
        subject of which the same is said. Raises `InvalidAnswer` when it is neither."""
        passed = tuple(questions.passed_over(draft, self.merge(draft), path))
        rest = {other: value for other, value in draft.values.items() if other != path}
        skipped = [*draft.skipped, *(one for one in passed if one not in draft.skipped)]
        return self.settled(draft.model_copy(update={"values": rest, "skipped": skipped}))

    def set_count(self, draft: Draft, subject: str, n: int) -> Draft:
        """Say how many of a repeated subject there are. Raises `InvalidAnswer` about ``subject.count``."""
        known = self.plan(draft.one_thing, draft.region).definition.subjects.get(subject)
        if known is None or known.repeat is None:
            raise InvalidAnswer(f"{subject}.count", "not_in_form")
        least, most = known.repeat.at_least, known.repeat.at_most
        if not least <= n <= most:
            raise InvalidAnswer(f"{subject}.count", "count", at_least=least, at_most=most, unit=known.repeat.unit)
        return self.minimised_draft(self.settled(draft.model_copy(update={"counts": {**draft.counts, subject: n}})))

    def provide(self, draft: Draft, slot_key: str, answer: MaterialAnswer) -> Draft:
        """Provide a material by one of its ways. Raises `InvalidAnswer` about ``material:key``."""
        slot = self.merge(draft).slots.get(slot_key)
        if slot is None:
            raise InvalidAnswer(f"material:{slot_key}", "not_in_form")
        if not any(way.way == answer.way for way in slot.ways) or (answer.way == "upload" and not answer.files):
            raise InvalidAnswer(f"material:{slot_key}", "way", ways=[way.way for way in slot.ways])
        return self.settled(draft.model_copy(update={"materials": {**draft.materials, slot_key: answer}}))

    # Looking up -------------------------------------------------------------------------------------------------

    def take(self, draft: Draft, lookup: PlannedLookup, answer: Answer) -> Draft:
        """Take in one answer: the fact, the values, what follows from them."""
        return self.take_all(draft, ((lookup, answer),))

    def take_all(self, draft: Draft, answered: Iterable[tuple[PlannedLookup, Answer]]) -> Draft:
        """Take in answers that came together; what follows from them follows once, at the end."""
        plan = self.plan(draft.one_thing, draft.region)
        for lookup, answer in answered:
            draft = count(plan, take(plan, draft, self.scene(draft), lookup, answer, self._today()))
        return self.settled(draft)

    def to_look_up(self, draft: Draft) -> bool:
        """Whether there is something to ask the sources now: for the first time, or once more (`retrying`)."""
        return bool(self.lookups(draft)) or bool(retrying.due(draft, clock.now()))

    def again(self, draft: Draft, *, due: bool = False) -> Draft:
        """Forget look-ups that got no answer (source down), so that `lookups` plans them anew; all, or those due."""
        down = [code for code, fact in draft.facts.items() if fact.outcome == "source_down"]
        down = retrying.due(draft, clock.now()) if due else down
        return self.settled(forget(self.plan(draft.one_thing, draft.region), draft, down)) if down else draft

    def let_go(self, draft: Draft) -> Draft:
        """Without anything that was looked up, for consent was taken back. What the citizen wrote stays."""
        plan = self.plan(draft.one_thing, draft.region)
        return self.settled(forget(plan, draft, list(draft.facts))) if draft.facts else draft

    # Judging ----------------------------------------------------------------------------------------------------

    def review(self, draft: Draft) -> tuple[Finding, ...]:
        """What pre-review finds. Missing answers are no findings; see `blockers`."""
        now = clock.in_china(clock.now()).replace(second=0, microsecond=0)
        return self.once(draft, ("review", now), lambda: self._reviewed(draft, now))

    def _reviewed(self, draft: Draft, now: datetime) -> tuple[Finding, ...]:
        plan, merged = self.plan(draft.one_thing, draft.region), self.merge(draft)
        scene = self.scene(draft).copy(form=merged.fields)
        others = confirming.findings(plan, self.confirmations(draft), merged)
        own = built_in(plan, scene, merged, draft, self.bank.titles)
        return (*review.findings(plan, scene, merged, now), *own, *others)

    def blockers(self, draft: Draft) -> tuple[Finding, ...]:
        """All that keeps a draft from being submitted: blocking findings, and everything still to answer."""
        plan, scene = self.plan(draft.one_thing, draft.region), self.scene(draft)
        blocking = [finding for finding in self.review(draft) if finding.level == "block"]
        return (*blocking, *still_missing(plan, scene, self.merge(draft), self.offline(draft)))

    def move(self, draft: Draft) -> Moved:
        """Bring a draft to the present version: what is kept, to be answered again, dropped."""
        plan = self.plan(draft.one_thing, draft.region)
        carried, again, dropped = changes.carry(plan, draft, self._today())
        settled = self.minimised_draft(self.settled(carried))
        open_ones = any(question.kind == "situation" for question in self.questions(settled))
        settled, papers = changes.carry_papers(draft, settled, self.merge(settled).slots, open_ones)
        gone = [path for path, v in carried.values.items() if path not in settled.values and v.origin == "citizen"]
        kept = (*(f"situation:{code}" for code in settled.situations), *settled.values, *papers.kept)
        return Moved(settled, kept, (*again, *papers.again), (*dropped, *gone, *papers.dropped))

    def relocate(self, draft: Draft, region: str) -> Moved:
        """The draft as another region handles it, and what became of each answer. Consent that does not name all that
        is looked up there, or for whom, is asked for anew. Nothing is stored by it, so that it may be shown first."""
        moved = self.move(draft.model_copy(update={"region": region}))
        if moved.draft.consent is None or self._agreed(moved.draft, moved.draft.consent):
            return moved
        return replace(moved, draft=moved.draft.model_copy(update={"consent": None}))

    def _agreed(self, draft: Draft, consent: Consent) -> bool:
        wanted = self.consent(draft)
        return {code for code, _ in wanted.sources} <= set(consent.sources) and set(wanted.items) <= set(consent.items)


def _single(value: str | list[str]) -> str:
    return value if isinstance(value, str) else value[0] if len(value) == 1 else ""
