"""Taking personal data out of what citizens wrote, before it is kept for training. There is no way back.

What is replaced by words that a sentence can be read with: names, id numbers, phones, accounts, plates, addresses,
days with their year, and any long number. Ages, amounts and counts stay: they say what is meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from intents.given_names import NOT_NAMES
from intents.mask_patterns import FIRST, OURS, SOMEBODY, SOMEWHERE, THEN
from intents.naming import people
from nlu.entities import Found, find_entities
from nlu.entities.numbers import WORDS, without_numbers
from nlu.normalise import clean

_ENTITIES = {"name": SOMEBODY, "place": SOMEWHERE}
_SAID_TO_BE = re.compile("[叫名]")
_WORDS = re.compile("|".join({*OURS, *WORDS.values()}))


def masked(text: str, known: Iterable[str] = ()) -> str:
    """``text`` with personal data replaced; ``known`` are values on the table, such as the citizen's own name."""
    plain = _even(clean(text))
    for value in sorted({value for value in known if len(value) >= 2}, key=len, reverse=True):
        plain = plain.replace(value, SOMEBODY)
    for pattern, word in FIRST:
        plain = pattern.sub(word, plain)
    plain = _without_entities(without_numbers(plain))
    for pattern, word in THEN:
        plain = pattern.sub(word, plain)
    for start, end in reversed(list(people(plain))):
        plain = plain[:start] + SOMEBODY + plain[end:]
    return plain


def says_anything(text: str) -> bool:
    """Whether words are left beside what was put in the place of personal data."""
    return bool(re.search(r"\w", _WORDS.sub("", text)))


def is_masked(text: str) -> bool:
    """Whether nothing in ``text`` looks like personal data."""
    return masked(text) == _even(clean(text))


def _even(text: str) -> str:
    """Digits and letters of every width and shape as plain ones; everything else, marks above all, as it was."""
    return "".join(_plain(char) for char in text)


def _plain(char: str) -> str:
    if char.isascii():
        return char
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    narrow = unicodedata.normalize("NFKC", char)
    return narrow if len(narrow) == 1 and narrow.isascii() and narrow.isalnum() else char


def _without_entities(text: str) -> str:
    found = [one for one in find_entities(text) if one.kind in _ENTITIES and not _only_words(one)]
    if not found:
        return text
    even = unicodedata.normalize("NFKC", text)
    source = text if len(even) == len(text) else even  # positions are those of the folded text
    for one in sorted(found, key=lambda each: -each.start):
        start = source.find(one.value, one.start, one.end)
        start, end = (start, start + len(one.value)) if start >= 0 else (one.start, one.end)
        source = source[:start] + _ENTITIES[one.kind] + source[end:]
    return source



def _only_words(one: Found) -> bool:
    """Whether what was taken for a name begins like a common word, and nobody says that it is one."""
    return one.kind == "name" and one.value[:2] in NOT_NAMES and not _SAID_TO_BE.search(one.text)
