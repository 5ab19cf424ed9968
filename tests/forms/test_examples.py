from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from forms.bank import Bank
from forms.draft import Login
from forms.engine import Engine
from forms.lint.tree import Tree
from forms.walk import check_examples, examples, sentences
from forms.walking.examples import Walk, walk
from forms.walking.examples_schema import Example, Expect
from forms.walking.expectations import differences
from tests.forms.a_tree import good, written
from tests.forms.a_wedding import ME, Exchange

BOTH: dict[str, Any] = {
    "code": "both", "title": "两样都办", "login": ME, "says": "我要办", "situations": {"want": "both", "fast": "no"},
}


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return Engine(Bank.load([written(tmp_path, good())]))


async def walked(engine: Engine, **changes: Any) -> tuple[Example, Walk]:
    example = Example.model_validate(BOTH | changes)
    login = Login(name="陈一民", id_number=ME)
    return example, await walk(engine, "thing", example, login, Exchange().ask)


async def test_a_walk_asks_what_is_left_and_ends_submitted(engine: Engine) -> None:
    example, done = await walked(engine, expect={
        "asked": ["want", "photo:me"], "questions_at_most": 1, "uploads_at_most": 1, "never_asked": ["me.name", "fast"],
        "items": ["first", "second"], "legs": {"second": ["first"], "first": []}, "values": {"me.name": "陈一民"},
        "situations": {"want": "both", "fast": "no"}, "sources": {"marriage": "got"}, "findings": [],
        "numbers": {"items": 2},
    }, situations={"want": "both"})
    assert done.mistakes == []
    assert differences(example.expect, done) == []


async def test_an_answer_that_is_missing_is_said(engine: Engine) -> None:
    _, done = await walked(engine, situations={})
    assert done.outcome == "unfinished"
    assert done.mistakes == ["`want` is asked (要办哪样？) and the example does not answer"]


async def test_an_example_may_stop_on_purpose(engine: Engine) -> None:
    example, done = await walked(engine, situations={}, expect={"outcome": "unfinished"})
    assert done.mistakes == []
    assert differences(example.expect, done) == []


async def test_answers_to_what_nobody_asked_are_said(engine: Engine) -> None:
    _, done = await walked(engine, values={"me.height": 170}, materials={"paper": "upload"})
    assert "`fast` is answered but never asked" in done.mistakes
    assert "`me.height` is answered but never asked" in done.mistakes
    assert "`paper` is provided but never asked for" in done.mistakes


async def test_an_answer_the_engine_refuses_is_said(engine: Engine) -> None:
    _, done = await walked(engine, situations={"want": "everything"})
    assert done.outcome == "unfinished"
    assert "situation:want" in done.mistakes[0]


async def test_an_option_can_end_the_online_way(engine: Engine) -> None:
    _, done = await walked(engine, situations={"want": "window"})
    assert (done.outcome, done.mistakes) == ("offline", [])


async def test_a_finding_can_block(tmp_path: Path) -> None:
    content = good()
    content["parameters/default.yaml"]["values"]["age"] = 90
    _, done = await walked(Engine(Bank.load([written(tmp_path, content)])), situations={"want": "both"})
    assert done.outcome == "blocked"
    assert [finding.rule for finding in done.findings] == ["adult"]


async def test_while_checking_answers_and_papers_may_be_changed_too(engine: Engine) -> None:
    changed = {"situation:fast": "yes", "material:promise:me": "upload"}
    _, done = await walked(engine, situations={"want": "both"}, corrects={"situation:fast": "yes"})
    assert done.draft.situations["fast"].value == "yes"
    _, done = await walked(engine, situations={"want": "both"}, corrects={**changed, "situation:fast": "no"})
    assert (done.mistakes, done.draft.materials["promise:me"].way) == ([], "upload")


async def test_a_source_may_be_back_when_everything_is_filled_in(engine: Engine) -> None:
    down, up = Exchange(), Exchange()
    down.down.add("population")
    given = {"situations": {"want": "both"}, "values": {"me.name": "陈一民"}, "down": ["population"]}
    for back, outcome in (([], "source_down"), (["population"], "got")):
        example = Example.model_validate(BOTH | given | {"back": back})
        done = await walk(engine, "thing", example, Login(name="陈一民", id_number=ME), down.ask, up.ask)
        assert done.draft.facts["own"].outcome == outcome


async def test_a_way_the_slot_does_not_have_is_said(engine: Engine) -> None:
    _, done = await walked(engine, situations={"want": "both"}, materials={"photo": "pledge"})
    assert done.mistakes == ["`photo:me` cannot be provided by `pledge`, only by upload"]


@pytest.mark.parametrize(
    ("expect", "says"),
    [
        ({"outcome": "blocked"}, "the outcome should be blocked, and is submitted"),
        ({"questions_at_most": 0}, "at most 0 questions should be asked, and 1 are: want"),
        ({"uploads_at_most": 0}, "at most 0 uploads should be asked, and 1 are: photo:me"),
        ({"asked": ["want"]}, "what is asked should be want, and is want, photo:me"),
        ({"never_asked": ["want"]}, "`want` should not be asked, and is"),
        ({"items": ["first", "third"]}, "the items lack third and have second besides"),
        ({"findings": ["adult"]}, "the findings lack adult and have nothing besides"),
        ({"legs": {"third": []}}, "there should be a leg `third`"),
        ({"legs": {"second": []}}, "the leg `second` should wait for [], and waits for ['first']"),
        ({"numbers": {"items": 3}}, "the number `items` should be 3, and is 2"),
        ({"values": {"me.name": "王小明"}}, "`me.name` should be 王小明, and is 陈一民"),
        ({"values": {"me.height": 3}}, "`me.height` should be 3, and is None"),
        ({"situations": {"fast": "yes"}}, "the answer to `fast` should be yes, and is no"),
        ({"sources": {"marriage": "source_down"}}, "`marriage` should have said source_down, and said got"),
    ],
)
async def test_each_unmet_expectation_is_one_sentence(engine: Engine, expect: dict[str, Any], says: str) -> None:
    _, done = await walked(engine, situations={"want": "both"})
    found = differences(Expect.model_validate(expect), done)
    assert len(found) == 1
    assert says in found[0]


async def test_mistakes_are_told_with_their_line(tmp_path: Path) -> None:
    content = good()
    content["examples/thing.yaml"] = {"one_thing": "thing", "examples": [BOTH | {"expect": {"outcome": "blocked"}}]}
    folder = written(tmp_path, content)
    ((one_thing, held),) = examples(Tree.load([folder]))
    _, done = await walked(Engine(Bank.load([folder])), situations={"want": "both"})
    (problem,) = sentences(held.at, held.thing, done)
    line = (folder / "examples/thing.yaml").read_text("utf-8").splitlines()[problem.line - 1]
    assert (one_thing, problem.file) == ("thing", "forms/examples/thing.yaml")
    assert line.strip() == "expect:"


async def test_a_person_who_does_not_exist_is_said(tmp_path: Path) -> None:
    content = good()
    content["examples/thing.yaml"] = {"one_thing": "thing", "examples": [BOTH | {"login": "nobody"}]}
    (problem,) = await check_examples([written(tmp_path, content)])
    assert problem.wrong == "no demo person of this id number can sign in"
