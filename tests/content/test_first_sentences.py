"""What the people of the worked examples say first leads to their one-thing, read by the recogniser we ship."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from forms.bank import PACKAGED
from forms.lint.tree import Tree
from forms.walk import examples
from forms.walking.examples_schema import Example
from intents.understand import Understander
from intents.understanding import Understanding
from nlu.training_data import load_examples
from tests.conftest import UTTERANCES

SPOKEN = [(code, held.thing) for code, held in examples(Tree.load([PACKAGED]))]
OFFERED = 3
"""One-things that somebody may choose between when the first is not theirs."""
AT_LEAST = 3
"""Examples of each one-thing that lead straight to it, one that is stopped or sent to a window among them."""
Heard = list[tuple[str, Example, Understanding]]


@pytest.fixture(scope="module")
def heard(understander: Understander) -> Heard:
    return asyncio.run(_all(understander))


async def _all(understander: Understander) -> Heard:
    return [(code, example, await understander.hear(example.says)) for code, example in SPOKEN]


def offered(reading: Understanding) -> list[str]:
    """The one-things the talk may offer; none when it refuses."""
    refused = reading.band in ("out_of_scope", "unknown")
    return [] if refused else [one.code for one in reading.ranking[:OFFERED]]


def test_what_is_said_first_leads_to_the_one_thing(heard: Heard) -> None:
    lost = {example.says: (code, offered(reading)) for code, example, reading in heard if code not in offered(reading)}
    assert lost == {}


def test_the_plain_the_hard_and_the_stopped_lead_straight_to_it(heard: Heard) -> None:
    straight = [(code, example) for code, example, reading in heard if offered(reading)[:1] == [code]]
    number = Counter(code for code, _ in straight)
    assert [code for code, _ in SPOKEN if number[code] < AT_LEAST] == []
    stopped = {code for code, example in straight if example.expect.outcome != "submitted"}
    assert {code for code, _ in SPOKEN} - stopped == set()


def test_the_first_of_each_is_plain_enough_to_be_heard_at_once(heard: Heard) -> None:
    plain = {code: (example.says, offered(reading)) for code, example, reading in reversed(heard)}
    assert {code: said for code, said in plain.items() if said[1][:1] != [code]} == {}


def test_no_first_sentence_was_learnt_by_heart() -> None:
    """The recogniser learns from other sentences, so that a first sentence is understood and not only known again."""
    taught = {text for text, _ in load_examples([UTTERANCES]).pairs()}
    assert [example.says for _, example in SPOKEN if example.says in taught] == []
