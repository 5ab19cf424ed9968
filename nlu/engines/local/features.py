"""Features of the local engine: character n-grams of the normalised sentence, weighted and scaled to length one."""

from __future__ import annotations

import math
import re

from nlu.normalise import normalise

LONGEST_GRAM = 3
_MARKS = re.compile(r"[\s,，。.!！?？、;；:：\"'“”‘’()（）~～…-]+")


def grams(text: str) -> list[str]:
    """All character n-grams of 1 to `LONGEST_GRAM`, with the ends of the sentence marked."""
    plain = "^" + _MARKS.sub("", normalise(text)) + "$"
    return [plain[i : i + n] for n in range(1, LONGEST_GRAM + 1) for i in range(len(plain) - n + 1)]


def weigh(text: str, rarity: dict[str, float]) -> dict[str, float]:
    """Sublinear tf-idf over the known n-grams, scaled to length one; empty when nothing is known."""
    counts: dict[str, int] = {}
    for gram in grams(text):
        if gram in rarity:
            counts[gram] = counts.get(gram, 0) + 1
    weights = {gram: (1 + math.log(count)) * rarity[gram] for gram, count in counts.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {gram: weight / length for gram, weight in weights.items()} if length else {}
