"""Addresses under which departments fetch uploads: nobody can guess one, and one tells nothing of the others.

The tag is keyed and never changes, since a package is sent again exactly as it was.
"""

from __future__ import annotations

from hmac import compare_digest

from core.crypto import keyring


def tag(file_id: str) -> str:
    """The tag of a file's address."""
    return keyring().fingerprint(f"package-file:{file_id}")[:40]


def fits(file_id: str, given: str) -> bool:
    """Whether an address carries the tag of its file."""
    return given.isascii() and compare_digest(tag(file_id), given)
