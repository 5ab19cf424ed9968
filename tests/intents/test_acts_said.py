"""What people say to steer the talk, in the context of what was asked, by the table beside this file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.acts import hear_acts
from intents.understanding import Context

TABLE = Path(__file__).with_name("acts.tsv").read_text("utf-8")
ROWS = [line.split("\t") for line in TABLE.splitlines() if line and not line.startswith("#")]
WORDS = sorted({row[1] for row in ROWS})


def asked(said: str) -> Context:
    """``yes_no``, ``field:<type>``, or ``choice:<label>,<label>``."""
    kind, _, more = said.partition(":")
    if kind == "choice":
        return Context("situation", options=tuple(more.split(",")))
    return Context(kind, field_type=more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("before", "said", "act"), ROWS, ids=[f"{row[0]} {row[1]}" for row in ROWS])
def test_what_is_said_is_heard(before: str, said: str, act: str) -> None:
    acts = hear_acts(said, asked(before))
    assert (acts[0].code if acts else "-") == act


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=4).map("".join)),
       st.sampled_from([asked(row[0]) for row in ROWS]))
def test_hearing_takes_anything_and_a_label_is_never_an_act(text: str, before: Context) -> None:
    assert all(0 < one.score <= 1 for one in hear_acts(text, before))
    for label in before.options:
        assert hear_acts(label, before) == ()
