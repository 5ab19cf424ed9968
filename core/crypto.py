"""National cryptography for data at rest: SM4-GCM for values, HMAC-SM3 for blind indexes.

GB/T 32907 (SM4), GB/T 32905 (SM3), through the ``cryptography`` package.
"""

from __future__ import annotations

import base64
import re
import secrets
import zlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from core.errors import YijianshiError

_PLAIN, _PACKED = "sm4:1:", "sm4:2:"
_SHAPE = re.compile(r"sm4:[12]:(?=.{40})[A-Za-z0-9+/]+={0,2}", re.DOTALL)
_WORTH_PACKING = 512
"""Bytes from which compressing first is quicker than encrypting it all; a draft shrinks to a sixth."""
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
        nonce, data = secrets.token_bytes(12), plain.encode()
        packed = len(data) >= _WORTH_PACKING
        cipher = Cipher(algorithms.SM4(self.pii), modes.GCM(nonce)).encryptor()
        sealed = cipher.update(zlib.compress(data, 1) if packed else data) + cipher.finalize()
        return (_PACKED if packed else _PLAIN) + base64.b64encode(nonce + cipher.tag + sealed).decode()

    def open(self, sealed: str) -> str:
        """Decrypt what `seal` gave. Raises `CannotDecrypt`."""
        try:
            packed = sealed.startswith(_PACKED)
            raw = base64.b64decode(sealed.removeprefix(_PACKED if packed else _PLAIN), validate=True)
            cipher = Cipher(algorithms.SM4(self.pii), modes.GCM(raw[:12], raw[12:28])).decryptor()
            data = cipher.update(raw[28:]) + cipher.finalize()
            return (zlib.decompress(data) if packed else data).decode()
        except (InvalidTag, ValueError, zlib.error) as problem:
            raise CannotDecrypt() from problem

    def fingerprint(self, plain: str) -> str:
        """A keyed digest for equality search; reveals nothing without the key."""
        return sm3_hmac(self.index, plain.encode()).hex()


def looks_sealed(text: str) -> bool:
    """Whether text has the shape of what `Keyring.seal` gives; people may well write ``sm4:`` themselves."""
    return text.startswith("sm4:") and _SHAPE.fullmatch(text) is not None


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
