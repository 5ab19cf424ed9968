"""Adding sentences to a file of training sentences: new lines end an intent's list, everything else stays as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from core.errors import YijianshiError

HEAD = 'version: "3.1"\nnlu:\n'
_LINE_OF_LIST = re.compile(r"^(\s*)- ")


class CannotAdd(YijianshiError):
    """A file of sentences is not in the shape that sentences can be added to; the message says where."""

    code = "cannot_add_sentences"


def added(text: str, name: str, new: Mapping[str, Sequence[str]]) -> str:
    """``text`` of the file ``name`` with the sentences of ``new``, which maps intents to them. Raises `CannotAdd`."""
    for intent, sentences in new.items():
        if sentences:
            text = _added(text or HEAD, name, intent, [one_line(one) for one in sentences])
    return text


def one_line(sentence: str) -> str:
    """A sentence as it may stand in a list: on one line, its brackets no Rasa annotation."""
    return " ".join(sentence.split()).replace("[", "［").replace("]", "］").lstrip("- ")


def _added(text: str, name: str, intent: str, sentences: Sequence[str]) -> str:
    lines = text.splitlines()
    start = _examples_line(text, name, intent)
    if start is None:
        block = [f"  - intent: {intent}", "    examples: |", *(f"      - {one}" for one in sentences)]
        return "\n".join([*lines, *block]) + "\n"
    indent = len(lines[start]) - len(lines[start].lstrip(" -"))
    end, margin = start + 1, ""
    for number in range(start + 1, len(lines)):
        if lines[number].strip():
            if len(lines[number]) - len(lines[number].lstrip()) <= indent:
                break
            end = number + 1
            found = _LINE_OF_LIST.match(lines[number])
            margin = found[1] if found else margin
    margin = margin or " " * (indent + 2)
    return "\n".join([*lines[:end], *(f"{margin}- {one}" for one in sentences), *lines[end:]]) + "\n"


def _examples_line(text: str, name: str, intent: str) -> int | None:
    """The line, from 0, of the last ``examples: |`` of an intent; None when the file has none of it."""
    try:
        tree = YAML(typ="rt").load(text) or {}
    except YAMLError as problem:
        raise CannotAdd(f"{name} is not YAML: run `yijianshi check`") from problem
    found = None
    for block in tree.get("nlu") or []:
        if block.get("intent") == intent and "examples" in block:
            found = int(block.lc.key("examples")[0])
    if found is not None and not text.splitlines()[found].rstrip().endswith("|"):
        raise CannotAdd(f"{name}:{found + 1}: write `examples: |` with one sentence a line below it")
    return found
