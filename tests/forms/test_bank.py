"""Loading content: all mistakes at once, folders over folders, parameters by region, versions by content."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.errors import NotFound
from forms.bank import Bank
from forms.content.shelf import ContentErrors
from forms.merging.planning import build
from tests.forms.birth import FOLDER


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER, tmp_path / "content", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "content"


def test_everything_is_found_by_its_code():
    bank = Bank.load([FOLDER])
    assert bank.elements["person.name"].type == "name"
    assert set(bank.items) == {"birth_paper", "registration", "card", "refund"}
    assert bank.sources[("item", "card")].line("needs") == 7
    assert bank.options(bank.elements["child.nation"])[1].label == "壮族"
    with pytest.raises(NotFound):
        bank.definition("nothing")


def test_all_mistakes_are_told_with_file_and_line(copy):
    (copy / "items" / "card.yaml").write_text("code: card\ntitle: 卡\nwrong: 1\n", "utf-8")
    (copy / "items" / "other.yaml").write_text("code: [\n", "utf-8")
    twice = "kind: person\ntitle: 人\nelements: [{code: name, title: x, type: text}]"
    (copy / "elements" / "twice.yaml").write_text(twice, "utf-8")
    with pytest.raises(ContentErrors) as problem:
        Bank.load([copy])
    messages = [error.message for error in problem.value.errors]
    assert any("items/card.yaml:3" in message and "`wrong`" in message for message in messages)
    assert any("items/other.yaml" in message and "not YAML" in message for message in messages)
    assert any("defined twice" in message for message in messages)


def test_what_can_be_read_is_read_beside_the_mistakes(copy):
    (copy / "items" / "card.yaml").write_text("code: card\n", "utf-8")
    bank, errors = Bank.read([copy])
    assert errors
    assert "refund" in bank.items


def test_a_later_folder_lies_over_an_earlier_one(copy, tmp_path):
    over = tmp_path / "over" / "items"
    over.mkdir(parents=True)
    text = (copy / "items" / "card.yaml").read_text("utf-8").replace("社保卡", "市民卡")
    (over / "card.yaml").write_text(text, "utf-8")
    assert Bank.load([copy, over.parent]).items["card"].title == "市民卡"


def test_names_that_do_not_exist_are_told_when_the_plan_is_made(copy):
    path = copy / "definitions" / "birth.yaml"
    path.write_text(path.read_text("utf-8").replace("item: refund", "item: refnd"), "utf-8")
    with pytest.raises(ContentErrors, match="there is no item `refnd`"):
        build(Bank.load([copy]), "birth")


@pytest.mark.parametrize(("region", "days", "cross"), [
    ("330106", 90, True), ("330100", 90, True), ("330200", 90, False), ("340100", 365, False), ("", 365, False)
])
def test_the_nearest_parameter_counts(region, days, cross):
    parameters = Bank.load([FOLDER]).parameters(region)
    assert (parameters["days"], parameters["cross"]) == (days, cross)


def test_what_a_window_is_called_holds_below_the_region_that_says_so():
    assert [one.title for one in Bank.load([FOLDER]).windows("330106")] == ["省里的窗口"]


def test_the_version_changes_with_what_is_used_and_only_then(copy):
    before = Bank.load([copy]).version("birth")
    assert before == Bank.load([FOLDER]).version("birth")
    extra = (copy / "items" / "card.yaml").read_text("utf-8").replace("code: card", "code: unused")
    (copy / "items" / "unused.yaml").write_text(extra, "utf-8")
    assert Bank.load([copy]).version("birth") == before
    path = copy / "elements" / "child.yaml"
    path.write_text(path.read_text("utf-8").replace("出生体重", "体重"), "utf-8")
    assert Bank.load([copy]).version("birth") != before
