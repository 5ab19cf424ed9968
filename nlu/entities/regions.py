"""Districts, counties and cities of the national table, with what they lie in: 杭州西湖区, 深圳南山, 户口在萧山.

As they were said; which of several of one name is meant is for the form to ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.spoken.regions import region_at
from nlu.entities.found import Span

_HOME = re.compile(
    r"(?:(?:户口|户籍|老家|籍贯|原籍|祖籍|娘家|婆家)(?:本?就?[在是]|地址?是?|落在|都在)?|住在?"
    r"|家在|来自|生于|出生[在于]|搬[到去]|迁[到往去])\Z"
)
_IN = re.compile(r"[在到]\Z")
_DONE_THERE = re.compile(r"(?:这边|那边|本地)?(?:生|出生|办|住|上班|工作|交的?社保|$|[,。!?，])")
_BORDER = re.compile(r"[别间分域里内长城委政]")
_ANY = frozenset([
    "老城区", "新城区", "新市区", "东区", "西区", "城区", "郊区", "矿区", "市区", "林区", "城关区", "开发区",
])
"""Names that any place may bear."""
LONGEST_CUE = 8


def regions(plain: str, text: str) -> Iterator[Span]:
    """Regions of the national table from left to right, two names in a row or one that says what it is."""
    at = 0
    while at < len(plain) - 1:
        said = region_at(plain, at)
        if said and (said.parts > 1 or _alone(plain, at, said.end, said.whole)):
            yield Span("region", text[at:said.end], at, said.end)
            at = said.end
        else:
            at += 1


def _alone(plain: str, start: int, end: int, whole: bool) -> bool:
    """Whether one name by itself is meant as a region: a district, or anything where somebody is at home."""
    before, word = plain[max(0, start - LONGEST_CUE):start], plain[start:end]
    if word in _ANY:
        return False
    if whole and word[-1] in "区县旗" and len(word) > 2:
        return not _BORDER.match(plain, end)
    return bool(_HOME.search(before) or (_IN.search(before) and _DONE_THERE.match(plain, end)))
