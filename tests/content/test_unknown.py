"""What people often do not know keeps nobody from going on, and a person looks at it."""

from __future__ import annotations

import pytest

from forms.bank import PACKAGED, Bank
from forms.engine import Engine
from forms.lint.tree import Tree
from forms.walk import examples, walk_with_demo

ONE_THINGS = ("post_death", "newborn_birth", "second_hand_housing", "retirement", "medical_reimbursement",
              "disability_services")
WALKED = {code: held.thing for code, held in reversed(examples(Tree.load([PACKAGED])))
          if code in ONE_THINGS and held.thing.expect.outcome == "submitted"}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(Bank.load([PACKAGED]))


@pytest.mark.parametrize("one_thing", ONE_THINGS)
async def test_without_it_nothing_blocks_and_a_person_is_told(engine: Engine, one_thing: str) -> None:
    done = await walk_with_demo(engine, one_thing, WALKED[one_thing])
    assert done is not None
    spared = [path for path, one in engine.merge(done.draft).fields.items() if one.unknown and one.required]
    assert spared
    for path in spared:
        bare = {other: value for other, value in done.draft.values.items() if other != path}
        passed = engine.skip(done.draft.model_copy(update={"values": bare}), path)
        if path in passed.values:
            continue  # a record gives it again at once
        assert path not in {question.key for question in engine.questions(passed)}
        told = [one.level for one in engine.review(passed) if (one.about, one.rule) == (path, "unstated")]
        assert told == ["manual"]
        others = {one.about for one in engine.review(passed) if one.level == "block"}
        assert all(about.startswith("confirmation:") for about in others), path


async def test_of_an_account_one_word_is_enough(engine: Engine) -> None:
    done = await walk_with_demo(engine, "post_death", WALKED["post_death"])
    assert done is not None
    bare = {path: value for path, value in done.draft.values.items() if not path.startswith("account.")}
    none = done.draft.model_copy(update={"values": bare, "facts": {}, "consent": None})
    passed = engine.skip(none, "account.number")
    assert {"account.number", "account.bank"} <= set(passed.skipped)
    assert not [one.key for one in engine.questions(passed) if one.key.startswith("account.")]
    again = engine.put(passed, "account.bank", "中国工商银行")
    assert "account.bank" not in again.skipped
