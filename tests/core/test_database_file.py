"""An embedded database that cannot be used is one sentence, at once."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from core import database
from core.errors import YijianshiError


@pytest.mark.parametrize("kind", ["no database", "a folder", "read only", "locked"])
async def test_a_file_that_cannot_be_used_is_one_sentence(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LOCK_SECONDS", 0.1)
    file, held = tmp_path / "y.db", sqlite3.connect(":memory:")
    if kind == "no database":
        file.write_bytes(b"this is no database at all" * 100)
    elif kind == "a folder":
        file.mkdir()
    elif kind == "read only":
        file = Path("/proc/y.db")
    else:
        held.close()
        held = sqlite3.connect(file, isolation_level=None)
        held.execute("BEGIN EXCLUSIVE")
    with pytest.raises(YijianshiError, match=r"y\.db cannot be used"):
        await asyncio.wait_for(database.migrate(f"sqlite://{file}?synchronous=NORMAL"), 30)
    held.close()
