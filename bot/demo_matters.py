"""What the invented people came for: read off the worked cases, where each names its one-thing and who signs in."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

_ONE_THING = re.compile(r"^one_thing:\s*([a-z0-9_]+)", re.MULTILINE)
_LOGIN = re.compile(r"^\s+(?:- )?login:\s*[\"']?([0-9]{17}[0-9X])\b", re.MULTILINE)


@lru_cache(maxsize=4)
def matters_of(folders: tuple[Path, ...]) -> dict[str, tuple[str, ...]]:
    """Id number to the codes of the one-things of which there is a worked case with this login.

    The files are read as text: parsing all of them takes seconds, and nobody waits that long to sign in.
    """
    found: dict[str, dict[str, None]] = {}
    for path in [path for folder in folders for path in sorted(folder.glob("examples/*.yaml"))]:
        text = path.read_text("utf-8")
        if about := _ONE_THING.search(text):
            for number in _LOGIN.findall(text):
                found.setdefault(number, {})[about.group(1)] = None
    return {number: tuple(codes) for number, codes in found.items()}
