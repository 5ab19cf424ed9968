"""The file of secrets an installation makes for itself: written whole or not at all, readable by its owner only.

Losing these keys is losing the data they sealed: a file that is damaged stops the start and is never written over.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from core.errors import YijianshiError

NEEDED = ("pii_key", "index_key")
"""Secrets that every such file has had from the first day."""


def kept_secrets(file: Path, sizes: Mapping[str, int]) -> dict[str, str]:
    """The secrets in ``file``, by name; those that it lacks are made (``sizes`` in bytes) and added.

    Raises `YijianshiError` for a damaged file and `OSError` for a folder that cannot be written.
    """
    kept = _read(file)
    missing = {name: secrets.token_hex(size) for name, size in sizes.items() if name not in kept}
    if missing:
        _write(file, kept | missing, new=not kept)
        kept = _read(file)
    return kept


def _read(file: Path) -> dict[str, str]:
    if not file.exists():
        return {}
    try:
        kept = dict(line.split("=", 1) for line in file.read_text("utf-8").splitlines() if "=" in line)
    except UnicodeDecodeError:
        kept = {}
    if not all(kept.get(name) for name in NEEDED):
        raise YijianshiError(
            f"the secrets in {file} are damaged, and without them no stored data can be read: restore the file from "
            "a backup, or remove it together with the database"
        )
    return kept


def _write(file: Path, kept: Mapping[str, str], *, new: bool) -> None:
    part = file.with_name(f"{file.name}.{secrets.token_hex(4)}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.writelines(f"{name}={value}\n" for name, value in kept.items())
            handle.flush()
            os.fsync(handle.fileno())
        _put(part, file, new=new)
    finally:
        part.unlink(missing_ok=True)


def _put(part: Path, file: Path, *, new: bool) -> None:
    """In its place. Of two that start at once for the first time, the secrets of the first count for both."""
    if new:
        try:
            os.link(part, file)
        except FileExistsError:
            return
        except OSError:  # a file system without links
            part.replace(file)
    else:
        part.replace(file)
