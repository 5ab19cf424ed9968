"""What no worked example meets is named, once each, with its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from forms.bank import Bank
from forms.draft import Login
from forms.engine import Engine
from forms.lint.tree import Tree
from forms.walking.examples import walk
from forms.walking.examples_schema import Example
from forms.walking.met import Met, unmet
from tests.forms.a_tree import Content, good, written
from tests.forms.a_wedding import ME, Exchange

Work = dict[str, Any]


async def met_by(folder: Path, *worked: Work) -> list[str]:
    """What is still unmet after these examples, as ``file:line: text of the line; what is wrong``."""
    engine, tree, met = Engine(Bank.load([folder])), Tree.load([folder]), Met()
    for number, changes in enumerate(worked):
        given = {"code": f"n{number}", "title": "一次", "login": ME, "says": "我要办"} | changes
        example = Example.model_validate(given)
        met.add(engine, await walk(engine, "thing", example, Login(name="陈一民", id_number=ME), Exchange().ask))
    return [problem.wrong for problem in unmet(tree, {"thing": met})]


BOTH: Work = {"situations": {"want": "both", "fast": "no"}}
WINDOW: Work = {"situations": {"want": "window"}}


@pytest.fixture
def content() -> Content:
    return good()


async def test_everything_is_unmet_before_anybody_has_come(content: Content, tmp_path: Path) -> None:
    found = await met_by(written(tmp_path, content))
    assert "no worked example reports the rule `adult`" in found
    assert "no worked example answers `want` with `both`" in found
    assert "no worked example comes to the item `first`" in found
    assert "no worked example provides `photo` by `upload`" in found


async def test_what_an_example_meets_is_not_named(content: Content, tmp_path: Path) -> None:
    found = await met_by(written(tmp_path, content), BOTH, WINDOW)
    assert [wrong for wrong in found if "`first`" in wrong or "`second`" in wrong or "`photo`" in wrong] == []
    assert "no worked example answers `want` with `window`" not in found
    assert "no worked example reports the rule `adult`" in found


async def test_a_rule_that_speaks_is_met(content: Content, tmp_path: Path) -> None:
    content["parameters/default.yaml"]["values"]["age"] = 90
    assert "no worked example reports the rule `adult`" not in await met_by(written(tmp_path, content), BOTH)


async def test_a_rule_without_data_has_not_spoken(content: Content, tmp_path: Path) -> None:
    rule = content["definitions/thing.yaml"]["rules"][0]
    rule["using"] = {"holds": {"fact": "wed.status", "is": "married"}}
    folder = written(tmp_path, content)
    engine = Engine(Bank.load([folder]))
    example = Example.model_validate({"code": "down", "title": "", "login": ME, "says": ""} | BOTH)
    exchange = Exchange()
    exchange.down.add("marriage")
    done = await walk(engine, "thing", example, Login(name="陈一民", id_number=ME), exchange.ask)
    assert [(finding.rule, finding.level) for finding in done.findings] == [("adult", "manual")]
    met = Met()
    met.add(engine, done)
    assert any("`adult`" in problem.wrong for problem in unmet(Tree.load([folder]), {"thing": met}))


async def test_each_problem_points_at_its_line(content: Content, tmp_path: Path) -> None:
    folder = written(tmp_path, content)
    lines = (folder / "definitions/thing.yaml").read_text("utf-8").splitlines()
    (problem,) = [one for one in unmet(Tree.load([folder]), {"thing": Met()}) if "`adult`" in one.wrong]
    assert lines[problem.line - 1].strip() == "- code: adult"
    assert "forms/examples/thing.yaml" in problem.write


def test_ways_behind_one_that_always_works_are_a_choice(content: Content, tmp_path: Path) -> None:
    found = [one.wrong for one in unmet(Tree.load([written(tmp_path, content)]), {"thing": Met()})]
    assert "no worked example provides `promise` by `pledge`" in found
    assert "no worked example provides `promise` by `upload`" not in found


def test_papers_are_judged_over_all_one_things_only(content: Content, tmp_path: Path) -> None:
    tree = Tree.load([written(tmp_path, content)])
    tree.definitions["another"] = tree.definitions["thing"]
    assert [one.wrong for one in unmet(tree, {"thing": Met()}) if "provides" in one.wrong] == []
