"""Comparing one value with another, as the comparison words of conditions say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from forms.content.references import is_reference
from forms.logic.truth import FALSE, TRUE, Missing, Truth, negate, truth


def plain(value: Any) -> Any:
    """Bools and their spellings as ``yes`` and ``no``, the way they travel."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value == "true":
        return "yes"
    return "no" if value == "false" else value


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except ValueError:
        return None


def same(left: Any, right: Any) -> bool:
    """Equal in meaning: ``yes`` is True, ``"3"`` is 3; a list is the same as anything it contains."""
    left, right = plain(left), plain(right)
    if left == right:
        return True
    if isinstance(left, list | tuple):
        return not isinstance(right, list | tuple) and any(same(part, right) for part in left)
    if type(left) is type(right):
        return False
    numbers = _number(left), _number(right)
    return numbers[0] is not None and numbers[0] == numbers[1]


def _ordered(left: Any, right: Any) -> tuple[Any, Any] | None:
    """Both as numbers, or as ISO dates cut to the shorter one; None when they cannot be ordered."""
    numbers = _number(left), _number(right)
    if numbers[0] is not None and numbers[1] is not None:
        return numbers
    if isinstance(left, str) and isinstance(right, str):
        length = min(len(left), len(right))
        return left[:length], right[:length]
    return None


def _order(test: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def compare(left: Any, right: Any) -> bool:
        pair = _ordered(left, right)
        return pair is not None and test(*pair)

    return compare


def _within(left: Any, right: Any) -> bool:
    return any(same(left, part) for part in (right if isinstance(right, list | tuple) else (right,)))


WORDS: dict[str, Callable[[Any, Any], bool]] = {
    "is_": same,
    "is_not": lambda left, right: not same(left, right),
    "in_": _within,
    "has": same,
    "at_least": _order(lambda left, right: left >= right),
    "at_most": _order(lambda left, right: left <= right),
    "below": _order(lambda left, right: left < right),
    "above": _order(lambda left, right: left > right),
    "before": _order(lambda left, right: left < right),
    "after": _order(lambda left, right: left > right),
    "starts_with": lambda left, right: str(left).startswith(str(right)),
}


def among(word: str, right: Any) -> Callable[[Any], Truth] | None:
    """How to compare a text, or a list of any, with fixed texts by looking it up; None when it takes `compare`."""
    parts = right if isinstance(right, list | tuple) else (right,)
    if word not in ("is_", "is_not", "in_", "has"):
        return None
    if not all(type(part) is str and not is_reference(part) for part in parts):
        return None
    if word != "in_" and parts is right:
        return None
    known = frozenset(plain(part) for part in parts)
    yes, no = (FALSE, TRUE) if word == "is_not" else (TRUE, FALSE)

    def test(left: Any) -> Truth:
        if type(left) is str:
            return yes if plain(left) in known else no
        return yes if any(_one_of(part, known) for part in left) else no

    return test


def _one_of(part: Any, known: frozenset[Any]) -> bool:
    """As `same` with any of some texts."""
    return plain(part) in known if type(part) is str else any(same(part, text) for text in known)


def compare(word: str, left: Any, right: Any) -> Truth:
    """Apply one comparison word. A missing side stays unknown; nothing compares with what is known to be absent."""
    if word == "exists":
        if left is Missing.UNANSWERED or left is Missing.UNAVAILABLE:
            return Truth(left.value)
        there = truth(left is not Missing.ABSENT and left is not None and left != "")
        return there if right else negate(there)
    for side in (left, right):
        if side is Missing.UNANSWERED or side is Missing.UNAVAILABLE:
            return Truth(side.value)
    if left is Missing.ABSENT or right is Missing.ABSENT:
        return truth(word == "is_not" and left is not right)
    if isinstance(right, list | tuple):
        gaps = [part for part in right if part is Missing.UNANSWERED or part is Missing.UNAVAILABLE]
        known = [part for part in right if not isinstance(part, Missing)]
        found = truth(left is not None and WORDS[word](left, known))
        return Truth(gaps[0].value) if gaps and found is FALSE else found
    return truth(WORDS[word](left, right)) if left is not None else FALSE
