from __future__ import annotations

import pytest

from forms.bank import PACKAGED, Bank
from forms.engine import Engine
from forms.examples_schema import Example
from forms.lint.tree import Held, Tree
from forms.walk import check_example, examples

TREE = Tree.load([PACKAGED])
EXAMPLES = examples(TREE)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(Bank.load([PACKAGED]))


def test_every_one_thing_has_examples() -> None:
    assert {code for code, _ in EXAMPLES} == set(TREE.definitions)


@pytest.mark.parametrize(("one_thing", "held"), EXAMPLES, ids=[f"{code}-{held.thing.code}" for code, held in EXAMPLES])
async def test_the_example_walks(engine: Engine, one_thing: str, held: Held[Example]) -> None:
    assert [str(problem) for problem in await check_example(engine, one_thing, held)] == []
