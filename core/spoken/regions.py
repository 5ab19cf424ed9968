"""Regions as people say them: 北京朝阳区, 深圳南山, 安徽阜阳. A short name needs the name of what it lies in."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from core.regions import present_codes, region_code, region_parts

_PEOPLES = (
    "朝鲜|蒙古|满|回|藏|苗|彝|壮|布依|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|"
    "撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|裕固|保安|独龙|鄂伦春|维吾尔|各"
)
_KIND = re.compile(rf"(?:特别行政区|(?:(?:{_PEOPLES})族)*(?:维吾尔)?自治[区州县旗]|地区|新区|林区|省|市|区|县|旗|盟)\Z")
_MAY_END = re.compile(r"(?:[^\u4e00-\u9fff]|[的人这那户办出生上就吧农老本在是]|\Z)")
"""What follows a short name: 「深圳南山的」, but not 「杭州西湖龙井」."""
SHORTEST = 2
"""Characters of a short name: 「沙县」 has none."""


class SaidRegion(NamedTuple):
    """A region where it is said: where it ends, the codes it may mean, of how many names it is made, and whether the
    last of them says what it is (西湖区) or is short (西湖)."""

    end: int
    codes: tuple[str, ...]
    parts: int
    whole: bool


def region_at(text: str, start: int) -> SaidRegion | None:
    """The longest row of names of regions, each within the one before, that begins at ``start``."""
    return _row(text, start, None)


def code_said(name: str) -> str | None:
    """The code of the one region that is said so, in full or short (深圳南山); None when none or several."""
    plain = re.sub(r"[\s,，]", "", name)
    known = region_code(plain)
    if known or not plain:
        return known
    said = region_at(plain, 0)
    return said.codes[0] if said and said.end == len(plain) and len(said.codes) == 1 else None


def _row(text: str, start: int, above: Collection[str] | None) -> SaidRegion | None:
    best: SaidRegion | None = None
    for word, codes in _words().get(text[start:start + SHORTEST], ()):
        if not text.startswith(word, start):
            continue
        inside = tuple(one for one in codes if above is None or any(_within(one, upper) for upper in above))
        further = _row(text, start + len(word), inside) if inside else None
        end, whole = start + len(word), bool(_KIND.search(word))
        found = SaidRegion(end, inside, 1, whole) if inside and (whole or _MAY_END.match(text, end)) else None
        one = further._replace(parts=further.parts + 1) if further else found
        best = one if one and (best is None or one.end > best.end) else best
    return best


def _within(code: str, upper: str) -> bool:
    return code != upper and code.startswith(upper[:2] if upper.endswith("0000") else upper[:4])


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """By their first two characters: names, whole and short, and the codes that each may mean."""
    found: dict[str, list[str]] = {}
    for code in present_codes():
        own = region_parts(code)[-1]
        for word in {own, _KIND.sub("", own)}:
            if len(word) >= SHORTEST:
                found.setdefault(word, []).append(code)
    grouped: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for word, codes in found.items():
        grouped.setdefault(word[:SHORTEST], []).append((word, tuple(codes)))
    return {head: tuple(words) for head, words in grouped.items()}
