"""Uploaded files at rest: encrypted whole with SM4-GCM, bound to their id, written atomically with mode 0600."""

from __future__ import annotations

import asyncio
import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from core.crypto import CannotDecrypt, keyring
from core.errors import NotFound

_HEAD = b"YJF1"


def seal_bytes(plain: bytes, name: str) -> bytes:
    """Encrypt bytes under the keyring; ``name`` is authenticated, so that files cannot be swapped."""
    nonce = secrets.token_bytes(12)
    cipher = Cipher(algorithms.SM4(keyring().pii), modes.GCM(nonce)).encryptor()
    cipher.authenticate_additional_data(name.encode())
    sealed = cipher.update(plain) + cipher.finalize()
    return _HEAD + nonce + cipher.tag + sealed


def open_bytes(sealed: bytes, name: str) -> bytes:
    """Decrypt what `seal_bytes` gave. Raises `CannotDecrypt` for another key, another name or altered bytes."""
    head, nonce, tag, body = sealed[:4], sealed[4:16], sealed[16:32], sealed[32:]
    if head != _HEAD or len(tag) != 16:
        raise CannotDecrypt()
    try:
        cipher = Cipher(algorithms.SM4(keyring().pii), modes.GCM(nonce, tag)).decryptor()
        cipher.authenticate_additional_data(name.encode())
        return cipher.update(body) + cipher.finalize()
    except InvalidTag as problem:
        raise CannotDecrypt() from problem


class FileStore:
    """A folder of encrypted files. Disk and cipher work runs in threads: 10 MB take about 0.1 s."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def write(self, name: str, plain: bytes) -> str:
        """Keep ``plain`` under ``name`` and return its path relative to the folder."""
        path = f"{name[:2]}/{name}"
        await asyncio.to_thread(self._write, path, name, plain)
        return path

    async def read(self, path: str) -> bytes:
        """The bytes kept at ``path``. Raises `NotFound` when the file is gone, `CannotDecrypt` when it was altered."""
        try:
            return await asyncio.to_thread(lambda: open_bytes(self._at(path).read_bytes(), Path(path).name))
        except FileNotFoundError as problem:
            raise NotFound(file=path) from problem

    async def drop(self, path: str) -> None:
        """Delete the file at ``path``; one that is gone already is fine."""
        with suppress(FileNotFoundError):
            await asyncio.to_thread(self._at(path).unlink)

    def _at(self, path: str) -> Path:
        return self._folder / path

    def _write(self, path: str, name: str, plain: bytes) -> None:
        target = self._at(path)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = target.with_suffix(".part")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(seal_bytes(plain, name))
            handle.flush()
            os.fsync(handle.fileno())
        draft.replace(target)
