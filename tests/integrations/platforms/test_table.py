from collections import Counter

from integrations.platforms.base import EventKind
from integrations.platforms.demo.direct import _KINDS
from integrations.platforms.demo.table import STATES, TRANSITIONS, after, way
from integrations.platforms.gateway.fieldmap import load_map


def reachable(start: str) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        new = {step.target for step in TRANSITIONS if step.source == here} - seen
        seen |= new
        waiting += new
    return seen


def test_the_table_is_whole() -> None:
    assert (len(STATES), len(TRANSITIONS)) == (17, 26)
    assert {name for step in TRANSITIONS for name in (step.source, step.target)} == set(STATES)


def test_every_state_is_reached_and_reaches_an_end() -> None:
    ends = {name for name, state in STATES.items() if state.terminal}
    assert reachable("DRAFT") == set(STATES)
    assert all(reachable(name) & ends for name in STATES)


def test_an_event_leads_to_one_state_and_ends_have_no_exit() -> None:
    assert max(Counter((step.source, step.event) for step in TRANSITIONS).values()) == 1
    assert not [step for step in TRANSITIONS if STATES[step.source].terminal]


def test_an_applicant_may_withdraw_until_the_decision() -> None:
    decided = {"DRAFT", "GRANTED", "DENIED", "CLOSED"} | {name for name, state in STATES.items() if state.terminal}
    assert {name for name in STATES if after(name, "withdraw")} == set(STATES) - decided


def test_nothing_leads_out_of_the_table() -> None:
    assert after("SUBMITTED", "grant") is None
    assert way("DELIVERED", "deny") is None
    assert way("SUBMITTED", "deny") == ("receive", "accept", "review", "deny")
    assert way("SUSPENDED", "grant") == ("resume", "grant")


def test_the_map_knows_every_event_and_state_of_the_table() -> None:
    codes = load_map("demo").codes
    told = {step.event for step in TRANSITIONS} - {"submit", "resubmit"}
    assert set(codes["event"]) == told == set(_KINDS)
    assert codes["event"] == dict(_KINDS)
    assert set(codes["event"].values()) == set(EventKind.__args__)
    assert set(codes["state"]) == set(STATES) - {"DRAFT"}
