"""Content files of one kind, read from all folders and shaped, with the mistakes in them."""

from __future__ import annotations

from pathlib import Path
from typing import Generic, TypeVar

from core.content import Source, files, read, shape
from core.errors import ContentError, YijianshiError
from forms.content.element_schema import Code, Option, Shape
from forms.content.material_schema import Material


class CodeSet(Shape):
    """``forms/code_sets/<name>.yaml``: a list of options that several elements share."""

    code: Code
    title: str
    options: tuple[Option, ...]


class MaterialFile(Shape):
    """``forms/materials/*.yaml``."""

    materials: tuple[Material, ...]


class ContentErrors(YijianshiError):
    """The content has mistakes."""

    code = "content"
    wording = "error.content"

    def __init__(self, errors: list[ContentError]) -> None:
        self.errors = errors
        super().__init__("\n".join(error.message for error in errors))


Kind = TypeVar("Kind", bound=Shape)


class Shelf(Generic[Kind]):
    """Files of one pattern, shaped."""

    def __init__(self, folders: list[Path], pattern: str, model: type[Kind], errors: list[ContentError]) -> None:
        self.found: list[tuple[Kind, Source]] = []
        for path, root in files(folders, pattern):
            try:
                source = read(path, root.parent)
            except ContentError as problem:
                errors.append(problem)
                continue
            made, mistakes = shape(source, model)
            errors.extend(mistakes)
            if made is not None:
                self.found.append((made, source))
