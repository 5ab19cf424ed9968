"""The mini-program as a tree of files: its words are the page's words, and no other sentence stands in it."""

from __future__ import annotations

import json
import re

import pytest

from bot.web.words import as_json
from deploy.mini_words import FILE, FOLDER, fresh, used, words

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


def test_it_fits_into_one_package() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < LARGEST / 4


def test_no_secret_and_no_plain_http_goes_along() -> None:
    text = "\n".join(path.read_text("utf-8") for path in FILES)
    assert not re.search(r"app_?secret|session_key|encryptedData", text, re.IGNORECASE)
    code = "\n".join(re.sub(r"^\s*//.*$", "", path.read_text("utf-8"), flags=re.MULTILINE) for path in FILES)
    assert "http://" not in code
