"""Every check of the mini-program can fail: a tree with one defect of each kind, and what is said of it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from deploy.mini_words import FOLDER
from tests.miniprogram.test_tree import HERE, LARGEST, leaks, modules, weight

DEFECTS = {
    "the official compilers take all templates and styles": ("pages/rate/rate.wxml", "</radio-group>", "</radio-grup>"),
    "every page and every component that is named is there": ("app.json", '"pages/data/data"', '"pages/dota/dota"'),
    "templates use only components that they name": ("pages/data/data.json", '"privacy-sheet"', '"privacy-shet"'),
    "every handler that a template names is a method": ("pages/cases/cases.wxml", "toLogin", "toLogn"),
    "nothing private is used but what is declared": (
        "utils/lines.js", "module.exports", "wx.getLocation();\nmodule.exports"),
    "pages that use something private can ask for consent": (
        "pages/chat/chat.wxml", "<privacy-sheet", "<privacy-shoot"),
    "what can be tapped is a native control": (
        "pages/guides/guides.wxml", "<view class=", '<view bindtap="known" class='),
    "words have enough contrast": ("app.wxss", ".time { color: #4b5565; }", ".time { color: #9aa3af; }"),
}
"""Name of the check to the defect it must find: file, words, what they become."""


def broken(into: Path, file: str, words: str, bad: str) -> None:
    """Put one defect into the copy."""
    path = into / file
    text = path.read_text("utf-8")
    assert words in text, (file, words)
    path.write_text(text.replace(words, bad, 1), "utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The mini-program's tree, to be broken."""
    return Path(shutil.copytree(FOLDER, tmp_path / "miniprogram"))


def failed(node: str, tree: Path, file: str, named: str = ".") -> set[str]:
    """Names of the checks of one file that this tree does not pass; of those with these words in their name."""
    checks = [f"--test-name-pattern={named}", str(HERE / "checks" / file)]
    done = subprocess.run([node, "--test", "--test-reporter=tap", *checks],
                          capture_output=True, text=True, timeout=280, check=False,
                          env=os.environ | {"MINIPROGRAM": str(tree)})
    return set(re.findall(r"(?m)^\s*not ok \d+ - (.+)$", done.stdout))


def test_each_defect_of_the_tree_is_found_by_its_check(node: str, copy: Path) -> None:
    for file, words, bad in DEFECTS.values():
        broken(copy, file, words, bad)
    assert failed(node, copy, "tree.test.js") >= set(DEFECTS)


def test_a_control_without_a_name_is_found(node: str, copy: Path) -> None:
    broken(copy, "pages/check/check.wxml", ' aria-label="{{w.form_sign_name}}"', "")
    check = "page check names every control for screen readers"
    assert failed(node, copy, "pages.test.js", check) >= {check}


def test_a_call_that_wechat_does_not_have_is_found(node: str, copy: Path) -> None:
    broken(copy, "utils/photo.js", "wx.", "wx.chooseMedium();\nwx.")
    home = next(one for one in modules() if (one / "typescript").is_dir())
    settings = json.loads((HERE / "jsconfig.json").read_text("utf-8")) | {"include": [f"{copy}/**/*.js"]}
    (copy.parent / "jsconfig.json").write_text(json.dumps(settings), "utf-8")
    done = subprocess.run([node, str(home / "typescript/bin/tsc"), "-p", str(copy.parent / "jsconfig.json"),
                           "--typeRoots", str(home)], capture_output=True, text=True, timeout=280, check=False)
    assert re.search(r"chooseMedium.*type 'Wx'", done.stdout), done.stdout[-1000:]


def test_what_must_not_go_along_is_found(copy: Path) -> None:
    assert leaks(copy) == []
    (copy / "utils/key.js").write_text('const AppSecret = "a"; const base = "http://example.org";', "utf-8")
    assert leaks(copy) == ["AppSecret", "http://"]
    (copy / "picture.png").write_bytes(bytes(LARGEST))
    assert weight(copy) > LARGEST
