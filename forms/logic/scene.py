"""What conditions look at: a draft on a day, with the situations that count and the subjects they are bound to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from forms import paths
from forms.content.schema import Lookup, Subject
from forms.draft import Draft, Fact
from forms.logic.truth import Missing
from forms.values.identity import birth_of_id, sex_of_id

Reading = Any
"""A value, or a `Missing`."""
Found = TypeVar("Found")


SPOKEN = frozenset({"found", "outcome", "count", ""})
"""Names that speak of an answer itself and are not attributes."""


def default_count(subject: Subject) -> int:
    """How many of a repeated subject there are before anybody says."""
    return max(subject.repeat.at_least, 1) if subject.repeat else 1


class Scene:
    """Read-only access for conditions, checks and derivations. ``index`` binds repeated subjects to one of them."""

    __slots__ = ("_found", "answers", "draft", "form", "index", "lookups", "parameters", "subjects", "today")

    def __init__(
        self, draft: Draft, subjects: Mapping[str, Subject], lookups: Mapping[str, Lookup],
        parameters: Mapping[str, Any], today: date, answers: dict[str, Reading] | None = None,
        index: Mapping[str, int] | None = None, form: Collection[str] | None = None,
    ) -> None:
        self.draft, self.subjects, self.lookups = draft, subjects, lookups
        self.parameters, self.today, self.form = parameters, today, form
        self.answers: dict[str, Reading] = {} if answers is None else answers
        self.index: Mapping[str, int] = index or {}
        self._found: dict[str, Any] | None = None

    def once(self, name: str, find: Callable[[], Found]) -> Found:
        """What ``find`` finds out about this very scene, found out once its answers are all there."""
        if self._found is None:
            self._found = {}
        if name not in self._found:
            self._found[name] = find()
        return self._found[name]  # type: ignore[no-any-return]

    def at(self, subject: str | None, index: int | None) -> Scene:
        """The same scene with ``subject`` bound to its ``index``-th."""
        if subject is None or index is None:
            return self
        known = self.draft, self.subjects, self.lookups, self.parameters, self.today, self.answers
        return Scene(*known, {**self.index, subject: index}, self.form)

    def copy(self, form: Collection[str] | None = None) -> Scene:
        """The same scene with answers of its own, and the paths that the form asks for."""
        known = self.draft, self.subjects, self.lookups, self.parameters, self.today
        return Scene(*known, dict(self.answers), self.index, form)

    def repeats(self, subject: str) -> bool:
        """Whether paths of this subject carry an index."""
        known = self.subjects.get(subject)
        return known is not None and known.repeat is not None

    def count(self, subject: str) -> int:
        """How many of a subject there are in this draft."""
        known = self.subjects.get(subject)
        if known is None or known.repeat is None:
            return 1
        return self.draft.counts.get(subject, default_count(known))

    def indexes(self, subject: str) -> tuple[int | None, ...]:
        """``(None,)`` for an unrepeated subject, the bound index, or 1 ... n."""
        if not self.repeats(subject):
            return (None,)
        bound = self.index.get(subject)
        return (bound,) if bound is not None else tuple(range(1, self.count(subject) + 1))

    def path(self, subject: str, element: str, index: int | None = None) -> str:
        """The concrete path, with the bound index (or the first) where the subject repeats."""
        if index is None and self.repeats(subject):
            index = self.index.get(subject, 1)
        return paths.write(subject, index, element)

    def field(self, path: str) -> Reading:
        """The value of a concrete path, or unanswered."""
        value = self.draft.values.get(path)
        return Missing.UNANSWERED if value is None or value.value is None else value.value

    def field_there(self, path: str) -> Reading:
        """Like `field`, but absent when it was passed over, or when the form of this scene does not ask for it."""
        found = self.field(path)
        beside = self.form is not None and path not in self.form
        passed = found is Missing.UNANSWERED and (beside or path in self.draft.skipped)
        return Missing.ABSENT if passed else found

    def situation(self, code: str) -> Reading:
        """The answer that counts: absent when the situation does not apply."""
        return self.answers.get(code, Missing.UNANSWERED)

    def fact_of(self, lookup: str) -> tuple[Fact | None, int]:
        """The fact of a lookup for the bound subject, and which of its records is meant (0-based)."""
        known = self.lookups.get(lookup)
        if known is None:
            return self.draft.facts.get(lookup), 0
        fact = self.draft.facts.get(lookup)
        for key in known.by.values():
            parsed = paths.parse(key)
            if parsed and self.repeats(parsed.subject):
                fact = self.draft.facts.get(f"{lookup}[{self.index.get(parsed.subject, 1)}]")
                break
        if known.each:
            return fact, self.index.get(known.each, 1) - 1
        return fact, self._at_hand(known, fact.records) if fact is not None and len(fact.records) > 1 else 0

    def _at_hand(self, lookup: Lookup, records: Sequence[Mapping[str, Any]]) -> int:
        """Which of several records is about what stands in the form: the one that agrees with most of what its source
        fills there, the first of equals."""
        known: list[tuple[str, str]] = []
        for one in self.lookups.values():
            if (one.source, one.by) == (lookup.source, lookup.by):
                for path, attribute in one.gives.items():
                    parsed = paths.parse(path)
                    value = parsed and self.draft.values.get(self.path(parsed.subject, parsed.element, parsed.index))
                    if value:
                        known.append((attribute, str(value.value)))
        agree = [sum(str(record.get(name)) == said for name, said in known) for record in records]
        return agree.index(max(agree))

    def spread(self, name: str) -> str | None:
        """The repeated subject each of which ``code.attribute`` of a lookup speaks of; None when it tells one thing.

        Of one answer with a record for each, what is said of the answer itself is one thing.
        """
        lookup, _, attribute = name.partition(".")
        known = self.lookups.get(lookup)
        if known is None:
            return None
        for key in known.by.values():
            parsed = paths.parse(key)
            if parsed and parsed.index is None and self.repeats(parsed.subject):
                return parsed.subject
        one = known.each is None or attribute in SPOKEN or not self.repeats(known.each)
        return None if one else known.each

    def fact(self, name: str) -> Reading:
        """``code.attribute`` of a lookup; ``found``, ``outcome`` and ``count`` speak of the answer itself."""
        lookup, _, attribute = name.partition(".")
        fact, number = self.fact_of(lookup)
        if fact is None:
            return Missing.UNAVAILABLE
        if attribute == "outcome":
            return fact.outcome
        if fact.outcome in ("source_down", "not_allowed"):
            return Missing.UNAVAILABLE
        if attribute == "count":
            return len(fact.records)
        there = fact.outcome == "got" and number < max(len(fact.records), 1)
        if attribute in ("found", ""):
            return "yes" if there else "no"
        if not there or not fact.records:
            return Missing.ABSENT
        found = fact.records[number].get(attribute)
        return Missing.UNAVAILABLE if found is None or found == "" else found

    def login(self, attribute: str) -> Reading:
        """``name``, ``id_number``, ``phone``, ``level``, ``sex`` or ``age`` of the person signed in."""
        login = self.draft.login
        if login is None:
            return Missing.UNANSWERED
        if attribute == "sex":
            return sex_of_id(login.id_number) or Missing.UNAVAILABLE
        if attribute == "age":
            born = birth_of_id(login.id_number)
            return years(born, self.today) if born else Missing.UNAVAILABLE
        return getattr(login, attribute, None) or Missing.ABSENT

    def age(self, place: str) -> Reading:
        """Whole years of a subject, by its birth date or time, else by its id number."""
        for element in ("birth_date", "birth_time"):
            born = self.draft.values.get(f"{place}.{element}")
            if born is not None and isinstance(born.value, str):
                return years(date.fromisoformat(born.value[:10]), self.today)
        number = self.draft.values.get(f"{place}.id_number")
        known = birth_of_id(number.value) if number is not None and isinstance(number.value, str) else None
        return years(known, self.today) if known else Missing.UNANSWERED

    def material(self, code: str) -> Reading:
        """The way a material slot is filled, by slot key or material code."""
        exact = self.draft.materials.get(code)
        if exact is not None:
            return exact.way
        ways = [given.way for key, given in self.draft.materials.items() if key.partition(":")[0] == code]
        return ways[0] if ways else Missing.UNANSWERED


def years(born: date, today: date) -> int:
    """Whole years from one day to another."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
