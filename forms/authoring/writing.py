"""Content written as YAML, the way people write it: short mappings on one line, a comment on top."""

from __future__ import annotations

from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

SHORT = 100
"""A mapping or list of plain values is written on one line up to so many characters."""


def as_yaml(data: dict[str, Any], comment: str = "") -> str:
    """A content file."""
    yaml, out = YAML(), StringIO()
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(_node(data, top=True), out)
    lines = "".join(f"# {line}".rstrip() + "\n" for line in comment.splitlines())
    return lines + out.getvalue()


def _node(value: Any, top: bool = False) -> Any:
    node: CommentedMap | CommentedSeq
    if isinstance(value, dict):
        node = CommentedMap((key, _node(part)) for key, part in value.items())
    elif isinstance(value, list | tuple):
        node = CommentedSeq([_node(part) for part in value])
    else:
        digits = isinstance(value, str) and value.isdigit()
        return DoubleQuotedScalarString(value) if digits else value
    parts = list(value.values()) if isinstance(value, dict) else list(value)
    if not top and not any(isinstance(part, dict | list | tuple) for part in parts) and len(str(value)) < SHORT:
        node.fa.set_flow_style()
    return node
