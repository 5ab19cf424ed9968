"""What decides a condition before anybody has answered: the place, and what the one-thing offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from forms import paths
from forms.content.condition_schema import Condition
from forms.content.mentions import sentence
from forms.logic.compare import compare
from forms.logic.truth import FALSE, TRUE, UNANSWERED, Truth, all_of, any_of, negate
from forms.merging.plan import Plan

Decide = Callable[[Condition], Truth]


def decided(condition: Condition | None, decide: Decide) -> Truth:
    """What a condition comes to when ``decide`` tells of single comparisons and leaves the others unanswered."""
    if condition is None:
        return TRUE
    if condition.all is not None:
        return all_of(decided(part, decide) for part in condition.all)
    if condition.any is not None:
        return any_of(decided(part, decide) for part in condition.any)
    return negate(decided(condition.not_, decide)) if condition.not_ is not None else decide(condition)


def in_place(parameters: Mapping[str, Any], region: str) -> Decide:
    """Decides what only the place decides: parameters and the region of the case."""

    def decide(leaf: Condition) -> Truth:
        word, name, comparison, right = sentence(leaf)
        if word == "parameter" and name in parameters:
            return compare(comparison, parameters[name], right)
        if word == "region" and name == "case":
            wanted = right if isinstance(right, tuple | list) else (right,)
            found = any(region.startswith(str(prefix)) for prefix in wanted)
            return TRUE if found is (comparison != "is_not") else FALSE
        return UNANSWERED

    return decide


def offered(decide: Decide, plan: Plan) -> Decide:
    """Decides besides that a field is nothing that this one-thing does not offer for it."""

    def with_choices(leaf: Condition) -> Truth:
        word, name, comparison, right = sentence(leaf)
        known = plan.choices.get(paths.unindexed(name)) if word == "field" else None
        if known and comparison in ("is_", "in_", "is", "in", "has") and not str(right).startswith("$"):
            wanted = right if isinstance(right, tuple | list) else (right,)
            if known.isdisjoint(map(str, wanted)):
                return FALSE
        return decide(leaf)

    return with_choices


def answering(decide: Decide, code: str, value: Any) -> Decide:
    """Decides besides what one situation answered with ``value`` decides."""

    def with_answer(leaf: Condition) -> Truth:
        word, name, comparison, right = sentence(leaf)
        if word == "situation" and name == code:
            return compare(comparison, value, right)
        return decide(leaf)

    return with_answer
