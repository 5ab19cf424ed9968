"""For whom somebody asks: 我替我妈办, 帮我爷爷问, 给邻居申请, 单位让我来办."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.entities.found import Span
from nlu.entities.kin import KIN_WORD, who

OFFICE = "单位"
OTHER = "别人"
_OFFICES = "单位|公司|厂里|厂子|企业|老板|领导|店里"
_OTHERS = "邻居|朋友|亲戚|别人|人家|同事|同学|老乡|村民|村里人|老人"
_DOING = r"[^，,。;；!！?？]{0,8}?(?:办|问|申请|领|报|弄|查|交|登记|咨询|打听|来|填|跑)"
_FOR = re.compile(
    r"(?:替|帮|给|代)(?:我们?家?|俺们?家?|咱们?家?)?"
    rf"(?:(?P<office>{_OFFICES})|(?P<other>{_OTHERS})|(?P<kin>{KIN_WORD}))(?={_DOING})"
)
_SENT = re.compile(
    rf"(?:{_OFFICES}|村里|社区|居委会|村委会|街道)(?:里|上)?(?:让|叫|派|安排|委托|要)(?:我|俺)(?={_DOING})"
)


def behalf(plain: str, text: str) -> Iterator[Span]:
    """For whom it is asked: one word for a relative, 单位 or 别人."""
    for found in _FOR.finditer(plain):
        name = OFFICE if found["office"] else OTHER if found["other"] else who(found["kin"])
        yield Span("behalf", name, found.start(), found.end())
    for found in _SENT.finditer(plain):
        yield Span("behalf", OFFICE, found.start(), found.end())
