"""Loading content files: YAML 1.2 with the line of every key, and folders laid over one another.

Reading YAML is slow, so what was read is kept beside the file in ``__pycache__``, as Python keeps its own modules:
named by a hash of the text, and safe to delete.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

from core.errors import ContentError

Shape = TypeVar("Shape", bound=BaseModel)


class Source:
    """One parsed content file: its plain data, and where each part of it stands."""

    def __init__(self, path: Path, shown: str, text: str) -> None:
        self.path, self.shown, self._text = path, shown, text
        self._tree: Any = None
        self.data: Any = self._read()

    def _read(self) -> Any:
        kept = _kept(self.path, self._text)
        with suppress(OSError, ValueError):
            return json.loads(kept.read_text("utf-8"))
        self._tree = YAML(typ="rt").load(self._text)
        data = _plain(self._tree)
        _keep(kept, data)
        return data

    def line(self, *keys: str | int) -> int:
        """The 1-based line of the part at ``keys``, or of the nearest part above it that exists."""
        if self._tree is None:
            self._tree = YAML(typ="rt").load(self._text)
        node, line = self._tree, 1
        for key in keys:
            try:
                mark = node.lc.key(key) if isinstance(node, CommentedMap) else node.lc.item(key)
                line, node = mark[0] + 1, node[key]
            except (KeyError, IndexError, AttributeError, TypeError):
                break
        return line

    def error(self, keys: tuple[str | int, ...], wrong: str, write: str = "") -> ContentError:
        """A content error that points at ``keys``."""
        return ContentError(self.shown, self.line(*keys), wrong, write)


def _plain(node: Any) -> Any:
    """The same without what the parser remembers of how it was written: not everybody takes its kinds of numbers."""
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, CommentedSeq | list):
        return [_plain(value) for value in node]
    kind = next((plain for plain in (float, int, str) if isinstance(node, plain) and not isinstance(node, bool)), None)
    return node if kind is None else kind(node)


def _kept(path: Path, text: str) -> Path:
    """Where what was read from ``path`` is kept while it has this text."""
    name = hashlib.sha256(text.encode()).hexdigest()[:20]
    return path.parent / "__pycache__" / f"{path.name}.{name}.json"


def _keep(kept: Path, data: Any) -> None:
    """Keep plain data, instead of what an older text gave. A folder that cannot be written is no matter."""
    with suppress(OSError, TypeError):  # TypeError: dates and the like, which JSON does not know
        text = json.dumps(data, ensure_ascii=False)
        kept.parent.mkdir(exist_ok=True)
        for old in kept.parent.glob(f"{kept.name.rsplit('.', 2)[0]}.*.json"):
            old.unlink(missing_ok=True)
        part = kept.with_suffix(f".{id(data)}.part")
        part.write_text(text, "utf-8")
        part.replace(kept)


def read(path: Path, root: Path | None = None) -> Source:
    """Parse one file. Raises `ContentError` with the line of a syntax error or a doubled key."""
    shown = str(path.relative_to(root)) if root and path.is_relative_to(root) else str(path)
    try:
        return Source(path, shown, path.read_text("utf-8"))
    except MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        raise ContentError(shown, mark.line + 1 if mark else 1, f"this is not YAML: {problem.problem}") from problem
    except UnicodeDecodeError as problem:
        raise ContentError(shown, 1, "this file is not UTF-8", "save it as UTF-8") from problem


def shape(source: Source, model: type[Shape], data: Any = None, at: tuple[str | int, ...] = ()) -> tuple[
    Shape | None, list[ContentError]
]:
    """Read ``data`` (the whole file when None) as ``model``; every mistake becomes one error with its line."""
    try:
        return model.model_validate(source.data if data is None else data), []
    except ValidationError as problem:
        return None, [
            source.error(at + tuple(error["loc"]), _sentence(error), _instead(model, error))
            for error in problem.errors()
        ]


def _sentence(error: Any) -> str:
    where = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"`{where}` is not a word this kind of file knows"
    if error["type"] == "missing":
        return f"`{where}` is missing"
    return f"`{where}`: {error['msg']}"


def _instead(model: type[BaseModel], error: Any) -> str:
    """What to write instead of an unknown word, or for a missing one; empty for other mistakes."""
    if not error["loc"]:  # about the whole, not about one word of it
        return ""
    *path, last = error["loc"]
    if error["type"] == "missing":
        return f"add `{last}:`"
    if error["type"] != "extra_forbidden":
        return ""
    inner = _within(model, path)
    known = [field.alias or name for name, field in inner.model_fields.items()] if inner else []
    near = get_close_matches(str(last), known, 1)
    return f"write `{near[0]}`" if near else f"use one of {', '.join(known)}" if known else "take it out"


def _within(model: Any, path: Sequence[str | int]) -> type[BaseModel] | None:
    """The model that stands at a place of another one; None where there may be several."""
    found = _models(model)
    for part in path:
        if not isinstance(part, str) or len(found) != 1:
            continue
        field = next((f for name, f in found[0].model_fields.items() if part in (name, f.alias)), None)
        found = _models(field.annotation) if field else found
    return found[0] if len(found) == 1 else None


def _models(kind: Any) -> list[type[BaseModel]]:
    """Models within an annotation such as ``dict[str, tuple[Model, ...]]``."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [kind]
    return [one for part in get_args(kind) for one in _models(part)]


def files(folders: list[Path], pattern: str) -> Iterator[tuple[Path, Path]]:
    """(file, root) for ``pattern`` in the folders; a file in a later folder hides one of the same name before it."""
    found: dict[str, tuple[Path, Path]] = {}
    for folder in folders:
        for path in sorted(folder.glob(pattern)):
            found[str(path.relative_to(folder))] = (path, folder)
    yield from (found[name] for name in sorted(found))
