"""What came of an utterance, why a person should look at it, and how much that would teach. Pure."""

from __future__ import annotations

from typing import Literal, Protocol

Outcome = Literal[
    "open", "acted", "confirmed", "denied", "chosen", "changed_theme_later", "handed_over", "refused", "abandoned"
]
"""``open``: not known yet · ``acted``: gone straight on, or answered · ``confirmed``: the citizen said yes ·
``denied``: they said no · ``chosen``: they took a one-thing in the end · ``changed_theme_later``: they began, and took
another one at once · ``handed_over``: they asked for a person · ``refused``: told that it is beyond us ·
``abandoned``: nothing came."""

Reason = Literal[
    "denied", "changed", "rephrased", "handed_over", "unknown", "unsure", "picked", "wanted", "far", "complaint", "idle"
]

WORTH: dict[Reason, int] = {
    "denied": 95, "changed": 92, "rephrased": 88, "handed_over": 85, "unknown": 80, "unsure": 60, "picked": 55,
    "wanted": 45, "far": 40, "complaint": 20, "idle": 5,
}
"""How much a label teaches, 0 to 100: most where the recogniser was wrong, least where there is nothing to know."""

MARGIN = 0.25
"""A smaller lead of the first over the second is unsure, although it was acted on."""
NEAR = 0.2
"""Less alike to any example is far, although it was acted on."""


SURE = 0.9
"""From this confidence on, going to another theme at once says that two things were wanted, not that one was wrong."""


class Read(Protocol):
    """What is looked at: an utterance with its outcome."""

    band: str
    out_kind: str
    score: float
    margin: float
    near: float
    outcome: str
    chosen: str
    best: str


def reasons(one: Read) -> tuple[Reason, ...]:
    """Why a person should look at it, the weightiest first; none when it was surely right."""
    found: list[Reason] = []
    missed = one.band in ("unknown", "out_of_scope")
    if one.outcome == "denied":
        found.append("denied")
    if one.outcome == "changed_theme_later" and one.score < SURE:
        found.append("changed")
    if missed and one.chosen and one.out_kind != "gibberish":
        found.append("rephrased")
    if one.outcome == "handed_over":
        found.append("handed_over")
    return (*found, *_by_reading(one))


def _by_reading(one: Read) -> tuple[Reason, ...]:
    if one.band == "unknown":
        return () if one.outcome == "acted" else ("unknown",)
    if one.band == "out_of_scope":
        kinds: dict[str, Reason] = {"other_service": "wanted", "complaint": "complaint"}
        return (kinds.get(one.out_kind, "idle"),)
    if one.band in ("choose", "confirm"):
        known: dict[str, tuple[Reason, ...]] = {"chosen": ("picked",), "confirmed": ("picked",), "acted": ()}
        return known.get(one.outcome, ("unsure",))
    if one.margin < MARGIN:
        return ("unsure",)
    return ("far",) if one.near < NEAR else ()


def value_of(one: Read) -> int:
    """0 to 100: how much a label of it would teach."""
    return max((WORTH[reason] for reason in reasons(one)), default=0)
