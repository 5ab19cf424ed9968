"""Near-duplicates side by side, so that one decision labels many. Pure, and cheap enough for every look."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from intents.acts import normal

ALIKE = 78.0
"""Likeness, 0 to 100, from which two sentences are one wish in other words."""
SHORTEST = 4
"""Characters below which only the very same is alike: 办证 and 办卡 are not."""
LARGEST = 30
"""Sentences of one cluster; what is beyond begins another, since a person reads them all."""


def alike(one: str, other: str) -> float:
    """How alike two sentences are, 0 to 100, whatever their marks, width and particles."""
    return float(fuzz.ratio(normal(one), normal(other)))


_ASKING = re.compile(
    r"请问|麻烦|我|你们?|想|需要|要|得|能不能|能|可以|可不可以|怎么样?|咋|如何|哪里|哪儿|哪个|什么|啥|多少|几|地方|去|到|在|给|把|办理|办|弄|整|搞|"
    r"申请|手续|流程|材料|一下|吗|呢|啊|呀|的|了|是|有|个|和|就|还|那|这|下"
)
"""Words that any request may have: what is left says what it is about."""


def about(text: str) -> str:
    """What a sentence is about, without the words of asking; empty when nothing is left."""
    return _ASKING.sub("", normal(text))


def clusters(texts: Sequence[str]) -> list[list[int]]:
    """Places of ``texts`` in groups; each begins with its earliest member, and groups stand in that order."""
    leaders: list[str] = []
    found: list[list[int]] = []
    matters: dict[str, int] = {}
    for place, text in enumerate(texts):
        plain, matter = normal(text), about(text)
        near = matters.get(matter) if len(matter) > 1 else None
        if near is None:
            like = process.extractOne(plain, leaders, scorer=fuzz.ratio, score_cutoff=_cut(plain))
            near = like[2] if like else None
        if near is None or len(found[near]) >= LARGEST:
            near = len(found)
            leaders.append(plain)
            found.append([])
        found[near].append(place)
        matters[matter] = near
    return found


def _cut(plain: str) -> float:
    return 100.0 if len(plain) < SHORTEST else ALIKE
