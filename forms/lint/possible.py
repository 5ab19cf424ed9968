"""Whether conditions can hold together: a search over the answers a citizen may give and the values data may have.

Situations take their options (those that end the online way excepted), everything else the values that the conditions
themselves speak of, and one that they do not. What cannot be decided within the search is taken to be possible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations
from typing import Any

from forms.content.condition_schema import Condition
from forms.content.schema import Situation
from forms.lint.conditions import compared
from forms.logic.compare import compare
from forms.logic.truth import TRUE, Missing, Truth, all_of, any_of, negate, truth

Name = tuple[str, str]
Values = dict[Name, Any]
Test = Callable[[Values], Truth]

STEPS = 20_000
"""Assignments tried before a condition is taken to be possible."""


class Search:
    """One-things' situations, and whether conditions over them can hold."""

    def __init__(self, situations: Iterable[Situation]) -> None:
        self._situations = {situation.code: situation for situation in situations}
        self._tests: dict[int, tuple[Condition, Test]] = {}

    def _test(self, condition: Condition) -> Test:
        """A condition made ready, once."""
        known = self._tests.get(id(condition))
        if known is None:
            known = self._tests[id(condition)] = condition, _ready(condition)
        return known[1]

    def possible(self, conditions: Iterable[Condition | None]) -> bool:
        """Whether there are answers with which all of ``conditions`` hold."""
        wanted = [condition for condition in conditions if condition is not None]
        asked = self._asked(wanted)
        leaves = [leaf for condition in [*wanted, *asked.values()] for leaf in _leaves(condition)]
        domains = sorted(self._domains(leaves).items(), key=lambda item: len(item[1]))
        self._left = STEPS
        tests = [self._test(condition) for condition in wanted]
        tests += [_consistent(code, self._test(condition)) for code, condition in asked.items()]
        return self._try(tests, domains, {})

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

    def _try(self, tests: list[Test], left: list[tuple[Name, list[Any]]], values: Values) -> bool:
        self._left -= 1
        so_far = all_of(test(values) for test in tests)
        if so_far is TRUE or self._left <= 0:
            return True
        if so_far is Truth.FALSE or not left:
            return False
        (name, domain), rest = left[0], left[1:]
        return any(self._try(tests, rest, {**values, name: value}) for value in domain)

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


def _ready(condition: Condition) -> Test:
    """A condition as a function of the values tried."""
    for parts, join in ((condition.all, all_of), (condition.any, any_of)):
        if parts is not None:
            tests = [_ready(part) for part in parts]
            return lambda values, join=join, tests=tests: join(test(values) for test in tests)  # type: ignore[misc]
    if condition.not_ is not None:
        denied = _ready(condition.not_)
        return lambda values: negate(denied(values))
    return _leaf(condition)


def _leaf(condition: Condition) -> Test:
    if _opaque(condition):
        key = _key(condition)
        return lambda values: Truth.UNANSWERED if values.get(key) is None else truth(values[key])
    word, name, comparison, right = compared(condition)
    about = word, name
    return lambda values: compare(comparison, values.get(about, Missing.UNANSWERED), right)


def _consistent(code: str, ask_when: Test) -> Test:
    """A situation has an answer exactly when it is asked."""
    def consistent(values: Values) -> Truth:
        answer = values.get(("situation", code))
        if answer is None:
            return Truth.UNANSWERED
        asked = ask_when(values)
        return negate(asked) if answer is Missing.ABSENT else asked

    return consistent


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
