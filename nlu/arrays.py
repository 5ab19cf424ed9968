"""Arrays as one file: a line of JSON that says what is in it, and the arrays one after another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]


def write(path: Path, told: dict[str, Any], arrays: Arrays) -> None:
    """Write whole or not at all: a reader never meets half a model."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shapes = {name: (array.dtype.str, array.shape) for name, array in arrays.items()}
    partial = path.with_suffix(".part")
    with partial.open("wb") as file:
        file.write(orjson.dumps({**told, "arrays": shapes}) + b"\n")
        for array in arrays.values():
            file.write(np.ascontiguousarray(array).tobytes())
    partial.replace(path)


def read(path: Path) -> tuple[dict[str, Any], Arrays]:
    """What `write` was given. Raises ``OSError``, ``ValueError``, ``TypeError`` or ``KeyError`` for anything else."""
    head, _, rest = path.read_bytes().partition(b"\n")
    told = orjson.loads(head)
    arrays, at = Arrays(), 0
    for name, (kind, shape) in told.pop("arrays").items():
        dtype = np.dtype(kind)
        size = int(np.prod(shape)) * dtype.itemsize
        arrays[name] = np.frombuffer(rest[at : at + size], dtype).reshape(shape)
        at += size
    return told, arrays
