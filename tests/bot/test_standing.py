"""Before the app stands: it is alone with its embedded database, and its keys open what is stored."""

from pathlib import Path

import pytest
from tortoise.context import TortoiseContext

from bot.cli.main import main
from bot.standing import alone_with, keys_fit
from core.audit import record
from core.crypto import use_keyring
from core.errors import YijianshiError
from core.settings import Settings
from tests.bot.conftest import citizen


def test_two_apps_do_not_share_an_embedded_store(tmp_path: Path) -> None:
    here = Settings(data_dir=tmp_path)
    with alone_with(here):
        with pytest.raises(YijianshiError, match="another"), alone_with(here):
            pass
        with alone_with(Settings(data_dir=tmp_path, redis_url="redis://127.0.0.1:1/0")):
            pass
    with alone_with(here):
        pass


async def test_keys_that_open_nothing_stop_the_start(database: TortoiseContext) -> None:
    await keys_fit()
    await record("system", "test.done", "case:1", details={"谁": "某人"})
    await keys_fit()
    use_keyring("ff" * 16, "ab" * 32)
    with pytest.raises(YijianshiError, match="YJS_PII_KEY"):
        await keys_fit()


async def test_an_index_key_that_finds_nobody_stops_the_start(database: TortoiseContext) -> None:
    await citizen()
    await keys_fit()
    use_keyring("00112233445566778899aabbccddeeff", "cd" * 32)
    with pytest.raises(YijianshiError, match="YJS_INDEX_KEY"):
        await keys_fit()


def test_settings_are_listed_without_passwords(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YJS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("YJS_DATABASE_URL", "asyncpg://yijianshi:a-p4ssword@db:5432/yijianshi")
    monkeypatch.setenv("YJS_REDIS_URL", "redis://:a-p4ssword@redis:6379/0")
    assert main(["settings"]) == 0
    listed = capsys.readouterr().out
    assert "YJS_DATABASE_URL=asyncpg://***@db:5432/yijianshi" in listed
    assert "a-p4ssword" not in listed
