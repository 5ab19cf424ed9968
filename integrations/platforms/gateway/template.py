"""Templates of a field map: trees whose leaves name values, so that shapes and names live in configuration.

- ``$a.b`` takes a value; ``$a.b | word`` passes it on through a code table or a filter; anything else stands as it is;
- ``{each: a.b, of: ...}`` makes a list, one entry for each member, whose names are looked up in the member first;
- ``{join: [...]}`` puts texts together.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping
from typing import Any

Filter = Callable[[Any], Any]


class UnknownCode(LookupError):
    """A code that its table does not list."""


def pick(values: Any, path: str) -> Any:
    """The value at a dotted path; None where there is nothing."""
    for key in path.split("."):
        if not isinstance(values, Mapping):
            return None
        values = values.get(key)
    return values


def fill(template: Any, values: Mapping[str, Any], filters: Mapping[str, Filter]) -> Any:
    """The template with every name replaced. Raises `UnknownCode`, and ValueError from filters."""
    if isinstance(template, str):
        return _leaf(template, values, filters)
    if isinstance(template, Mapping):
        if template.keys() == {"each", "of"}:
            return _list(template, values, filters)
        if template.keys() == {"join"}:
            return "".join(str(fill(part, values, filters) or "") for part in template["join"])
        return {key: fill(part, values, filters) for key, part in template.items()}
    return [fill(part, values, filters) for part in template] if isinstance(template, list) else template


def _leaf(text: str, values: Mapping[str, Any], filters: Mapping[str, Filter]) -> Any:
    if not text.startswith("$"):
        return text
    path, *names = (part.strip() for part in text[1:].split("|"))
    value = pick(values, path)
    for name in names:
        value = None if value is None else filters[name](value)
    return value


def _list(template: Mapping[str, Any], values: Mapping[str, Any], filters: Mapping[str, Filter]) -> list[Any]:
    members = pick(values, template["each"]) or []
    if not isinstance(members, list | tuple):
        raise ValueError(f"{template['each']} is not a list")
    if not all(isinstance(member, Mapping) for member in members):
        raise ValueError(f"a member of {template['each']} has no names")
    return [fill(template["of"], ChainMap(dict(member), dict(values)), filters) for member in members]


def table(name: str, codes: Mapping[str, Any]) -> Filter:
    """A filter that looks codes up; the code ``*`` stands for all that are not listed."""

    def look_up(value: Any) -> Any:
        found = codes.get(str(value), codes.get("*", UnknownCode))
        if found is UnknownCode:
            raise UnknownCode(f"{name}: no such code")
        return found

    return look_up
