"""Whether a part of a message refuses what it names: 「不要注销」, 「别给我推退休的」, 「我没生孩子」.

Giving something up is no refusal but a request: 「公司不要了」, 「不开店了」, 「不想要残疾证了」. Nor is a lack one,
「没社保卡」, nor a way of doing it, 「不用跑去办」, nor a question. Everything here reads normalised text.
"""

from __future__ import annotations

import re

_WHO = r"(?:(?:[我俺咱](?:们|家)?|阿拉|这|那|又|也|可|都|现在|暂时|其实|真的?|说了|是说)*)"
_NOT = (
    r"(?:不(?:想要|是|要|用|想|需要|必|打算|准备|愿意|肯)|没(?:有)?(?:要|想|说过?|打算|准备|需要)|用不着|无需|"
    r"别(?!人|的|处|墅|家)|并非|甭|唔(?:使|要|想|系)|勿要|弗要)"
)
_TO = r"(?:给我|帮我|跟我|替我|再|来|去|要|想|说|提|推荐?|打算|是)*"
_DEAL = (
    r"(?:办|注销|销户|退休|报名|报销|报考|申请|申领|变更|登记|落户|上户|过户|迁|补|换|改|挂失|参保|交社保|创业|修复|核查|认证|"
    r"注册|转|领|弄|搞|搬|退|问|生孩子|生娃)"
)
_OPEN_UP = r"(?:开|做|干|经营|营业)"
_REFUSED = re.compile(rf"^{_WHO}(?:{_NOT}{_TO}|先?不){_DEAL}(?P<rest>.{{0,10}})$")
_NOT_BEGUN = re.compile(rf"^{_WHO}(?:{_NOT}{_TO}|不){_OPEN_UP}(?!了)(?P<rest>.{{1,8}})(?<!了)$")
_NOT_THAT = re.compile(rf"^{_WHO}{_NOT}{_TO}(?P<rest>.{{1,6}})$")
_NOT_HAPPENED = re.compile(rf"^{_WHO}没有?(?:生(?:孩子|娃|小孩|二胎)|怀孕|退休|退伍|破产|开店|开公司|买房)[了呀啊]?$")
_NEEDLESS = re.compile(r"^.{2,8}?(?:我|就)?(?:不用|不需要|用不着|唔使)(?:再)?(?:办|弄|搞|申请|报)了?$")
_ASKS = re.compile(r"[吗么呢?？]|怎|咋|如何|啥|哪|多少|多久|[几谁]|是不是|要不要|行不|可以|能|会|点样|点办|为何")
_WANTS = re.compile(r"[想只就]|(?<![不没])要")
"""What says that something is wanted after all."""
_DEALS = re.compile(_DEAL)
_GIVEN_UP = re.compile(r"(?:要|想要).{1,6}了$")


def refused(piece: str) -> bool:
    """Whether this part of a message, alone, says only that something is not wanted, or not the case."""
    if _ASKS.search(piece):
        return False
    if _NOT_HAPPENED.match(piece) or _NEEDLESS.match(piece):
        return True
    if match := _REFUSED.match(piece) or _NOT_BEGUN.match(piece):
        return not _WANTS.search(match["rest"])
    match = _NOT_THAT.match(piece)
    return match is not None and not (
        _WANTS.search(match["rest"]) or _DEALS.search(match["rest"]) or _GIVEN_UP.search(piece))
