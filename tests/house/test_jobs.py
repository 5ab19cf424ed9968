"""Jobs are asked for by name, never imported: each name must have a handler that takes what it is asked with."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bot.jobs import add_handlers
from core.jobs import Jobs

ROOT = Path(__file__).parents[2]
PACKAGES = ("core", "intents", "integrations", "forms", "cases", "console", "bot")


def asked() -> Iterator[tuple[str, str, set[str]]]:
    """(where, job name, names of its arguments) of every ``jobs.ask("name", ...)`` in the code."""
    for path in (path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _is_asking(node.func) and isinstance(node.args[0], ast.Constant):
                where = f"{path.relative_to(ROOT)}:{node.lineno}"
                yield where, str(node.args[0].value), {str(word.arg) for word in node.keywords} - {"delay"}


def _is_asking(function: ast.expr) -> bool:
    if not (isinstance(function, ast.Attribute) and function.attr == "ask"):
        return False
    holder = function.value
    return bool({"jobs", "_jobs"} & {getattr(holder, "id", ""), getattr(holder, "attr", "")})


def handlers() -> dict[str, Any]:
    house: Any = SimpleNamespace(jobs=Jobs())
    add_handlers(house)
    return dict(house.jobs._handlers)


def test_every_job_asked_for_has_a_handler_that_takes_its_arguments() -> None:
    known = handlers()
    found = list(asked())
    assert {name for _, name, _ in found} == known.keys()
    for where, name, given in found:
        assert given == set(inspect.signature(known[name]).parameters), where
