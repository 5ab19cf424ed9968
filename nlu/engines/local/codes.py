"""N-grams as whole numbers, so that those of a message are looked up all at once and no string is made of any.

Characters stand for themselves, syllables have numbers after the last character there is; a run of up to three is
their numbers side by side in 64 bits. What is no run (words in letters, concepts) is looked up by its name.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise, repeat

import numpy as np
from numpy.typing import NDArray

from nlu.engines.local.features import CONCEPT, HEARD, SOUND, WORD, marked, named, sounded, words
from nlu.normalise import normalise
from nlu.scope import weighed

_BITS = 21
"""Of a character or a syllable: the highest character has one less."""
_FIRST_SYLLABLE = 0x110000
_STRANGE = (1 << _BITS) - 2
"""A syllable that no feature holds."""
_UNKNOWN = -1
Codes = NDArray[np.int64]


class Coded:
    """The features of a model by their codes; reads a text as `features` does, as far as the model knows them."""

    def __init__(self, names: Sequence[str]) -> None:
        """``names``: the features, in the order of their numbers."""
        self._named: dict[str, int] = {}
        self._syllables: dict[str, int] = {}
        codes, numbers = [], []
        for number, name in enumerate(names):
            if name.startswith((CONCEPT, HEARD, WORD)):
                self._named[name] = number
                continue
            codes.append(self._code(name))
            numbers.append(number)
        order = np.argsort(np.array(codes, dtype=np.int64), kind="stable")
        self._codes = np.array([*np.array(codes, dtype=np.int64)[order], np.iinfo(np.int64).max], dtype=np.int64)
        self._numbers = np.array([*np.array(numbers, dtype=np.int32)[order], _UNKNOWN], dtype=np.int32)

    def read(self, text: str) -> dict[int, float]:
        """Numbers of known features with how much each occurs, sublinear, less where it is background."""
        first, *more = [self._counted(said, weight) for said, weight in weighed(normalise(text))]
        for found in more:
            for number, much in found.items():
                first[number] = max(first.get(number, 0.0), much)
        return first

    def _counted(self, plain: str, weight: float) -> dict[int, float]:
        spoken = sounded(plain)
        letters = np.frombuffer(marked(plain).encode("utf-32-le", "surrogatepass"), np.int32).astype(np.int64)
        heard = np.fromiter(map(self._syllables.get, spoken, repeat(_STRANGE)), np.int64, len(spoken))
        codes = np.concatenate((*_runs(letters), *_runs(heard)))
        places = self._codes.searchsorted(codes)
        known = self._numbers[places[self._codes[places] == codes]].tolist()
        known += [self._named[name] for name in words(plain) + named(plain, spoken) if name in self._named]
        found = dict.fromkeys(known, weight)
        if len(found) < len(known):
            for number in {one for one, other in pairwise(sorted(known)) if one == other}:  # they are few
                found[number] = weight * (1 + math.log(known.count(number)))
        return found

    def _code(self, name: str) -> int:
        """The code of a run, by the name of the feature."""
        if name.startswith(SOUND) and len(name) > len(SOUND):
            said = name.removeprefix(SOUND).split(" ")
            run = [self._syllables.setdefault(one, _FIRST_SYLLABLE + len(self._syllables)) for one in said]
        else:
            run = [*map(ord, name)]
        code = 0
        for one in run:
            code = code << _BITS | one
        return code


def _runs(of: Codes) -> tuple[Codes, Codes, Codes]:
    """Codes of the runs of one, two and three."""
    pairs = of[:-1] << _BITS | of[1:]
    return of, pairs, pairs[:-1] << _BITS | of[2:]
