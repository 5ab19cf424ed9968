"""The mini-program as a tree of files: its words are the page's words, and no other sentence stands in it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from bot.web.words import as_json
from deploy.mini_words import FILE, FOLDER, fresh, used, words

HERE = Path(__file__).parent
TREE = json.loads(as_json())
FILES = sorted(path for path in FOLDER.rglob("*") if path.suffix in (".js", ".wxml", ".json") and path != FILE)
LARGEST = 2 * 1024 * 1024


def test_the_words_are_those_of_the_page() -> None:
    assert FILE.read_text("utf-8") == fresh(), "run `python -m deploy.mini_words`"


def test_every_key_that_is_said_exists() -> None:
    named = {key for key in used() if key.split(".")[0] in TREE}
    assert sorted(key for key in named if key.split(".")[1] not in TREE[key.split(".")[0]]
                  and not key.endswith(("stars_", "level_"))) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_no_sentence_stands_outside_the_words(path: str) -> None:
    known = {text for part in words().values() for text in part.values()} | {str(text) for text in TREE["app"].values()}
    said = re.findall(r"[一-鿿]+(?:[ ，。][一-鿿]+)*", re.sub(r"//.*", "", FOLDER.joinpath(path).read_text("utf-8")))
    assert [text for text in said if text not in known] == []


def weight(folder: Path) -> int:
    """Bytes of everything in a tree."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def leaks(folder: Path) -> list[str]:
    """What a tree gives away or asks for in the clear: secrets by their names, and plain http."""
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in (".js", ".wxml", ".json")]
    code = "\n".join(re.sub(r"^\s*//.*$", "", path.read_text("utf-8"), flags=re.MULTILINE) for path in files)
    return [str(found) for found in re.findall(r"(?i)app_?secret|session_key|encryptedData|http://", code)]


def modules() -> list[Path]:
    """Where Node's packages may lie."""
    elsewhere = os.environ.get("NODE_PATH", "").split(os.pathsep)
    return [HERE / "node_modules", *(Path(one) for one in elsewhere if one)]


def test_it_fits_into_one_package() -> None:
    assert weight(FOLDER) < LARGEST / 4


def test_no_secret_and_no_plain_http_goes_along() -> None:
    assert leaks(FOLDER) == []


def test_node_opens_every_page_and_component(node: str) -> None:
    done = subprocess.run([node, "--test", *sorted(map(str, (HERE / "checks").glob("*.test.js")))],
                          capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, re.sub(r"(?m)^ok .*\n(?:  .*\n)*", "", done.stdout)[-6000:]


def test_every_call_of_wechat_is_one_that_there_is(node: str) -> None:
    home = next(one for one in modules() if (one / "typescript").is_dir())
    done = subprocess.run([node, str(home / "typescript/bin/tsc"), "-p", str(HERE / "jsconfig.json"),
                           "--typeRoots", str(home)], capture_output=True, text=True, timeout=280, check=False)
    # what a page keeps on itself has no type in plain scripts; everything else counts, and every name on wx
    wrong = [line for line in done.stdout.splitlines() if "error TS" in line
             and (not re.search("TS2339|TS2551", line) or "type 'Wx'" in line)]
    assert wrong == []
    assert done.returncode in (0, 1, 2), done.stdout[-2000:]
