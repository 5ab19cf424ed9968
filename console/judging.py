"""What the check says of a proposal, kept for as long as neither its text nor any published file changes."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from pathlib import Path

from console.content_files import forms_folders, intents_folders, users_of
from console.desk import ConsoleDesk
from console.laying import Judged, judge

State = tuple[tuple[Path, int, int], ...]
"""Path, time of change in nanoseconds and size in bytes of every published file."""


async def judged(desk: ConsoleDesk, code: str, name: str, text: str, *, whole: bool = False) -> Judged:
    """Judge a text under its name for a one-thing, in a thread; seconds the first time, then at once.

    The worked examples of this one-thing are walked; with ``whole``, those of all that are made of the file, which may
    take half a minute.
    """
    walked = frozenset(users_of(desk, name)) if whole else frozenset({code})
    return await asyncio.to_thread(_now, desk, code, name, text, walked)


def _now(desk: ConsoleDesk, code: str, name: str, text: str, walked: frozenset[str]) -> Judged:
    # A folder that is not there yet says nothing, so it must not make the same content look like another.
    forms = tuple(folder for folder in forms_folders(desk) if folder.is_dir())
    intents = tuple(folder for folder in intents_folders(desk) if folder.is_dir())
    return _kept(forms, intents, code, name, text, walked, _state((*forms, *intents)))


def _state(folders: tuple[Path, ...]) -> State:
    found = ((path, path.stat()) for folder in folders for path in sorted(folder.glob("*/*.y*ml")))
    return tuple((path, told.st_mtime_ns, told.st_size) for path, told in found)


@lru_cache(maxsize=32)
def _kept(
    forms: tuple[Path, ...], intents: tuple[Path, ...], code: str, name: str, text: str, walked: frozenset[str],
    state: State,
) -> Judged:
    """The text is judged together with every other file, so the state of them all is part of the question."""
    return judge(list(forms), list(intents), code, name, text, walked)
