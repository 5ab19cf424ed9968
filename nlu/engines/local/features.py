"""Features of the local engine: what is written, how it sounds, and what it means.

- character n-grams of the normalised sentence, its ends marked; pinyin letters are left out;
- ``w:`` words and pairs of words in letters: in a language that writes them apart they tell more than their letters;
- ``p:`` n-grams of syllables, so that homophones, pinyin and mixed spelling read alike;
- ``k:`` concepts, so that what was taught with one word is known with another; ``h:`` the same as they sound.

What is only background in a message (`nlu.scope`) counts less.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from nlu.concepts import concepts, sounding
from nlu.normalise import normalise
from nlu.pinyin import syllables, without_pinyin
from nlu.scope import weighed

SOUND, CONCEPT, HEARD, WORD = "p:", "k:", "h:", "w:"
WEIGHTS = {SOUND: 0.7, CONCEPT: 2.0, HEARD: 1.0}
"""How much each kind counts beside the characters."""
_WORDS = re.compile(r"[a-z']{2,}|[ai]\b|\d+")
_MARKS = re.compile(r"[\s,，。.!！?？、;；:：\"'“”‘’()（）~～…-]+")


def grams(text: str) -> list[str]:
    """All character n-grams of one to three, with the ends of the sentence marked."""
    return _grams(normalise(text))


def features(text: str) -> dict[str, float]:
    """Everything the engine looks at: each feature with how much it occurs, sublinear, less where it is background."""
    first, *more = [_counted(said, weight) for said, weight in weighed(normalise(text))]
    for found in more:
        for feature, much in found.items():
            first[feature] = max(first.get(feature, 0.0), much)
    return first


def _counted(plain: str, weight: float) -> dict[str, float]:
    spoken = sounded(plain)
    sounds = [SOUND + gram for gram in _runs(spoken, " ".join)]
    every = [*_grams(plain), *sounds, *words(plain), *named(plain, spoken)]
    found = dict.fromkeys(every, weight)
    if len(found) < len(every):
        repeated = ((feature, count) for feature, count in Counter(every).items() if count > 1)
        found.update((feature, weight * (1 + math.log(count))) for feature, count in repeated)
    return found


def marked(plain: str) -> str:
    """The characters that n-grams are made of, the ends of the sentence marked."""
    return "^" + _MARKS.sub("", without_pinyin(plain)) + "$"


def sounded(plain: str) -> list[str]:
    """The syllables that n-grams are made of, the ends of the sentence marked."""
    return ["^", *syllables(plain), "$"]


def named(plain: str, spoken: list[str]) -> list[str]:
    """The concepts that are written, and those that one hears."""
    return [CONCEPT + name for name in concepts(plain)] + [HEARD + name for name in sounding(spoken[1:-1])]


def _grams(plain: str) -> list[str]:
    return _runs(marked(plain), "".join)


def _runs(of: Sequence[str], together: Callable[[Iterable[str]], str]) -> list[str]:
    """Runs of one, two and three of them, those of one length from left to right."""
    triples = zip(of, of[1:], of[2:], strict=False)
    return [*of, *map(together, pairwise(of)), *map(together, triples)]


def words(plain: str) -> list[str]:
    """Words in letters and pairs of them; none where there is but one."""
    found = _WORDS.findall(plain)
    if len(found) < 2:
        return []
    return [WORD + " ".join(found[i : i + n]) for n in (1, 2) for i in range(len(found) - n + 1)]


def readable(feature: str) -> str:
    """A feature as a person reads it."""
    if feature.startswith(SOUND):
        return "读音 " + feature.removeprefix(SOUND)
    if feature.startswith(WORD):
        return feature.removeprefix(WORD)
    if feature.startswith((CONCEPT, HEARD)):
        return "意思 " + feature[2:]
    return feature


def rarity_of(count: int, sentences: int, feature: str) -> float:
    """How telling a feature is that ``count`` of ``sentences`` hold: rarer is more, some kinds are more than others."""
    return (math.log((1 + sentences) / (1 + count)) + 1) * WEIGHTS.get(feature[:2], 1.0)
