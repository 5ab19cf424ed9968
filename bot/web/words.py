"""The words of the page itself: labels, buttons, hints. What the bot says is in `bot.wording`."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import bot.wording
from bot.wording.wording import Wording
from core.content import read

FILE = Path(bot.wording.__file__).with_name("page.zh_CN.yaml")


@lru_cache(maxsize=1)
def page_words() -> Wording:
    """The packaged words of the page."""
    return Wording(read(FILE).data)


def as_json() -> bytes:
    """All of them for the browser, as a tree; blanks stay as they are written."""
    return json.dumps(read(FILE).data, ensure_ascii=False).encode()
