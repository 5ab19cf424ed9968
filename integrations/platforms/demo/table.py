"""The states of one department's case, and the only ways between them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Literal, NamedTuple

Clock = Literal["none", "run", "pause", "stop"]


class State(NamedTuple):
    """A state: its Chinese name, what the statutory clock does in it, and whether it is an end."""

    title: str
    clock: Clock = "none"
    terminal: bool = False


class Transition(NamedTuple):
    """One legal step, and who takes it."""

    source: str
    event: str
    target: str
    actor: Literal["applicant", "clerk", "department", "timer"]


STATES: dict[str, State] = {
    "DRAFT": State("暂存"),
    "SUBMITTED": State("已提交"),
    "PRE_RETURNED": State("预审退回"),
    "RECEIVED": State("已收件待受理"),
    "CORRECTION": State("补正告知待补"),
    "CORRECTION_TIMEOUT": State("补交不来", "stop", True),
    "NOT_ACCEPTED": State("不予受理", "stop", True),
    "ACCEPTED": State("已受理", "run"),
    "REVIEWING": State("审查中", "run"),
    "SUSPENDED": State("特别程序", "pause"),
    "TRANSFERRED": State("转报上级", "run"),
    "GRANTED": State("准予", "run"),
    "DENIED": State("不予许可", "run"),
    "CLOSED": State("办结", "stop"),
    "DELIVERED": State("已送达", "stop", True),
    "WITHDRAWN": State("申请人撤回", "stop", True),
    "VOID": State("作废", "stop", True),
}

TAKES_PAPERS = (
    "SUBMITTED", "RECEIVED", "ACCEPTED", "REVIEWING", "SUSPENDED", "TRANSFERRED", "GRANTED", "CLOSED", "DELIVERED",
)
"""States in which a paper that was to come later is put to the file."""

TRANSITIONS: tuple[Transition, ...] = (
    Transition("DRAFT", "submit", "SUBMITTED", "applicant"),
    Transition("SUBMITTED", "pre_return", "PRE_RETURNED", "clerk"),
    Transition("PRE_RETURNED", "resubmit", "SUBMITTED", "applicant"),
    Transition("SUBMITTED", "receive", "RECEIVED", "clerk"),
    Transition("RECEIVED", "accept", "ACCEPTED", "clerk"),
    Transition("RECEIVED", "refuse", "NOT_ACCEPTED", "clerk"),
    Transition("RECEIVED", "correct", "CORRECTION", "clerk"),
    Transition("CORRECTION", "supplement", "RECEIVED", "applicant"),
    Transition("CORRECTION", "correction_timeout", "CORRECTION_TIMEOUT", "timer"),
    Transition("ACCEPTED", "review", "REVIEWING", "department"),
    Transition("REVIEWING", "suspend", "SUSPENDED", "department"),
    Transition("SUSPENDED", "resume", "REVIEWING", "department"),
    Transition("REVIEWING", "transfer", "TRANSFERRED", "department"),
    Transition("TRANSFERRED", "transfer_back", "REVIEWING", "department"),
    Transition("REVIEWING", "grant", "GRANTED", "department"),
    Transition("REVIEWING", "deny", "DENIED", "department"),
    Transition("ACCEPTED", "grant", "GRANTED", "department"),
    Transition("GRANTED", "close", "CLOSED", "department"),
    Transition("DENIED", "close", "CLOSED", "department"),
    Transition("CLOSED", "deliver", "DELIVERED", "department"),
    Transition("SUBMITTED", "withdraw", "WITHDRAWN", "applicant"),
    Transition("RECEIVED", "withdraw", "WITHDRAWN", "applicant"),
    Transition("ACCEPTED", "withdraw", "WITHDRAWN", "applicant"),
    Transition("REVIEWING", "withdraw", "WITHDRAWN", "applicant"),
    Transition("SUBMITTED", "void", "VOID", "clerk"),
    Transition("RECEIVED", "void", "VOID", "clerk"),
)

LATER_WITHDRAWALS: tuple[Transition, ...] = tuple(
    Transition(state, "withdraw", "WITHDRAWN", "applicant")
    for state in ("PRE_RETURNED", "CORRECTION", "SUSPENDED", "TRANSFERRED")
)
"""An applicant may withdraw at any time before the decision, also while something is asked of them or held up."""

_NEXT = {(step.source, step.event): step.target for step in (*TRANSITIONS, *LATER_WITHDRAWALS)}


def after(state: str, event: str) -> str | None:
    """The state that ``event`` leads to, or None where it is not legal."""
    return _NEXT.get((state, event))


def way(state: str, event: str) -> tuple[str, ...] | None:
    """The shortest run of the office's own events from ``state`` that ends with ``event``; None when there is none."""
    waiting, seen = deque[tuple[str, tuple[str, ...]]]([(state, ())]), {state}
    while waiting:
        here, walked = waiting.popleft()
        if after(here, event):
            return (*walked, event)
        for step in _ordinary(here):
            if step.target not in seen:
                seen.add(step.target)
                waiting.append((step.target, (*walked, step.event)))
    return None


def _ordinary(state: str) -> Iterable[Transition]:
    """Steps an office takes on the way to something else: none that end or turn back a case."""
    events = ("receive", "accept", "review", "resume", "transfer_back", "grant", "close")
    return (step for step in TRANSITIONS if step.source == state and step.event in events)
