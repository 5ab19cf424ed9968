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
_WISH = re.compile(
    r"先|再|想|要|怎么|怎样|咋|如何|哪|什么|啥|多少|多久|吗|嘛|么|呢|能不能|可不可以|请问|帮|申请|报名|补|换|打算|准备|点样|咩|整|行不|没(?:办|弄|报|领|补)(?![成完好])"
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
        if part.weight != ASKED:
            continue
        for piece in _at_joints(part.text):
            if found and (len(piece) < SHORTEST or len(found[-1]) < SHORTEST):
                found[-1] += "," + piece
            else:
                found.append(piece)
    return found[:MOST] or [plain]


def _at_joints(part: str) -> list[str]:
    """A part cut before every joint that does not begin it."""
    starts = [0, *(match.start() for match in _JOINT.finditer(part) if match.start() >= SHORTEST), len(part)]
    return [part[start:end] for start, end in pairwise(starts) if start < end]


def wished(part: str) -> bool:
    """Whether a part wants or asks something, and does not only tell."""
    return bool(_WISH.search(part))


def joined(part: str) -> bool:
    """Whether a part says itself that it is another matter."""
    return bool(_JOINED.match(part))


def goes_on(part: str) -> bool:
    """Whether a part goes on to something else after what was said before it: so that was a matter as well."""
    return joined(part) or part.startswith(("再", "也", "并"))


def names_something(part: str) -> bool:
    """Whether a part names what it is about: 「也要一起办吗」 and 「要跟谁申请」 go on about what was said before."""
    return names_any(part) or any(concept not in _SAYS_LITTLE for concept in concepts(part))
