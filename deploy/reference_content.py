"""Tables of the words of content files, made from the classes that read them."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from deploy.meanings import MEANINGS
from deploy.reference_code import table
from forms.checks import CHECKS
from forms.filling.derive import FUNCTIONS
from forms.traps.report import TRAPS

ROOT = Path(__file__).parents[1]
FILES = ("forms/content/element_schema.py", "forms/content/material_schema.py", "forms/content/item_schema.py",
         "forms/content/alike.py", "forms/content/schema.py", "forms/content/region_schema.py",
         "forms/content/shelf.py", "forms/walking/examples_schema.py", "intents/catalogue.py",
         "integrations/sources/catalogue.py")


class WordWithoutMeaning(LookupError):
    """A word of a content file that nobody explains: write a docstring below it, or a line in `deploy.meanings`."""


@lru_cache(maxsize=1)
def _classes() -> dict[str, ast.ClassDef]:
    trees = [ast.parse((ROOT / file).read_text("utf-8")) for file in FILES]
    return {node.name: node for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)}


def kind_table(kind: str) -> str:
    """The words of one mapping: what each takes, what it is when left out, what it means."""
    body = _classes()[kind].body
    rows = []
    for place, node in enumerate(body):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            word = node.target.id.rstrip("_")
            after = body[place + 1] if place + 1 < len(body) else None
            rows.append((f"`{word}`", _takes(node.annotation), _default(node.value), _meaning(kind, word, after)))
    return table(("word", "takes", "when left out", "meaning"), rows)


def _meaning(kind: str, word: str, after: ast.stmt | None) -> str:
    said = after.value if isinstance(after, ast.Expr) else None
    if isinstance(said, ast.Constant) and isinstance(said.value, str):
        return " ".join(said.value.split()).replace("``", "`")
    found = MEANINGS.get(f"{kind}.{word}") or MEANINGS.get(word)
    if found is None:
        raise WordWithoutMeaning(f"{kind}.{word}")
    return found


def _default(value: ast.expr | None) -> str:
    if value is None:
        return "must be there"
    text = ast.unparse(value.args[0] if isinstance(value, ast.Call) and value.args else value)
    return {"''": "", "()": "", "{}": "", "None": "", "Field(default_factory=dict)": "", "Expect()": "",
            "True": "`true`", "False": "`false`"}.get(
        text, f"`{text.strip(chr(39))}`"
    )


def _takes(node: ast.expr) -> str:
    """An annotation in words."""
    if isinstance(node, ast.BinOp):
        parts = [_takes(side) for side in (node.left, node.right)]
        return " or ".join(part for part in parts if part != "nothing")
    if isinstance(node, ast.Subscript):
        return _subscript(ast.unparse(node.value), node.slice)
    if isinstance(node, ast.Constant):
        return "nothing" if node.value is None else f"`{node.value!s}`"
    plain = {"str": "text", "int": "number", "float": "number", "bool": "true or false", "Code": "code",
             "FullCode": "full code", "Any": "anything"}
    return plain.get(ast.unparse(node), f"`{ast.unparse(node)}`")


def _subscript(outer: str, inner: ast.expr) -> str:
    parts = list(inner.elts) if isinstance(inner, ast.Tuple) else [inner]
    parts = [part for part in parts if not (isinstance(part, ast.Constant) and part.value is Ellipsis)]
    match outer:
        case "tuple":
            return f"list of {_takes(parts[0])}"
        case "dict":
            return f"{_takes(parts[0])} to {_takes(parts[1])}"
        case "Literal":
            return " · ".join(_takes(part) for part in parts)
    return _takes(parts[0])


def functions_table() -> str:
    """The functions that derivations and elements may name."""
    return _callables(FUNCTIONS)


def checks_table() -> str:
    """The checks that review rules may name."""
    return _callables(CHECKS)


def traps_table() -> str:
    """The contradictions that the report looks for."""
    rows = [(str(number), f"`{trap.code}`", trap.title, trap.here) for number, trap in enumerate(TRAPS, 1)]
    return table(("", "trap", "what it is", "what is looked at here"), rows)


def _callables(found: Mapping[str, Callable[..., Any]]) -> str:
    rows = [
        (f"`{name}`", ", ".join(f"`{word}`" for word in inspect.signature(function).parameters),
         " ".join((function.__doc__ or "").split()).replace("``", "`"))
        for name, function in sorted(found.items())
    ]
    return table(("name", "takes", "meaning"), rows)

