"""Settings come from the environment; one that cannot be used is told in one sentence."""

from pathlib import Path

import pytest

from core.errors import YijianshiError
from core.settings import load_settings


def test_a_wrong_value_is_named_and_not_repeated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("YJS_PORT", "a secret word")
    with pytest.raises(YijianshiError, match=r"the setting YJS_PORT cannot be used: .*integer") as told:
        load_settings(data_dir=tmp_path)
    assert "a secret word" not in told.value.message


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(YijianshiError, match="set YJS_DATA_DIR to another"):
        load_settings(data_dir=tmp_path / "file" / "data")


def test_secrets_are_made_once_and_kept_for_the_owner_only(tmp_path: Path) -> None:
    first, second = load_settings(data_dir=tmp_path), load_settings(data_dir=tmp_path)
    assert first.pii_key.get_secret_value() == second.pii_key.get_secret_value() != ""
    assert (tmp_path / "secrets.env").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("regions", "says"), [
    ("330106,33", "33 is no region: write 6 digits"), ("330108", "330106 is not among them"),
    ("西湖区", "西湖区 is no region"),
])
def test_regions_that_cannot_be_served_are_refused_in_a_sentence(
    regions: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YJS_REGIONS", regions)
    with pytest.raises(YijianshiError, match="YJS_REGIONS") as raised:
        load_settings(data_dir=tmp_path)
    assert says in raised.value.message


def test_regions_are_a_list_with_commas_or_json_and_the_default_alone_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load_settings(data_dir=tmp_path).served == ("330106",)
    for given in ("330106, 330108", '["330106", "330108"]', "330106，330108，330106"):
        monkeypatch.setenv("YJS_REGIONS", given)
        assert load_settings(data_dir=tmp_path).served == ("330106", "330108")
