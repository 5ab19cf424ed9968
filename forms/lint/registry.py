"""The functions and checks that content may name, and what each may be given."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from forms.checks import CHECKS
from forms.filling.derive import FUNCTIONS
from forms.lint.scope import near
from forms.lint.tree import Place, Problem

KNOWN_BY_ITSELF = frozenset({"today", "now"})
"""Given by the engine, never by content."""

CONDITION = "condition"
"""The check of a rule that is a condition itself, written under ``holds``."""


def functions() -> Mapping[str, Callable[..., Any]]:
    """Functions that derive values, by name."""
    return FUNCTIONS


def checks() -> Mapping[str, Callable[..., Any] | None]:
    """Checks that rules may use, by name."""
    return {CONDITION: None, **CHECKS}


def bad_arguments(
    name: str, function: Callable[..., Any] | None, using: Mapping[str, Any], at: Place, *, all_given: bool
) -> Iterator[Problem]:
    """Names under ``using`` that a function does not take, and with ``all_given`` those it misses."""
    if function is None:
        return
    taken = inspect.signature(function).parameters
    given = {"value" if word in ("path", "paths") else word for word in using}
    words = sorted({"path" if word == "value" and all_given else word for word in taken} - KNOWN_BY_ITSELF)
    for word in sorted(given - taken.keys()):
        yield at.under(word).problem(f"`{name}` does not take `{word}`", near(word, words))
    missing = [
        word for word, parameter in taken.items()
        if parameter.default is inspect.Parameter.empty and word not in given | KNOWN_BY_ITSELF
    ]
    if all_given and missing:
        lacks = ", ".join(f"`{'path' if word == 'value' else word}`" for word in missing)
        yield at.problem(f"`{name}` is not told {lacks}", "add it under `using`")
