"""The account's menu: content in ``menu.yaml``, checked against WeChat's limits, compared with what WeChat has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from core.content import read, shape

FILE = Path(__file__).with_name("menu.yaml")
TOP_BYTES, BELOW_BYTES, KEY_BYTES = 16, 60, 128
Button = dict[str, Any]
Page = Callable[[str], str]


class Entry(BaseModel):
    """One entry: a button of the talk, or a page."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    act: str = Field("", pattern=r"^(act:[a-z_]+(:[^ ]*)?)?$")
    page: str = Field("", pattern=r"^(/[^ ]*)?$")

    @model_validator(mode="after")
    def _fits(self) -> Entry:
        if len(self.name.encode()) > BELOW_BYTES:
            raise ValueError(f"the name {self.name} is longer than {BELOW_BYTES} bytes")
        if len(self.act.encode()) > KEY_BYTES:
            raise ValueError(f"the button of {self.name} is longer than {KEY_BYTES} bytes")
        return self


class Below(Entry):
    """An entry that does something."""

    @model_validator(mode="after")
    def _does(self) -> Below:
        if bool(self.act) == bool(self.page):
            raise ValueError(f"{self.name} needs either act or page")
        return self


class Top(Entry):
    """An entry at the foot of the chat: does something, or opens others."""

    below: tuple[Below, ...] = Field((), max_length=5)

    @model_validator(mode="after")
    def _does(self) -> Top:
        if len(self.name.encode()) > TOP_BYTES:
            raise ValueError(f"the name {self.name} is longer than {TOP_BYTES} bytes (5 Chinese characters)")
        if [bool(self.act), bool(self.page), bool(self.below)].count(True) != 1:
            raise ValueError(f"{self.name} needs exactly one of act, page and below")
        return self


class Menu(BaseModel):
    """The whole menu."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    menu: tuple[Top, ...] = Field(min_length=1, max_length=3)


def load(file: Path = FILE) -> Menu:
    """The menu of a file. Raises `ContentError` that says what WeChat would not take."""
    source = read(file, file.parent)
    found, problems = shape(source, Menu)
    if found is None or problems:
        raise problems[0]
    return found


def buttons_of(menu: Menu, page: Page) -> list[Button]:
    """The menu as WeChat takes it; ``page`` gives the address at which a path opens for the account's users."""
    return [
        {"name": one.name, "sub_button": [_button(it, page) for it in one.below]} if one.below else _button(one, page)
        for one in menu.menu
    ]


def _button(entry: Entry, page: Page) -> Button:
    if entry.act:
        return {"type": "click", "name": entry.name, "key": entry.act}
    return {"type": "view", "name": entry.name, "url": page(entry.page)}


def differences(ours: Sequence[Mapping[str, Any]], theirs: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Sentences about what WeChat shows otherwise than we want it. Empty when the menus are the same."""
    want, have = dict(_flat(ours)), dict(_flat(theirs))
    found = [f"missing: {name}" for name in want if name not in have]
    found += [f"not ours: {name}" for name in have if name not in want]
    found += [f"does something else: {name}" for name in want if name in have and want[name] != have[name]]
    if not found and list(want) != list(have):
        found.append("the order is another")
    return tuple(found)


def _flat(buttons: Sequence[Mapping[str, Any]], above: str = "") -> Iterator[tuple[str, str]]:
    for one in buttons:
        name = f"{above}{one.get('name')}"
        below = one.get("sub_button") or []
        listed = below.get("list", []) if isinstance(below, Mapping) else below
        yield name, "" if listed else f"{one.get('type')} {one.get('key') or one.get('url') or one.get('value') or ''}"
        yield from _flat(listed, f"{name} > ")
