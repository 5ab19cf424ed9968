"""Conditions in plain words: 「“宝宝的户口跟谁”选“跟妈妈”，并且宝宝满 7 周岁」."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from core.regions import region_name
from forms import paths
from forms.content.condition_schema import Condition
from forms.content.element_schema import Option
from forms.content.mentions import sentence
from forms.guides.deciding import decided, in_place, offered
from forms.guides.phrases import Phrase, group
from forms.logic.truth import TRUE, UNANSWERED
from forms.merging.plan import Plan
from forms.wording import words

_OPPOSITE = {"is": "is_not", "in": "is_not", "has": "has_not", "at_least": "below", "at_most": "above",
             "below": "at_least", "above": "at_most"}
"""Comparison words whose opposite has a word."""


class Terms:
    """Conditions of one one-thing in one region, in words. ``titles`` are the sources' titles."""

    def __init__(self, plan: Plan, parameters: Mapping[str, Any], region: str, titles: Mapping[str, str]) -> None:
        self.plan, self.parameters, self.region, self.titles = plan, parameters, region, titles
        self.decide = offered(in_place(parameters, region), plan)
        self._situations = {one.code: one for one in plan.definition.situations}

    def say(self, *conditions: Condition | None) -> str:
        """All the conditions together, a long one as a list; empty when nothing is left to hang on."""
        return self.phrase(*conditions).laid_out

    def phrase(self, *conditions: Condition | None) -> Phrase:
        """The same, to be put together with others."""
        left = [one for one in conditions if one is not None and decided(one, self.decide) is not TRUE]
        return group("all", map(self._said, left))

    def _said(self, condition: Condition) -> Phrase:
        if condition.all is not None:
            return group("all", map(self._said, self._open(condition.all)))
        if condition.any is not None:
            return group("any", map(self._said, _together(self._open(condition.any))))
        if condition.not_ is not None:
            return self._denied(condition.not_)
        return Phrase(self._leaf(condition))

    def _open(self, parts: Iterable[Condition]) -> list[Condition]:
        return [part for part in parts if decided(part, self.decide) is UNANSWERED]

    def _denied(self, condition: Condition) -> Phrase:
        """That a condition does not hold, said of its parts: 「不是自己的，并且没有选“装招牌”」."""
        if condition.all is not None:
            return group("any", map(self._denied, self._open(condition.all)))
        if condition.any is not None:
            return group("all", map(self._denied, self._open(condition.any)))
        return self._said(condition.not_) if condition.not_ is not None else Phrase(self._not(condition))

    def _not(self, condition: Condition) -> str:
        word, name, comparison, right = sentence(condition)
        if word == "fact":
            found = name.partition(".")[2] == "found" and comparison in ("is_", "is_not", "is")
            other = "is_not" if comparison != "is_not" else "is_"
            return self._fact(name, other if found else comparison, right)
        opposite = _OPPOSITE.get(comparison.rstrip("_"))
        if opposite is None or word not in ("situation", "field"):
            return words("guide_not", what=self._leaf(condition))
        if word == "situation" and name in self._situations:
            return self._situation(name, opposite, right)
        bare, element = paths.unindexed(name), self.plan.element(name)
        unit = element.unit if element else ""
        return self._compared(self.about(name), opposite, right, self.plan.options.get(bare, ()), unit)

    def _leaf(self, leaf: Condition) -> str:
        word, name, comparison, right = sentence(leaf)
        if word == "situation" and name in self._situations:
            return self._situation(name, comparison, right)
        if word == "fact":
            return self._fact(name, comparison, right)
        if word in ("field", "region"):
            bare = paths.unindexed(name)
            element, options = self.plan.element(name), self.plan.options.get(bare, ())
            unit = element.unit if element and comparison != "exists" else ""
            return self._compared(self.about(name), comparison, right, options, unit)
        if word in ("age_of", "count_of"):
            who = self._subject(name)
            return self._compared(words(f"guide_{word}", who=who), comparison, right, unit=words(f"guide_{word}_unit"))
        return words("guide_login") if word == "login" else words("guide_data")

    def _situation(self, code: str, comparison: str, right: Any) -> str:
        situation = self._situations[code]
        question = situation.question.partition("？")[0]
        if comparison == "exists":
            return words("guide_answered", question=question)
        chosen = self._either(right, situation.options, quoted=True)
        denied = comparison in ("is_not", "has_not")
        return words("guide_not_chosen" if denied else "guide_chosen", question=question, answer=chosen)

    def _fact(self, name: str, comparison: str, right: Any) -> str:
        code, _, attribute = name.partition(".")
        lookup = self.plan.lookups.get(code.partition("[")[0])
        source = self.titles.get(lookup.source, lookup.source) if lookup else code
        if attribute == "found" and comparison in ("is_", "is_not"):
            there = (str(right) == "yes") is (comparison == "is_")
            return words("guide_found" if there else "guide_not_found", source=source)
        return words("guide_fact", source=source)

    def _compared(
        self, left: str, comparison: str, right: Any, options: Iterable[Option] = (), unit: str = ""
    ) -> str:
        if comparison == "exists":
            return words("guide_is_there" if right else "guide_is_not_there", left=left)
        key = comparison.rstrip("_")
        if comparison == "starts_with":
            right = _whole_region(right)
        return words(f"guide_{key}", left=left, right=self._either(right, tuple(options)) + unit)

    def _either(self, right: Any, options: tuple[Option, ...], quoted: bool = False) -> str:
        values = right if isinstance(right, tuple | list) else (right,)
        labels = {option.value: option.label for option in options}
        there = [value for value in values if str(value) in labels]
        said = [labels.get(str(value)) or self._value(value) for value in there or values]
        shown = [words("guide_quote", what=one) if quoted else one for one in said]
        return words("guide_either").join([*([words("join").join(shown[:-1])] if shown[1:] else []), *shown[-1:]])

    def _value(self, value: Any) -> str:
        if not isinstance(value, str) or not value.startswith("$"):
            text = "yes" if value is True else "no" if value is False else str(value)
            return words(text) if text in ("yes", "no") else region_name(text) or text
        name = value[1:]
        if name.startswith("parameter."):
            found = self.parameters.get(name.removeprefix("parameter."), "")
            return self._either(found, ()) if isinstance(found, tuple | list) else self._value(_whole_region(found))
        return words("guide_today") if name == "today" else self.about(name)

    def _subject(self, name: str) -> str:
        subject = self.plan.definition.subjects.get(name.partition("[")[0])
        return subject.title if subject else name

    def about(self, path: str) -> str:
        """「宝宝的“姓名”」 for a path; what is no path of this one-thing is only called data."""
        parsed, element = paths.parse(path), self.plan.element(path)
        if parsed is None or element is None:
            return words("guide_case_region") if path == "case" else words("guide_data")
        note = self.plan.notes.get(paths.unindexed(path))
        title = (note and note.title) or element.title
        subject = self._subject(parsed.subject)
        named = words("guide_quote", what=title)
        return named if title.startswith(subject) else words("guide_of", subject=subject, title=named)


def _together(parts: list[Condition]) -> list[Condition]:
    """Alternatives of one question as one: 「“改哪些”选“名称”或“地址”」."""
    made: list[Condition] = []
    place: dict[str, int] = {}
    for part in parts:
        if part.situation is None or sentence(part)[2].rstrip("_") not in ("is", "in", "has"):
            made.append(part)
        elif part.situation in place:
            before = made[place[part.situation]]
            either = dict.fromkeys((*_several(before), *_several(part)))
            made[place[part.situation]] = Condition.model_validate({"situation": part.situation, "in": list(either)})
        else:
            place[part.situation] = len(made)
            made.append(part)
    return made


def _several(leaf: Condition) -> tuple[str, ...]:
    right = sentence(leaf)[3]
    return tuple(map(str, right)) if isinstance(right, tuple | list) else (str(right),)


def _whole_region(prefix: Any) -> Any:
    """``3301`` -> ``330100``, which has a name; anything else as it is."""
    text = str(prefix)
    return text + "0" * (6 - len(text)) if len(text) in (2, 4) and region_name(text + "0" * (6 - len(text))) else prefix
