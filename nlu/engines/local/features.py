"""Features of the local engine: what is written, how it sounds, and what it means, weighted and scaled to length one.

- character n-grams of the normalised sentence, its ends marked; pinyin letters are left out;
- ``p:`` n-grams of syllables, so that homophones, pinyin and mixed spelling read alike;
- ``k:`` concepts, so that what was taught with one word is known with another.
"""

from __future__ import annotations

import math
import re

from nlu.concepts import concepts
from nlu.normalise import normalise
from nlu.pinyin import syllables, without_pinyin

LONGEST_GRAM = 3
SOUND, CONCEPT = "p:", "k:"
WEIGHTS = {SOUND: 0.7, CONCEPT: 2.0}
"""How much each kind counts beside the characters."""
_MARKS = re.compile(r"[\s,，。.!！?？、;；:：\"'“”‘’()（）~～…-]+")


def grams(text: str) -> list[str]:
    """All character n-grams of 1 to `LONGEST_GRAM`, with the ends of the sentence marked."""
    plain = "^" + _MARKS.sub("", without_pinyin(normalise(text))) + "$"
    return [plain[i : i + n] for n in range(1, LONGEST_GRAM + 1) for i in range(len(plain) - n + 1)]


def features(text: str) -> list[str]:
    """Everything the engine looks at, as often as it occurs."""
    plain = normalise(text)
    heard = ["^", *syllables(_MARKS.sub(" ", plain)), "$"]
    sounds = [
        SOUND + " ".join(heard[i : i + n]) for n in range(1, LONGEST_GRAM + 1) for i in range(len(heard) - n + 1)
    ]
    return [*grams(text), *sounds, *(CONCEPT + name for name in concepts(plain))]


def readable(feature: str) -> str:
    """A feature as a person reads it."""
    if feature.startswith(SOUND):
        return "读音 " + feature.removeprefix(SOUND)
    if feature.startswith(CONCEPT):
        return "意思 " + feature.removeprefix(CONCEPT)
    return feature


def rarity_of(count: int, sentences: int, feature: str) -> float:
    """How telling a feature is that ``count`` of ``sentences`` hold: rarer is more, some kinds are more than others."""
    return (math.log((1 + sentences) / (1 + count)) + 1) * WEIGHTS.get(feature[:2], 1.0)
