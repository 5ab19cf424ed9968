"""The tutorial's one-thing is sound, walks, is recognised from its own words, and is what the page shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from forms.bank import PACKAGED, Bank
from forms.engine import Engine
from forms.lint import check_content
from forms.lint.tree import Tree
from forms.walk import check_example, examples
from intents.catalogue import PACKAGED as INTENTS
from intents.catalogue import Catalogue
from nlu.training_data import load_examples

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial"
CONTENT = TUTORIAL / "content"
FOLDERS = [PACKAGED, CONTENT / "forms"]
CODE = "senior_reading"
PAGE = (TUTORIAL / "add-a-one-thing.md").read_text("utf-8")


def test_the_overlay_has_no_mistakes() -> None:
    assert check_content(FOLDERS) == []


async def test_its_worked_cases_walk() -> None:
    engine = Engine(Bank.load(FOLDERS))
    walked = [held for code, held in examples(Tree.load(FOLDERS)) if code == CODE]
    assert len(walked) == 2
    for held in walked:
        assert await check_example(engine, CODE, held) == []


def test_the_catalogue_leads_to_it() -> None:
    entry = Catalogue.load([INTENTS, CONTENT / "intents"])[CODE]
    assert entry.form == CODE
    assert len(load_examples([CONTENT / "intents" / "utterances"]).by_intent[CODE]) >= 20


@pytest.mark.parametrize("block", re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL), ids=lambda block: block[:30])
def test_what_the_page_shows_stands_in_the_files(block: str) -> None:
    written = [path.read_text("utf-8") for path in (*CONTENT.rglob("*.yaml"), *CONTENT.rglob("*.yml"),
                                                   PACKAGED / "items" / "senior_card.yaml")]
    lines = [line for line in block.splitlines() if line]
    assert any(all(line in text.splitlines() for line in lines) for text in written)


def test_the_check_counts_what_the_page_says() -> None:
    said = re.search(r"sound; (\d+) worked examples", PAGE)
    assert said is not None
    assert int(said[1]) == sum(code == CODE for code, _ in examples(Tree.load(FOLDERS)))
