"""JSON Schemas of every kind of content file, for editors: made from the classes that read the files."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Mapping
from functools import cache
from textwrap import dedent
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from forms.content.alike import ElementFile
from forms.content.item_schema import Item
from forms.content.region_schema import Parameters
from forms.content.schema import Definition
from forms.content.shelf import CodeSet, MaterialFile
from forms.walking.examples_schema import ExampleFile
from intents.catalogue import Entry

KINDS: dict[str, tuple[str, type[BaseModel]]] = {
    "elements": ("forms/elements/*.yaml", ElementFile),
    "code_sets": ("forms/code_sets/*.yaml", CodeSet),
    "materials": ("forms/materials/*.yaml", MaterialFile),
    "items": ("forms/items/*.yaml", Item),
    "definitions": ("forms/definitions/*.yaml", Definition),
    "examples": ("forms/examples/*.yaml", ExampleFile),
    "parameters": ("forms/parameters/*.yaml", Parameters),
    "catalogue": ("intents/catalogue/*.yaml", Entry),
}
"""Name of a schema to the files it is for and the class that reads them."""
UTTERANCES = {
    "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "utterances", "type": "object",
    "description": "Sentences of people, in the training format of Rasa 3.1.", "required": ["version", "nlu"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "3.1"},
        "nlu": {"type": "array", "items": {
            "type": "object", "required": ["examples"], "properties": {
                "intent": {"type": "string", "description": "the code of a one-thing, or one of out_of_scope"},
                "examples": {"type": "string", "description": "one sentence a line, each after `- `"}}}},
    },
}
NAMES = tuple(f"{name}.schema.json" for name in (*KINDS, "utterances"))
"""The files of `schemas`."""


@cache
def schemas() -> Mapping[str, str]:
    """File name to JSON text."""
    made = {f"{name}.schema.json": _schema(name, pattern, model) for name, (pattern, model) in KINDS.items()}
    made["utterances.schema.json"] = UTTERANCES | {"$comment": "intents/utterances/*.yml"}
    return MappingProxyType({
        name: json.dumps(one, ensure_ascii=False, indent=1) + "\n" for name, one in made.items()
    })


def _schema(name: str, pattern: str, model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema(by_alias=True, mode="validation")
    classes = {kind.__name__: kind for kind in _classes(model)}
    for title, part in {model.__name__: schema, **schema.get("$defs", {})}.items():
        if title in classes:
            _explain(part, classes[title])
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$comment": pattern}
    return head | schema | {"title": name}


def _explain(part: dict[str, Any], kind: type[BaseModel]) -> None:
    """What stands below each word in the class becomes its description; pydantic's own titles go."""
    told = {word: said for base in reversed(kind.__mro__) if issubclass(base, BaseModel) and base is not BaseModel
            for word, said in _below(base).items()}
    for word, schema in part.get("properties", {}).items():
        schema.pop("title", None)
        field = next((name for name, one in kind.model_fields.items() if word in (name, one.alias)), word)
        if field in told:
            schema["description"] = told[field]


def _below(kind: type[BaseModel]) -> dict[str, str]:
    body = ast.parse(dedent(inspect.getsource(kind))).body[0]
    assert isinstance(body, ast.ClassDef)
    found = {}
    for node, after in zip(body.body, body.body[1:], strict=False):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and isinstance(after, ast.Expr) \
                and isinstance(after.value, ast.Constant) and isinstance(after.value.value, str):
            found[node.target.id] = " ".join(after.value.value.split()).replace("``", "`")
    return found


def _classes(model: type[BaseModel]) -> set[type[BaseModel]]:
    """A class and all that its fields lead to, with the classes that stand for these."""
    found: set[type[BaseModel]] = set()
    todo: list[Any] = [model]
    while todo:
        one = todo.pop()
        if isinstance(one, type) and issubclass(one, BaseModel) and one not in found:
            found.add(one)
            todo += [*(field.annotation for field in one.model_fields.values()), *one.__subclasses__()]
        todo += list(getattr(one, "__args__", ()))
    return found
