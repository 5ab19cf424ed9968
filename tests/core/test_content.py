"""Content files as plain data, the first time they are read and ever after."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from core.content import read

TEXT = """area: 89.5
small: 1e-3
rooms: 3
code: 0x1F
name: '王小宝'
sold: yes
none: null
floors: [1.5, {of: 2.25}]
"""


def _kinds(node: Any) -> set[type]:
    if isinstance(node, dict):
        return {dict}.union(*map(_kinds, node.values()))
    return {list}.union(*map(_kinds, node)) if isinstance(node, list) else {type(node)}


@pytest.mark.parametrize("more", ["", "born: 2026-11-01\n"])
def test_numbers_are_plain_however_often_a_file_was_read(tmp_path: Path, more: str) -> None:
    path = tmp_path / "home.yaml"
    path.write_text(TEXT + more, "utf-8")
    first, second = read(path).data, read(path).data
    assert first == second
    for data in (first, second):
        assert {type(data["area"]), type(data["rooms"]), type(data["name"])} == {float, int, str}
        assert {str(kind.__module__) for kind in _kinds(data)} <= {"builtins", "datetime"}
        orjson.dumps(data)
