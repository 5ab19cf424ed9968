"""Files in the database: whole or not at all, and fetched once."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from intents.models import ModelPart
from intents.training import files
from intents.training.files import KEPT_HERE, PIECE, FileLost

pytestmark = [pytest.mark.everywhere, pytest.mark.usefixtures("database")]
LARGE = random.Random(1).randbytes(PIECE + 1000)


async def test_what_was_kept_can_be_fetched_anywhere(tmp_path: Path) -> None:
    digest = await files.keep(LARGE)
    assert await files.keep(LARGE) == digest
    assert await ModelPart.filter(digest=digest).count() == 2
    path = await files.fetch(digest, tmp_path / "here")
    assert path.read_bytes() == LARGE
    await ModelPart.all().delete()
    assert (await files.fetch(digest, tmp_path / "here")).read_bytes() == LARGE
    with pytest.raises(FileLost):
        await files.fetch(digest, tmp_path / "there")


async def test_a_spoilt_copy_is_fetched_anew(tmp_path: Path) -> None:
    digest = await files.keep(b"model")
    path = await files.fetch(digest, tmp_path)
    path.write_bytes(b"spoilt")
    assert (await files.fetch(digest, tmp_path)).read_bytes() == b"model"


@pytest.mark.parametrize("harm", ["gone", "other"])
async def test_a_file_that_is_not_whole_is_said(tmp_path: Path, harm: str) -> None:
    digest = await files.keep(LARGE)
    if harm == "gone":
        await ModelPart.filter(digest=digest, number=1).delete()
    else:
        await ModelPart.filter(digest=digest, number=1).update(data=b"x")
    with pytest.raises(FileLost):
        await files.fetch(digest, tmp_path)
    assert not (tmp_path / digest).exists()
    assert await files.keep(LARGE) == digest
    if harm == "gone":
        assert (await files.fetch(digest, tmp_path)).read_bytes() == LARGE


async def test_the_latest_used_stay(tmp_path: Path) -> None:
    for number in range(KEPT_HERE + 2):
        path = await files.fetch(await files.keep(f"model {number}".encode()), tmp_path)
        os.utime(path, (number, number))
    await files.fetch(await files.keep(b"last"), tmp_path)
    assert len(list(tmp_path.iterdir())) == KEPT_HERE
