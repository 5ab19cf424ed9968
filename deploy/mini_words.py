"""The mini-program's words, written from the wording of the citizen's page: ``python -m deploy.mini_words``."""

from __future__ import annotations

import json
import re
from pathlib import Path

from bot.web.words import as_json

FOLDER = Path(__file__).parents[1] / "miniprogram"
FILE = FOLDER / "words.js"
_KEY = re.compile(r"\b[a-z_]+\.[a-z0-9_]+\b")
_TEXT = re.compile(r"\"([^\"\n]*)\"|`([^`\n]*)`")
_MADE = ("case.stars_", "form.level_")
"""Beginnings of keys that are put together while running."""


def used() -> set[str]:
    """What looks like a key in the strings of the mini-program's scripts."""
    found = set()
    for path in FOLDER.rglob("*.js"):
        for groups in _TEXT.findall(path.read_text("utf-8")) if path != FILE else ():
            found |= {key for text in groups for key in _KEY.findall(text)}
    return found


def words() -> dict[str, dict[str, str]]:
    """What of the page's wording the mini-program says."""
    tree, wanted = json.loads(as_json()), used()
    return {
        part: chosen for part, keys in tree.items()
        if (chosen := {key: str(text) for key, text in keys.items()
                       if f"{part}.{key}" in wanted or f"{part}.{key}".startswith(_MADE)})
    }


def fresh() -> str:
    """The file as it should be."""
    tree = json.dumps(words(), ensure_ascii=False, indent=2)
    made = "// Made by `python -m deploy.mini_words` from bot/wording/page.zh_CN.yaml; change it there."
    return f"{made}\n\nmodule.exports = {tree};\n"


if __name__ == "__main__":
    FILE.write_text(fresh(), "utf-8")
