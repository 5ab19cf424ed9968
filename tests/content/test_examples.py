"""Worked examples that are stopped, sent to a window or left open come out as they say. Those that are submitted are
walked, and worked to their last result, in `tests.cases.test_examples_to_the_end`."""

from __future__ import annotations

import pytest

from forms.bank import PACKAGED, Bank
from forms.engine import Engine
from forms.lint.tree import Held, Tree
from forms.walk import check_example, examples, walk_with_demo
from forms.walking.examples_schema import Example

TREE = Tree.load([PACKAGED])
EXAMPLES = examples(TREE)
ENDED = [(code, held) for code, held in EXAMPLES if held.thing.expect.outcome != "submitted"]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(Bank.load([PACKAGED]))


def test_every_one_thing_has_examples() -> None:
    assert {code for code, _ in EXAMPLES} == set(TREE.definitions)


@pytest.mark.parametrize(("one_thing", "held"), ENDED, ids=[f"{code}-{held.thing.code}" for code, held in ENDED])
async def test_the_example_walks(engine: Engine, one_thing: str, held: Held[Example]) -> None:
    assert [str(problem) for problem in await check_example(engine, one_thing, held)] == []


async def test_a_paper_that_may_stay_away_is_not_counted_as_one_to_bring(engine: Engine) -> None:
    one_thing, held = next((code, held) for code, held in EXAMPLES if held.thing.code == "three_of_us")
    walk = await walk_with_demo(engine, one_thing, held.thing)
    assert walk is not None
    slots, numbers = engine.merged(walk.draft).slots, engine.numbers(walk.draft)
    optional = [slot.key for slot in slots if slot.required is False and slot.key not in walk.draft.materials]
    assert optional, "the photo of the card"
    assert numbers.materials_after == numbers.without_upload == len(walk.draft.materials)
