"""A code typed wrong on the command line is told with what it may have been."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from core.errors import YijianshiError


class NoSuchCode(YijianshiError):
    """There is no one-thing of that code."""

    code = "no_such_code"

    def __init__(self, known: Iterable[str], asked: str) -> None:
        codes = sorted(known)
        near = get_close_matches(asked, codes, 3, 0.4)
        told = f"perhaps {' or '.join(near)}" if near else f"there are {', '.join(codes)}"
        super().__init__(f"there is no one-thing `{asked}`: {told}", code=asked)
