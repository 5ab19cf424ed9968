"""``yijianshi phrases`` and ``export-phrases``: a table of a spreadsheet, and who did it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.cli.benching import me
from bot.cli.main import main
from core.crypto import use_keyring
from core.database import database
from core.models import AuditEvent
from core.settings import load_settings
from intents.heard import key_of
from intents.models import Heard
from tests.intents.test_bench import heard

FOLDERS = "bot.cli.{}.utterance_folders"


async def _wait(text: str) -> None:
    async with database(load_settings().db_url):
        await heard(text)


async def _acts() -> list[tuple[str, str]]:
    async with database(load_settings().db_url):
        assert [row.state for row in await Heard.all()] == ["labelled"]
        return [(one.actor, one.action) for one in await AuditEvent.all().order_by("id")]


def test_a_table_of_a_spreadsheet_is_taken_and_exported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YJS_DATA_DIR", str(tmp_path))
    for command in ("phrases", "export_phrases"):
        monkeypatch.setattr(FOLDERS.format(command), lambda settings: [tmp_path / "ours"])
    assert main(["migrate"]) == 0
    settings = load_settings()
    use_keyring(settings.pii_key.get_secret_value(), settings.index_key.get_secret_value())
    asyncio.run(_wait("小本本咋弄"))
    table = tmp_path / "queue.tsv"
    table.write_bytes(f"key\ttext\tintent\n{key_of('小本本咋弄')}\t小本本咋弄\t新生儿出生\n".encode("gb18030"))
    assert main(["phrases", "--take", str(table)]) == 0
    assert "1 labelled" in capsys.readouterr().out
    assert main(["export-phrases", "--to", str(tmp_path / "elsewhere")]) == 0
    assert "go on counting as labels" in capsys.readouterr().out
    assert "小本本咋弄" in (tmp_path / "elsewhere" / "newborn_birth.yml").read_text("utf-8")
    assert asyncio.run(_acts()) == [(me().actor, "understanding.labelled"), (me().actor, "understanding.exported")]
    table.write_bytes(b"\x89PNG\r\n\xff\xff\x00\x80")
    assert main(["phrases", "--take", str(table)]) == 1
    assert "save it as UTF-8" in capsys.readouterr().err
