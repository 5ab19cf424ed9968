"""Three-valued truth with two kinds of unknown.

*Unanswered* goes away when the citizen answers; *unavailable* waits for data that did not come. Outside this package
both are simply None; pre-review needs the difference: the first is a question, the second goes to a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """What a condition comes to."""

    FALSE = 0
    TRUE = 1
    UNANSWERED = 2
    UNAVAILABLE = 3

    @property
    def known(self) -> bool | None:
        """True, False, or None for both kinds of unknown."""
        return None if self.value > 1 else self is Truth.TRUE


class Missing(Enum):
    """Why there is no value."""

    UNANSWERED = 2
    """The citizen has not said yet."""
    UNAVAILABLE = 3
    """A source has not said."""
    ABSENT = 0
    """It is known that there is none."""


TRUE, FALSE, UNANSWERED, UNAVAILABLE = Truth.TRUE, Truth.FALSE, Truth.UNANSWERED, Truth.UNAVAILABLE


def truth(value: bool) -> Truth:
    """A plain bool as a truth."""
    return TRUE if value else FALSE


def negate(value: Truth) -> Truth:
    """Not; unknown stays unknown."""
    return FALSE if value is TRUE else TRUE if value is FALSE else value


def all_of(values: Iterable[Truth]) -> Truth:
    """And: one false decides; an unanswered part outweighs an unavailable one, because the citizen comes first."""
    return _unless(FALSE, TRUE, values)


def any_of(values: Iterable[Truth]) -> Truth:
    """Or: one true decides; else as with `all_of`."""
    return _unless(TRUE, FALSE, values)


def _unless(decisive: Truth, result: Truth, values: Iterable[Truth]) -> Truth:
    settled = result
    for value in values:
        if value is decisive:
            return decisive
        if value is UNANSWERED or (value is UNAVAILABLE and result is settled):
            result = value
    return result
