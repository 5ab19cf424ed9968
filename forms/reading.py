"""Reading a draft: what is still to be asked, what it comes to, and how its values are shown."""

from __future__ import annotations

from core import clock
from core.errors import NotFound
from forms import changes, questions
from forms.changes import Change
from forms.content.element_schema import Option
from forms.content.schema import Situation
from forms.draft import Draft, SituationAnswer
from forms.filling import consent
from forms.filling.consent import ConsentRequest
from forms.filling.describe import Described, described
from forms.guides.whereto import Whereto, whereto
from forms.kernel import Kernel
from forms.logic import answers
from forms.logic.offering import as_offered
from forms.logic.truth import TRUE, Missing
from forms.merging import numbers as counting
from forms.merging.merged import Numbers, Question
from forms.values import showing


class Reading(Kernel):
    """All that can be read from a draft without changing it."""

    def consent(self, draft: Draft) -> ConsentRequest:
        """What the citizen is asked to agree to before anything is looked up."""
        scene = self.scene(draft)
        return consent.request(self.plan(draft.one_thing, draft.region), scene, self.merge(draft), self.bank.titles)

    def questions(self, draft: Draft, optional: bool = False) -> tuple[Question, ...]:
        """Everything still to ask, the next one first; with ``optional`` also what may be passed over."""
        plan, scene = self.plan(draft.one_thing, draft.region), self.scene(draft)
        asked = ("questions", optional)
        return self.once(draft, asked, lambda: questions.all_open(plan, scene, self.merge(draft), optional))

    def question(self, draft: Draft, key: str) -> Question | None:
        """The question for one situation, path or slot of this draft, asked or not; None when it is not part of it."""
        scene = self.scene(draft)
        return questions.one(self.plan(draft.one_thing, draft.region), scene, self.merge(draft), key)

    def situations(self, draft: Draft) -> tuple[tuple[Situation, SituationAnswer | None], ...]:
        """All situations that apply, with the answers that count."""
        plan, scene = self.plan(draft.one_thing, draft.region), self.scene(draft)
        found: list[tuple[Situation, SituationAnswer | None]] = []
        for planned in plan.situations:
            if answers.asked(planned, scene) is not TRUE:
                continue
            situation, given = as_offered(planned, scene), draft.situations.get(planned.situation.code)
            counts = scene.answers.get(situation.code)
            if given is None and counts is not None and not isinstance(counts, Missing):
                given = SituationAnswer(value=counts, origin="default", at=clock.now())
            found.append((situation, given))
        return tuple(found)

    def offline(self, draft: Draft) -> Option | None:
        """The chosen option that ends the online way, if there is one."""
        for situation, given in self.situations(draft):
            chosen = given.value if given else []
            for option in situation.options:
                if option.offline and option.value in ([chosen] if isinstance(chosen, str) else chosen):
                    return option
        return None

    def whereto(self, region: str, office: str = "", department: str = "") -> Whereto:
        """Where an office, or the counter of a department, is for people of a region; see `forms.guides.whereto`."""
        return whereto(self.bank, region, office, department)

    def numbers(self, draft: Draft) -> Numbers:
        """The promise in numbers."""
        return counting.numbers(draft, self.merge(draft))

    def differences(self, old: Draft, new: Draft) -> tuple[Change, ...]:
        """What reads differently in the new draft."""
        return tuple(changes.differences(self.plan(new.one_thing, new.region), old, new))

    def shown(self, draft: Draft, path: str) -> str:
        """A value as words, unmasked; empty when there is none."""
        value = draft.values.get(path)
        return showing.of_path(self.plan(draft.one_thing, draft.region), path, value.value) if value is not None else ""

    def masked(self, draft: Draft, path: str) -> str:
        """A value as words, as it may be shown where others look."""
        value = draft.values.get(path)
        return showing.masked(self.plan(draft.one_thing, draft.region), path, value.value) if value is not None else ""

    def title(self, draft: Draft, about: str) -> str:
        """What a path, ``material:key`` or ``situation:code`` is called, numbered where there are several."""
        return questions.about_title(self.plan(draft.one_thing, draft.region), self.scene(draft), about)

    def describe(self, draft: Draft, path: str) -> Described:
        """Where a value came from, in words. Raises `NotFound` when there is none."""
        value = draft.values.get(path)
        if value is None:
            raise NotFound(f"{path} has no value", path=path)
        return described(self.plan(draft.one_thing, draft.region), path, value, self.bank.titles)
