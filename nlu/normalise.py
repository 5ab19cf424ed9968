"""Normalising what people type: width, traditional characters, invisible characters, fillers, personal data.

`normalise` is what engines train on and read: two spellings of one request become one text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

from nlu.entities.numbers import without_numbers
from nlu.spelling import spelled

_INVISIBLE = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad\ufe0e\ufe0f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SPACE = re.compile(r"\s+")
_BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_REPEATED = re.compile(r"(.)\1{3,}")
_FILLER = re.compile(
    r"(?:那个啥|那个那个|这个这个|就是说|就是那个|怎么说呢|嗯+|呃+|啊这|额+|哦+|唉+|诶+|"
    r"请问(?:一下)?|你好|您好|麻烦问(?:一?下)|想问(?:一?下))[,，。.、!！~～ ]*"
)
LONGEST = 2000


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


_TRADITIONAL_IN_PHRASES = frozenset("瞭藉覆沈彷祇衹")
"""Characters that are traditional in some words only."""


@lru_cache(maxsize=8192)
def _traditional(char: str) -> bool:
    return char in _TRADITIONAL_IN_PHRASES or _simplifier().convert(char) != char


def simplified(text: str) -> str:
    """Simplified characters; the whole text is converted only where one of its characters asks for it."""
    return str(_simplifier().convert(text)) if any(map(_traditional, text)) else text


def clean(text: str) -> str:
    """The same words without invisible and control characters, cut at `LONGEST`; for storing and showing."""
    text = _INVISIBLE.sub("", text[: LONGEST * 2])
    return _SPACE.sub(" ", _CONTROL.sub(" ", text)).strip()[:LONGEST]


@lru_cache(maxsize=16384)
def normalise(text: str) -> str:
    """The form in which engines read a message: NFKC, simplified, lower case, personal data as words."""
    text = without_numbers(simplified(unicodedata.normalize("NFKC", clean(text)).lower()))
    text = _REPEATED.sub(r"\1\1", spelled(text))
    shorter = _FILLER.sub("", text)
    return _BETWEEN_HAN.sub("", shorter if shorter.strip(" ,，。.!！?？") else text).strip()


_HAN = re.compile(r"[\u4e00-\u9fff]")


def has_words(text: str) -> bool:
    """Whether there is at least one Chinese character or a latin word of some length to go on."""
    return bool(_HAN.search(text)) or bool(re.search(r"[a-z]{3,}", text))
