"""Whether conditions can hold together: a search over the answers a citizen may give and the values data may have.

Situations take their options (those that end the online way excepted), everything else the values that the conditions
themselves speak of, and one that they do not. What cannot be decided within the search is taken to be possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from forms.compare import compare
from forms.condition_schema import Condition
from forms.lint.conditions import compared
from forms.schema import Situation
from forms.truth import TRUE, Missing, Truth, all_of, any_of, negate, truth

Name = tuple[str, str]
Values = dict[Name, Any]

STEPS = 20_000
"""Assignments tried before a condition is taken to be possible."""


class Search:
    """One-things' situations, and whether conditions over them can hold."""

    def __init__(self, situations: Iterable[Situation]) -> None:
        self._situations = {situation.code: situation for situation in situations}

    def possible(self, conditions: Iterable[Condition | None]) -> bool:
        """Whether there are answers with which all of ``conditions`` hold."""
        wanted = [condition for condition in conditions if condition is not None]
        asked = self._asked(wanted)
        leaves = [leaf for condition in [*wanted, *asked.values()] for leaf in _leaves(condition)]
        domains = self._domains(leaves)
        self._left = STEPS
        return self._try(wanted, asked, sorted(domains.items(), key=lambda item: len(item[1])), {})

    def _asked(self, wanted: list[Condition]) -> dict[str, Condition]:
        """The ``ask_when`` of every situation that the conditions depend on, directly or not."""
        found: dict[str, Condition] = {}
        queue = list(wanted)
        while queue:
            for code in named(queue.pop(), "situation"):
                situation = self._situations.get(code)
                if situation is not None and situation.ask_when is not None and code not in found:
                    found[code] = situation.ask_when
                    queue.append(situation.ask_when)
        return found

    def _try(
        self, wanted: list[Condition], asked: Mapping[str, Condition], left: list[tuple[Name, list[Any]]],
        values: Values,
    ) -> bool:
        self._left -= 1
        so_far = all_of([
            *(_evaluate(condition, values) for condition in wanted),
            *(_consistent(values.get(("situation", code)), condition, values) for code, condition in asked.items()),
        ])
        if so_far is TRUE or self._left <= 0:
            return True
        if so_far is Truth.FALSE or not left:
            return False
        (name, domain), rest = left[0], left[1:]
        return any(self._try(wanted, asked, rest, {**values, name: value}) for value in domain)

    def _domains(self, leaves: list[Condition]) -> dict[Name, list[Any]]:
        spoken: dict[Name, list[Any]] = {}
        for leaf in leaves:
            word, name, comparison, value = compared(leaf)
            if _opaque(leaf):
                spoken[_key(leaf)] = [True, False]
                continue
            parts = list(value) if isinstance(value, list | tuple) else [value]
            spoken.setdefault((word, name), []).extend([] if comparison == "exists" else parts)
        for code in {name for word, name in spoken if word == "situation"} & self._situations.keys():
            spoken["situation", code] = self._answers(self._situations[code], spoken["situation", code])
        return {key: values if key[0] in ("situation", "opaque") else _values(values) for key, values in spoken.items()}

    def _answers(self, situation: Situation, spoken: list[Any]) -> list[Any]:
        options = [option.value for option in situation.options if not option.offline]
        absent = [] if situation.ask_when is None else [Missing.ABSENT]
        if situation.type == "single":
            return [*options, *absent]
        mentioned = [option for option in options if option in spoken][:8]
        others = [option for option in options if option not in spoken][:1]
        subsets = [list(chosen) for size in range(len(mentioned) + 1) for chosen in combinations(mentioned, size)]
        return [[*chosen, *others] for chosen in subsets] + absent


def named(condition: Condition, word: str) -> set[str]:
    """What the comparisons of one kind in a condition name."""
    return {compared(leaf)[1] for leaf in _leaves(condition) if compared(leaf)[0] == word}


def _leaves(condition: Condition) -> list[Condition]:
    parts = [*(condition.all or ()), *(condition.any or ()), *([condition.not_] if condition.not_ else [])]
    if parts or condition.all is not None or condition.any is not None:
        return [leaf for part in parts for leaf in _leaves(part)]
    return [condition]


def _evaluate(condition: Condition, values: Values) -> Truth:
    if condition.all is not None:
        return all_of(_evaluate(part, values) for part in condition.all)
    if condition.any is not None:
        return any_of(_evaluate(part, values) for part in condition.any)
    if condition.not_ is not None:
        return negate(_evaluate(condition.not_, values))
    if _opaque(condition):
        known = values.get(_key(condition))
        return Truth.UNANSWERED if known is None else truth(known)
    word, name, comparison, right = compared(condition)
    return compare(comparison, values.get((word, name), Missing.UNANSWERED), right)


def _consistent(answer: Any, ask_when: Condition, values: Values) -> Truth:
    """A situation has an answer exactly when it is asked."""
    if answer is None:
        return Truth.UNANSWERED
    asked = _evaluate(ask_when, values)
    return negate(asked) if answer is Missing.ABSENT else asked


def _opaque(leaf: Condition) -> bool:
    """Comparisons with something known only later, and of regions, may come out either way."""
    word, _, _, value = compared(leaf)
    parts = value if isinstance(value, list | tuple) else (value,)
    return word == "region" or any(isinstance(part, str) and part.startswith("$") for part in parts)


def _key(leaf: Condition) -> Name:
    return "opaque", leaf.model_dump_json(exclude_none=True)


def _values(spoken: list[Any]) -> list[Any]:
    found: list[Any] = []
    for value in spoken:
        if isinstance(value, int | float) and not isinstance(value, bool):
            found += [value - 1, value, value + 1]
        else:
            found += [value, f"{value}~"] if isinstance(value, str) else [value, not value]
    return [*dict.fromkeys(found), "~", Missing.ABSENT]
