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


def weigh(text: str, rarity: dict[str, float]) -> dict[str, float]:
    """Sublinear tf-idf over the known features, scaled to length one; empty when nothing is known."""
    counts: dict[str, int] = {}
    for feature in features(text):
        if feature in rarity:
            counts[feature] = counts.get(feature, 0) + 1
    weights = {feature: (1 + math.log(count)) * rarity[feature] for feature, count in counts.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {feature: weight / length for feature, weight in weights.items()} if length else {}
