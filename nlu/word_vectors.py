"""What words mean, as numbers: words that are used alike lie close together, 「饭馆」 beside 「餐厅」 and restaurant.

The table was distilled once from an encoder of sentences; ``word_vectors.md`` says from which, how, and under which
licences. A text is cut into the words that are likeliest together; what the table does not hold means nothing to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlu.arrays import read

FILE = Path(__file__).with_name("word_vectors.bin")
Numbers = NDArray[np.float32]
Keys = NDArray[np.uint64]
_LETTERS = re.compile(r"[a-z]+(?:'[a-z]+)*")
_WIDEST = 0xFFFF
LONGEST = 4
"""Chinese characters of the longest word; as many stand side by side in 64 bits."""
LETTERS = 12
"""Letters of a word that are looked at; five bits each, and a mark that no character has."""
_IN_LETTERS = 1 << 61
_UNHEARD = -20.0
"""Logarithm of the share of a character that is in no word of the table."""
_UNKNOWN = -1


def key(word: str) -> int:
    """The number a word is looked up by: Chinese characters, or letters."""
    if word[:1].isascii():
        found = 0
        for letter in word.replace("'", "")[:LETTERS]:
            found = found << 5 | (ord(letter) - 96)
        return _IN_LETTERS | found
    found = 0
    for char in word:
        found = found << 16 | ord(char)
    return found


class WordVectors:
    """Words by their keys, how often each is used, and what it means."""

    def __init__(self, keys: Keys, shares: Numbers, scales: Numbers, vectors: NDArray[np.int8]) -> None:
        """``keys`` rise; ``shares`` are logarithms of how often a word is used; a row of ``vectors`` times its scale is
        what the word means, shorter the more it is used."""
        self.keys, self.shares, self.scales, self.vectors = keys, shares, scales, vectors

    @property
    def size(self) -> int:
        """How many numbers say what a word means."""
        return int(self.vectors.shape[1])

    def words(self, text: str) -> list[tuple[str, int]]:
        """The words of a normalised text that are known, Chinese ones first, with their numbers."""
        found = self._cut(text)
        if letters := _LETTERS.findall(text):
            numbers = self._numbers(np.array([*map(key, letters)], dtype=np.uint64))
            found += [one for one in zip(letters, numbers, strict=True) if one[1] != _UNKNOWN]
        return found

    def meanings(self, numbers: Sequence[int]) -> Numbers:
        """What these words mean, a row each."""
        chosen = np.array(numbers, dtype=np.intp)
        return self.vectors[chosen] * self.scales[chosen, None]

    def together(self, numbers: Sequence[int], weights: Sequence[float]) -> Numbers:
        """The sum of what these words mean, each times its weight."""
        chosen = np.array(numbers, dtype=np.intp)
        counts = np.array(weights, dtype=np.float32) * self.scales[chosen]
        return np.asarray(np.einsum("i,ij->j", counts, self.vectors[chosen].astype(np.float32)))

    def _cut(self, text: str) -> list[tuple[str, int]]:
        """The words that are together likeliest; what is in none of them is left out."""
        ending, shares = self._ending(text), self._share
        best, last = [0.0], [(0, _UNKNOWN)]
        for end in range(1, len(text) + 1):
            likeliest, by = best[-1] + _UNHEARD, (end - 1, _UNKNOWN)
            for one in ending.get(end, ()):
                chance = best[one[0]] + shares[one[1]]
                if chance > likeliest:
                    likeliest, by = chance, one
            best.append(likeliest)
            last.append(by)
        found, end = list[tuple[str, int]](), len(text)
        while end:
            start, number = last[end]
            if number != _UNKNOWN:
                found.append((text[start:end], number))
            end = start
        return found[::-1]

    def _ending(self, text: str) -> dict[int, list[tuple[int, int]]]:
        """By where words of the table end in the text: where they start, and their numbers."""
        runs = _runs(text)
        keys = np.concatenate(runs)
        places = self._places(keys)
        known = (self.keys[places] == keys).nonzero()[0]
        found: dict[int, list[tuple[int, int]]] = {}
        length, first, last = 1, 0, len(runs[0])
        for place, number in zip(known.tolist(), places[known].tolist(), strict=True):
            while place >= last:
                first, last, length = last, last + len(runs[length]), length + 1
            found.setdefault(place - first + length, []).append((place - first, number))
        return found

    @cached_property
    def _share(self) -> list[float]:
        return [float(share) for share in self.shares]

    def _numbers(self, keys: Keys) -> list[int]:
        """The number of each word, `_UNKNOWN` where there is none."""
        places = self._places(keys)
        found: list[int] = np.where(self.keys[places] == keys, places, _UNKNOWN).tolist()
        return found

    def _places(self, keys: Keys) -> NDArray[np.intp]:
        """Where each word would stand."""
        return np.minimum(self.keys.searchsorted(keys), len(self.keys) - 1)


def _runs(text: str) -> list[Keys]:
    """Keys of all runs of up to `LONGEST` characters, by where they start. A character beyond 16 bits is in no word."""
    chars = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    chars[chars > _WIDEST] = _WIDEST
    found = [chars]
    for length in range(1, min(LONGEST, len(text))):
        found.append(found[-1][:-1] << np.uint64(16) | chars[length:])
    return found


@lru_cache(maxsize=1)
def packaged() -> WordVectors:
    """The table that comes with us."""
    _, arrays = read(FILE)
    return WordVectors(
        arrays["keys"], arrays["shares"].astype(np.float32), arrays["scales"].astype(np.float32), arrays["vectors"]
    )
