"""National cryptography for data at rest: SM4-GCM for values, HMAC-SM3 for blind indexes.

GB/T 32907 (SM4), GB/T 32905 (SM3), through the ``cryptography`` package.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from core.errors import YijianshiError

_PREFIX = "sm4:1:"
_PII_BYTES, _INDEX_BYTES = range(16, 17), range(16, 129)


class CannotDecrypt(YijianshiError):
    """A stored value cannot be decrypted: the key is not the one it was written with, or it was altered."""

    code = "cannot_decrypt"


@dataclass(frozen=True)
class Keyring:
    """The keys of one deployment."""

    pii: bytes
    index: bytes

    def seal(self, plain: str) -> str:
        """Encrypt text; every call gives another ciphertext."""
        nonce = secrets.token_bytes(12)
        cipher = Cipher(algorithms.SM4(self.pii), modes.GCM(nonce)).encryptor()
        sealed = cipher.update(plain.encode()) + cipher.finalize()
        return _PREFIX + base64.b64encode(nonce + cipher.tag + sealed).decode()

    def open(self, sealed: str) -> str:
        """Decrypt what `seal` gave. Raises `CannotDecrypt`."""
        try:
            raw = base64.b64decode(sealed.removeprefix(_PREFIX), validate=True)
            cipher = Cipher(algorithms.SM4(self.pii), modes.GCM(raw[:12], raw[12:28])).decryptor()
            return (cipher.update(raw[28:]) + cipher.finalize()).decode()
        except (InvalidTag, ValueError) as problem:
            raise CannotDecrypt() from problem

    def fingerprint(self, plain: str) -> str:
        """A keyed digest for equality search; reveals nothing without the key."""
        return sm3_hmac(self.index, plain.encode()).hex()


def sm3(data: bytes) -> bytes:
    """The SM3 digest, 32 bytes."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize()


def sm3_hmac(key: bytes, data: bytes) -> bytes:
    """HMAC with SM3, 32 bytes."""
    mac = hmac.HMAC(key, hashes.SM3())
    mac.update(data)
    return mac.finalize()


_keyring: Keyring | None = None


def use_keyring(pii_hex: str, index_hex: str) -> Keyring:
    """Set the keys of this process; called once at start. Raises `YijianshiError` for what is no key."""
    global _keyring
    _keyring = Keyring(_key("pii_key", pii_hex, _PII_BYTES), _key("index_key", index_hex, _INDEX_BYTES))
    return _keyring


def _key(name: str, hexed: str, sizes: range) -> bytes:
    try:
        key = bytes.fromhex(hexed)
    except ValueError:
        key = b""
    if len(key) not in sizes:
        raise YijianshiError(
            f"YJS_{name.upper()} (or {name} in secrets.env) is no key: it takes {sizes[0]} bytes in hex"
        )
    return key


def keyring() -> Keyring:
    """The keys of this process."""
    if _keyring is None:
        raise YijianshiError("the keyring is not set: call core.crypto.use_keyring at start")
    return _keyring
