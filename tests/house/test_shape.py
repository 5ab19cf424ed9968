"""The house is kept: short modules, few words in __init__, no dead ends in the vendored assets."""

import ast
import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("core", "nlu", "integrations", "intents", "forms", "cases", "console", "bot")
MODULES = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts]
LONGEST = 300


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_short_enough_to_read(module: Path) -> None:
    assert len(module.read_text("utf-8").splitlines()) <= LONGEST


def test_package_files_hold_names_not_code() -> None:
    busy = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if path.name == "__init__.py"
        for node in ast.parse(path.read_text("utf-8")).body
        if not isinstance(node, ast.Expr | ast.ImportFrom | ast.Import | ast.Assign)
    ]
    assert busy == []


def test_half_the_modules_are_under_one_hundred_and_twenty_lines() -> None:
    lengths = sorted(len(path.read_text("utf-8").splitlines()) for path in MODULES if path.name != "__init__.py")
    assert lengths[len(lengths) // 2] <= 120


@pytest.mark.parametrize("note", sorted(ROOT.glob("*/**/vendored.json")), ids=lambda path: path.parent.name)
def test_vendored_files_are_what_they_were(note: Path) -> None:
    told = json.loads(note.read_text("utf-8"))
    assert told["licence"]
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in note.parent.iterdir() if path.name != note.name
    }
    assert found == told["sha256"]


def test_no_citizen_sentence_stands_in_code() -> None:
    """Chinese sentences of the dialogue and the channels belong in wording files.

    Docstrings may quote them, and patterns that read them are no sentences.
    """
    found = []
    for folder in ("bot/dialogue", "bot/render", "bot/web", "cases", "console"):
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" not in path.parts:
                found += [f"{path.relative_to(ROOT)}:{line}" for line in _sentences(path)]
    assert found == []


def _sentences(path: Path) -> list[int]:
    tree = ast.parse(path.read_text("utf-8"))
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose
        and re.search("[\u4e00-\u9fff]{2,}[，。？！、].*[\u4e00-\u9fff]{2}", node.value) and "(?" not in node.value
    ]
