"""Splitting a message into the matters it may hold. What is done or denied in it is no matter (`nlu.scope`)."""

from __future__ import annotations

import re
from itertools import pairwise

from intents.vague import names_any
from nlu.concepts import concepts
from nlu.normalise import normalise
from nlu.scope import ASKED, parts

_JOINT = re.compile(
    r"另外|还有(?:就是)?|顺便(?:再|问一?下)?|再就是|对了|同时(?:还)?|以及|还(?:想|要|得)(?:问|办)?|也(?:想|要|得|该)(?:问|办)?|"
    r"再问(?:一?下|个)|然后|一边|分别"
)
"""Words that begin another matter."""
_JOINED = re.compile(rf"(?:[他她我俺咱]们?)?(?:{_JOINT.pattern})")
_TOO = re.compile(r"[^,，也]{1,8}也(?:要|想|得|该|需要|还没|没[办弄领报上开]|刷不)")
"""A part that says of something else that it is wanted too: 「煤气也要重新开」."""
_AFTER = re.compile(r"[办改弄换领转过]完(?:要|再|还)")
"""How a part begins that comes after another that is still to be done."""
_ALL = re.compile(
    r"都(?:怎么|咋|如何|要怎|该怎|得怎)|两(?:边|样|件事?|个|头)的?[^,，]{0,3}(?:怎么|咋|分别|一起)|分别(?:怎么|咋|去)"
)
"""A part that asks about all that was told before it."""
_WISH = re.compile(
    r"先|再|想|要|怎么|怎样|咋|如何|哪|什么|啥|多少|多久|吗|嘛|么|呢|能不能|可不可以|请问|帮|申请|报名|补|换|打算|准备|点样|咩|整|行不|没(?:办|弄|报|领|补)(?![成完好])|还没上"
)
_SAYS_LITTLE = frozenset({
    "chat", "complain", "deny", "enquire", "exam", "money", "past", "tax", "worker",
})
"""Concepts that a question about any matter may hold: 「还要多少钱」, 「查一下」."""
SHORTEST = 4
"""Characters of a part that can be a matter of its own; a shorter one belongs to what stands before it."""
MOST = 8
"""Parts of one message that are looked at."""


def clauses(text: str) -> list[str]:
    """The parts of a message that may be matters of their own, in order; the whole when it does not split."""
    plain = normalise(text)
    found: list[str] = []
    for part in parts(plain):
        if part.says != ASKED:
            continue
        for piece in _at_joints(part.text):
            if found and (len(piece) < SHORTEST or len(found[-1]) < SHORTEST):
                found[-1] += "," + piece
            else:
                found.append(piece)
    return found[:MOST] or [plain]


def _at_joints(part: str) -> list[str]:
    """A part cut before every joint that does not begin it, nor go on about what was just named."""
    found = (match.start() for match in _JOINT.finditer(part) if match.start() >= SHORTEST)
    starts = [0, *(place for place in found if not _named(part, place)), len(part)]
    return [part[start:end] for start, end in pairwise(starts) if start < end]


def _named(part: str, place: int) -> bool:
    """Whether what wants something too at this place was named right before it: 「施工许可也要弄」."""
    return part[place] == "也" and bool(_TOO.match(part)) and not _WISH.search(part[:place])


def wished(part: str) -> bool:
    """Whether a part wants or asks something, and does not only tell."""
    return bool(_WISH.search(part))


def joined(part: str) -> bool:
    """Whether a part says itself that it is another matter."""
    return bool(_JOINED.match(part) or _TOO.match(part))


def goes_on(part: str) -> bool:
    """Whether a part goes on to something else after what was said before it: so that was a matter as well."""
    return joined(part) or part.startswith(("再", "也", "并")) or bool(_AFTER.match(part))


def asks_all(part: str) -> bool:
    """Whether a part asks about all that was told before it: 「都怎么弄」."""
    return bool(_ALL.search(part))


def names_something(part: str) -> bool:
    """Whether a part names what it is about: 「也要一起办吗」 and 「要跟谁申请」 go on about what was said before."""
    return names_any(part) or any(concept not in _SAYS_LITTLE for concept in concepts(part))
