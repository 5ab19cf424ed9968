"""What differs between two drafts, and moving one to new content."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from forms.bank import Bank
from forms.draft import Draft
from forms.engine import Engine
from tests.forms.birth import FOLDER, MOTHER, TODAY, looked_up
from tests.forms.birth import engine as small_engine


@pytest.fixture(scope="module")
def engine() -> Engine:
    return small_engine()


@pytest.fixture
def draft(engine: Engine) -> Draft:
    draft = looked_up(engine, engine.start("birth", "330106", MOTHER))
    draft = engine.answer_situation(engine.answer_situation(draft, "follow", "mother"), "extras", ["card"])
    return engine.put(engine.put(draft, "child[1].name", "李乐"), "child[1].nation", "汉")


@pytest.fixture
def newer(tmp_path: Path) -> Engine:
    """The same one-thing after an operator changed it."""
    folder = tmp_path / "content"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    path = folder / "definitions" / "birth.yaml"
    text = path.read_text("utf-8").replace("{value: card, label: 社保卡}, ", "").replace(
        "  - item: card\n    roles: {holder: child}\n    each: child\n    when: {all: [{situation: extras, has: card}, "
        "{situation: follow, in: [mother, father]}]}\n", "")
    text = "\n".join(line for line in text.splitlines() if "gates: card" not in line)
    path.write_text(text.replace('options: ["01"]', 'options: ["08"]'), "utf-8")
    elements = folder / "elements" / "child.yaml"
    elements.write_text(elements.read_text("utf-8").replace("code: weight", "code: mass"), "utf-8")
    for name in ("items/birth_paper.yaml", "definitions/birth.yaml"):
        changed = folder / name
        changed.write_text(changed.read_text("utf-8").replace("child.weight", "child.mass"), "utf-8")
    return Engine(Bank.load([folder]), lambda: TODAY)


def test_differences_are_told_in_words(engine, draft):
    other = engine.put(engine.answer_situation(draft, "follow", "father"), "child[1].name", "陈乐")
    changes = {change.about: change for change in engine.differences(draft, other)}
    assert (changes["situation:follow"].before, changes["situation:follow"].after) == ("跟妈妈", "跟爸爸")
    assert (changes["child[1].name"].before, changes["child[1].name"].after) == ("李乐", "陈乐")
    assert engine.differences(draft, draft) == ()


def test_moving_keeps_asks_again_and_drops(newer, draft):
    assert newer.version_of("birth") != draft.version
    moved = newer.move(draft)
    assert moved.draft.version == newer.version_of("birth")
    assert "child[1].name" in moved.kept
    assert "situation:follow" in moved.kept
    assert {"situation:extras", "child[1].nation"} <= set(moved.ask_again)
    assert "child[1].weight" in moved.dropped
    assert moved.draft.values["child[1].name"].value == "李乐"
    assert not set(moved.kept) & set(moved.dropped)
    assert {"extras", "child[1].nation"} <= {q.key for q in newer.questions(moved.draft)}


def test_values_are_shown_in_words_and_masked(engine, draft):
    assert engine.shown(draft, "child[1].birth_time") == "2026年3月5日 15:00"
    assert engine.shown(draft, "child[1].weight") == "3200克"
    assert engine.shown(draft, "child[1].nation") == "汉族"
    assert engine.shown(draft, "child[1].hobby") == ""
    assert engine.shown(draft, "mother.id_number") == MOTHER.id_number
    assert engine.masked(draft, "mother.id_number") == "330***********" + MOTHER.id_number[-4:]
    assert engine.masked(draft, "mother.name") == "李*兰"
    assert engine.masked(draft, "child[1].id_number") == ""
    assert engine.title(draft, "mother.name") == "妈妈 · 姓名"
    assert engine.title(draft, "situation:follow") == "户口跟谁？"
    assert engine.title(draft, "material:bill:mother") == "妈妈 · 发票"
