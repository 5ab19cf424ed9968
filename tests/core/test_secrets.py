"""Secrets made once: whole or not at all, the same for two that start at once, and told when they are no keys."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.crypto import CannotDecrypt, Keyring, keyring, looks_sealed, use_keyring
from core.errors import YijianshiError
from core.fields import SealedText
from core.settings import Settings, load_settings


def test_two_that_start_at_once_have_the_same_secrets(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: load_settings(data_dir=tmp_path).pii_key.get_secret_value(), range(8)))
    assert len(set(made)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secrets.env"]


def test_a_start_that_died_while_writing_leaves_the_old_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_settings(data_dir=tmp_path).pii_key
    kept = (tmp_path / "secrets.env").read_text().splitlines()
    (tmp_path / "secrets.env").write_text("\n".join(kept[:-1]) + "\n")  # from a version that knew one secret less

    def die(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", die)
    with pytest.raises(YijianshiError):
        load_settings(data_dir=tmp_path)
    monkeypatch.undo()
    assert load_settings(data_dir=tmp_path).pii_key == first
    assert (tmp_path / "secrets.env").stat().st_mode & 0o077 == 0


def _keys_of(settings: Settings) -> Keyring:
    return use_keyring(settings.pii_key.get_secret_value(), settings.index_key.get_secret_value())


@pytest.mark.parametrize("content", ["pii_key=short\n", "pii_key=\n", "\x00\xff", "pii_key=" + "z" * 32 + "\n"])
def test_a_damaged_file_of_secrets_is_not_overwritten(tmp_path: Path, content: str) -> None:
    load_settings(data_dir=tmp_path)
    file = tmp_path / "secrets.env"
    rest = [line for line in file.read_text().splitlines() if not line.startswith("pii_key")]
    damaged = (content + "\n".join(rest)).encode("latin-1")
    file.write_bytes(damaged)
    with pytest.raises(YijianshiError, match="secrets"):
        _keys_of(load_settings(data_dir=tmp_path))
    assert file.read_bytes() == damaged


@pytest.mark.parametrize(("pii", "index"), [("00" * 15, "ab" * 32), ("no hex", "ab" * 32), ("00" * 16, "")])
def test_what_is_no_key_is_told_without_repeating_it(pii: str, index: str) -> None:
    with pytest.raises(YijianshiError, match="YJS_") as told:
        use_keyring(pii, index)
    assert pii not in told.value.message


def test_what_another_key_sealed_does_not_open() -> None:
    use_keyring("00" * 16, "ab" * 32)
    sealed = keyring().seal("陈一民")
    with pytest.raises(CannotDecrypt):
        use_keyring("11" * 16, "ab" * 32).open(sealed)
    with pytest.raises(CannotDecrypt):
        keyring().open("sm4:1:" + "好")


@pytest.mark.parametrize("text", ["", "陈一民", "a" * 511, "a" * 512, "证" * 4000])
def test_what_is_sealed_opens_again_and_long_text_shrinks(text: str) -> None:
    sealed = use_keyring("00" * 16, "ab" * 32).seal(text)
    assert looks_sealed(sealed)
    assert keyring().open(sealed) == text
    assert len(sealed) < max(800, len(text.encode()) / 4)


@pytest.mark.parametrize("text", ["sm4:1:", "sm4:2:好" + "好" * 50, "sm4:1:abc", "我的 sm4:1:" + "A" * 80])
def test_what_people_write_is_not_taken_for_sealed(text: str) -> None:
    use_keyring("00" * 16, "ab" * 32)
    assert SealedText().to_python_value(text) == text
