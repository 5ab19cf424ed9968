"""Which parts of a message ask, and which only tell: what is done already, or not wanted, is background.

「过户完了，现在要报名」 asks for the second part, 「不是注销，是变更」 too. Everything here reads normalised text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from nlu.refusing import refused

ASKED, DONE, DENIED = 1.0, 0.2, 0.1
"""How much a part counts: what is asked, what is done, what is not wanted. Found by cross-validation."""
_MARKS = re.compile(r"[,，。.;；!！?？、\s~～…:：]+")
_OFFICE = "过户|注销|登记|修复|变更|报名|审核|验收|审批|备案|开通"
_DONE_WORD = (
    rf"(?:(?:[办弄搞交拿领换补落上迁报签盖装建销还改取做跑批审记复更过停通修谈]|{_OFFICE})(?:完|好|妥|成|过|到手|下来|齐全?|掉|拢)|"
    r"过完户|上完户|拿到手?|到手|搞定|通过|注销|有|毕业|办|谈崩|齐)(?:了|啦|咯|喽|咧)"
)
_DONE = re.compile(
    rf"{_DONE_WORD}$|(?:已经?|早就?|早已|刚刚?|都).{{0,8}}"
    r"(?:[办弄搞交拿领换补落上迁签装销还改取批过复](?:完|好|妥|下来|到|过|齐)|[办交拿领换迁签装销退还改取批关停通]了|有|齐)$|"
    r"[都也]招了$|[都已]经?(?:通|接|拉|铺)到.{1,5}了$|一直没(?:办|弄|搞)成$|"
    r"(?:还|正)在[办跑走弄]$|先不[急说管办谈]|以后再说|[放等]后面(?:再说)?$|不用管$|不缺$|先放放$"
)
"""What is done, under way, or put off."""
_DENIED = re.compile(
    r"^(?:我|俺|咱|这|那|又|也|可)?(?:不(?:是|要|用|想|办|做|问|搞|开|跑|卖|需要)|没(?:要|想)|别(?!人|的|处|墅)|并非)"
)
_NOT, _ONLY = re.compile(r"[不没].{1,8}$"), re.compile(r"我?(?:只|就[想要是差]|先|单单?|光|直接)")
"""「公司不注销，只换个法人」."""
_PIVOT = re.compile(
    rf"{_DONE_WORD}(?:以后|之后|后)?(?=[^吗没么呢吧嘛\s].{{3,}})|"
    r"(?<=.{4})(?=现在|接下来|接着|就差|就剩|还差|然后|而是|只是?[想要办]|我是要|但是|不过|可是|另外|还有|顺便)"
)
"""Where a part ends although nothing is written there: people who speak use no commas."""
_CONTRAST = re.compile(r"(不是[^是]{2,12}?)(?<!不)(?=而是|我?是)")
_SETTLED = re.compile(rf"(?:已经?|早就?|早已).{{0,6}}(?:退休|{_OFFICE})了?$|{_DONE.pattern}")
_BEGINS = re.compile(r"(?:毕业|[^没]有)(?:了|啦)$|^(?!.*(?:已经|早就)).*(?:[把想让帮能]|给我)")
"""What is over, and yet where a matter begins; and what is to be: 「想把户口办了」."""
_OPEN = re.compile(r"[?？][\s!！。.~～…]*$")
"""A question mark at the end: whatever stands before it, nothing was settled."""


class Part(NamedTuple):
    """A part of a message, how much it counts for engines, and what it is to the citizen."""

    text: str
    weight: float
    """The last counts in full, whatever it says: what is refused is what was named."""
    says: float
    """`ASKED`, `DONE` or `DENIED`, wherever it stands: 「不要注销」 asks for nothing, even alone."""


@lru_cache(maxsize=512)
def parts(text: str) -> tuple[Part, ...]:
    """The parts of a message in order. The last counts in full: people come to the point in the end."""
    pieces = [piece for marked in _MARKS.split(text) for piece in _cut(marked)]
    weights = [_weight(piece, after) for piece, after in pairwise([*pieces, ""])]
    said = [_says(piece, weight) for piece, weight in zip(pieces, weights, strict=True)]
    if said and _OPEN.search(text):
        said[-1] = ASKED
    return tuple(map(Part, pieces, weights, said))


@lru_cache(maxsize=512)
def weighed(text: str) -> tuple[tuple[str, float], ...]:
    """What counts alike, set apart by spaces, with how much it counts, the least first; the text itself where all of it
    counts in full."""
    found = parts(text)
    weights = {part.weight for part in found}
    if len(weights) < 2:
        return ((text, ASKED),)
    return tuple((" ".join(part.text for part in found if part.weight == one), one) for one in sorted(weights))


def told(text: str) -> float:
    """What a message is as a whole: `ASKED` if any part is, else `DONE`, else `DENIED`."""
    return max((part.says for part in parts(text)), default=ASKED)


def asked(text: str) -> str:
    """What is asked, its parts set apart by spaces; the rest is left out."""
    return " ".join(part.text for part in parts(text) if part.says == ASKED)


def _weight(piece: str, after: str) -> float:
    if not after:
        return ASKED
    if _DENIED.search(piece) or (_ONLY.match(after) and _NOT.search(piece)):
        return DENIED
    return DONE if _DONE.search(piece) else ASKED


def _says(piece: str, weight: float) -> float:
    if weight == ASKED and refused(piece):
        return DENIED
    return DONE if weight == ASKED and _SETTLED.search(piece) and not _BEGINS.search(piece) else weight


def _cut(marked: str) -> list[str]:
    """A stretch without marks, cut at its pivots; nothing where it is empty."""
    pieces = []
    for contrasted in _CONTRAST.sub(r"\1\n", marked).split("\n"):
        at = 0
        for match in _PIVOT.finditer(contrasted):
            pieces.append(contrasted[at : match.end()])
            at = match.end()
        pieces.append(contrasted[at:])
    return [piece for piece in pieces if piece]
