"""What a condition or an argument mentions, and the same with subjects in the place of an item's roles."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from forms import paths
from forms.content.condition_schema import COMPARISON_WORDS, SUBJECT_WORDS, Condition
from forms.content.references import is_reference


def sentence(condition: Condition) -> tuple[str, str, str, Any]:
    """(subject word, what it names, comparison word, what it is compared with) of one comparison."""
    word = next(w for w in SUBJECT_WORDS if getattr(condition, w) is not None)
    comparison = next(w for w in COMPARISON_WORDS if getattr(condition, w) is not None)
    return word, getattr(condition, word), comparison, getattr(condition, comparison)


def leaves(condition: Condition | None) -> Iterator[Condition]:
    """Every single comparison inside a condition."""
    if condition is None:
        return
    parts = [*(condition.all or ()), *(condition.any or ()), *([condition.not_] if condition.not_ else [])]
    for part in parts:
        yield from leaves(part)
    if not parts and condition.all is None and condition.any is None:
        yield condition


def references(condition: Condition | None, roles: Mapping[str, str] | None = None) -> Iterator[tuple[str, str]]:
    """(kind, name) of all a condition reads: kinds are the subject words; names of fields are paths."""
    for leaf in leaves(condition):
        word, name, _, right = sentence(leaf)
        yield word, renamed(name, roles or {}) if word in ("field", "age_of", "count_of") else name
        for value in right if isinstance(right, list | tuple) else (right,):
            if is_reference(value):
                yield reference_kind(renamed(value[1:], roles or {}))


def written(value: Any, subjects: Collection[str]) -> Iterator[tuple[str, str]]:
    """(kind, name) of references and paths in arguments."""
    if is_reference(value):
        yield reference_kind(value[1:])
    elif isinstance(value, str):
        path = paths.parse(value)
        if path is not None and path.subject in subjects:
            yield "field", value
    elif isinstance(value, dict):
        for part in value.values():
            yield from written(part, subjects)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from written(part, subjects)


def reference_kind(reference: str) -> tuple[str, str]:
    """(kind, name) of a reference without its ``$``."""
    head, _, rest = reference.partition(".")
    words = ("parameter", "fact", "situation", "login", "today", "region")
    return (head, rest) if head in words else ("field", reference)


def renamed(name: str, roles: Mapping[str, str]) -> str:
    """A path or subject with the role it begins with replaced by the subject that plays it."""
    head, dot, rest = name.partition(".")
    bare, bracket, index = head.partition("[")
    return f"{roles.get(bare, bare)}{bracket}{index}{dot}{rest}"


def renamed_all(condition: Condition | None, roles: Mapping[str, str]) -> Condition | None:
    """A condition of an item as its one-thing would write it, with subjects in the place of roles."""
    if condition is None:
        return None
    changed: dict[str, Any] = {
        word: tuple(renamed_all(part, roles) for part in parts)
        for word in ("all", "any") if (parts := getattr(condition, word)) is not None
    }
    if condition.not_ is not None:
        changed["not_"] = renamed_all(condition.not_, roles)
    if not changed:
        word, name, comparison, right = sentence(condition)
        plays = word in ("field", "age_of", "count_of") or (word == "region" and name != "case")
        changed = {word: renamed(name, roles) if plays else name, comparison: _renamed_right(right, roles)}
    return condition.model_copy(update=changed)


def _renamed_right(right: Any, roles: Mapping[str, str]) -> Any:
    if isinstance(right, list | tuple):
        return tuple(_renamed_right(part, roles) for part in right)
    return f"${renamed(right[1:], roles)}" if is_reference(right) else right
