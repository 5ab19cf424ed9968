"""What WeChat's own builder says of the mini-program, where it is installed: `make miniprogram-official`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from deploy.mini_words import FOLDER
from tests.miniprogram.test_defects import broken
from tests.miniprogram.test_tree import HERE, LARGEST, modules

OFFICIAL = HERE / "official"
DEFECTS = {
    "could not find": ("app.json", '"pages/data/data"', '"pages/dota/dota"'),
    "requiredPrivateInfos": ("app.json", '"style": "v2"', '"style": "v2", "requiredPrivateInfos": ["getEverything"]'),
    "component field needs to be boolean": ("pages/chat/chat.json", '"component": true', '"component": "yes"'),
}
"""What is said to the defect it is said of."""


@pytest.fixture(scope="module")
def builder() -> str:
    """Where Node is, with WeChat's builder."""
    found = shutil.which("node")
    if found is None or not any((one / "miniprogram-ci").is_dir() for one in (OFFICIAL / "node_modules", *modules())):
        pytest.skip("WeChat's builder is not installed: `make miniprogram-official` brings it (276 MB) and runs this")
    return found


def said(node: str, tree: Path, how: str) -> str:
    """The last word of the builder."""
    paths = os.pathsep.join(map(str, modules()))
    done = subprocess.run([node, str(OFFICIAL / "check.js"), str(tree), how], capture_output=True, text=True,
                          timeout=280, check=False, env=os.environ | {"NODE_PATH": paths})
    words = [line for line in done.stdout.splitlines() if line.startswith(("RESULT ", "REFUSED "))]
    assert words, done.stdout[-500:] + done.stderr[-1000:]
    return done.stdout[done.stdout.index(words[-1]):]


def test_the_builder_takes_the_tree(builder: str) -> None:
    found = json.loads(said(builder, FOLDER, "whole").removeprefix("RESULT "))
    assert found["pages"] == len(json.loads((FOLDER / "app.json").read_text("utf-8"))["pages"])
    assert 100_000 < found["bytes"] < LARGEST


@pytest.mark.parametrize("words", DEFECTS)
def test_the_builder_refuses_what_its_schema_does_not_know(builder: str, tmp_path: Path, words: str) -> None:
    copy = Path(shutil.copytree(FOLDER, tmp_path / "miniprogram"))
    broken(copy, *DEFECTS[words])
    assert words in said(builder, copy, "json")


def test_the_builder_refuses_a_script_that_does_not_parse(builder: str, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(FOLDER, tmp_path / "miniprogram"))
    broken(copy, "utils/lines.js", "module.exports", "let a = ;\nmodule.exports")
    assert said(builder, copy, "whole").startswith("REFUSED")
