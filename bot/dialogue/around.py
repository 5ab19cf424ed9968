"""What stands around a day, a number or a sum: whether the message is that value, more, or something else.

「三十万」 answers what a house costs, 「卖给他三十万」 is shown back for a nod, 「首付三十万」 is no answer to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from core.spoken.calendar import DAYS
from core.spoken.clocks import clocks
from core.spoken.filler import residue, unhedged
from core.spoken.folding import fold
from core.spoken.numerals import SAID
from forms.merging.merged import Question
from intents.understanding import Entity

COUNTED = frozenset({"date", "number", "money"})
"""Kinds of values that words around them turn into something else."""
_RANGE_AFTER = re.compile(rf"\s*(?:[~～\-–—至到]|或者?|、)\s*[0-9{SAID}]")
_WITHIN_NUMBER = re.compile(rf"[0-9{SAID}](?:\s*[./\-~～–—、:：至到]\s*)?\Z")
_DENIED = re.compile(
    r"(?:不是|没有?|不到|不足|不止|不超过|不要|别|超过|至少|最多|起码|将近|快到?)[^，,。；;、0-9]{0,2}\Z"
)
_ROUGH_AFTER = re.compile(r"\s*(?:多|来(?=[万千块元])|几|出头|不到|[以之][上下内]|开外|起步?(?![0-9]))")
_OTHER_SUM = re.compile(
    r"(首付|贷款|借款|定金|订金|押金|租金|月租|房租|工资|月薪|年薪|税|中介费|物业费|尾款|利息|补贴|保证金|装修|每平|一平|"
    r"每月|每个月|一个月|每年|一年|单价)[^，,。；;、0-9]{0,4}\Z"
)
_FOR_EACH = re.compile(r"\s*(?:[一每/]\s*(?:个?(?P<unit>月|年|季|天|平|亩|次|人)))")
_BY_TIME = re.compile(r"(?:天|年|周|个?星期|个?月)\Z")
_PUT_RIGHT = re.compile(r"\A\s*(?:不是|不对|错了|写错了|没有|不)的?[吧啊呀]?[，,。！!\s]+")
_ELSE = re.compile(r"[不没别未]|以前|之前|再|[吗么呢]\Z")
_PAUSE = re.compile(r"[，,。；;！!？?]")
_SAYS_LITTLE = frozenset("日期时间年月的号数")
"""Characters of titles that stand in any talk."""
_SAYS_FOR_WHICH_TIME = frozenset("月年租资薪")


def contradicted(entity: Entity, title: str, text: str) -> bool:
    """Whether the words right beside a value make it another: a range, 「不到」, another sum, a price for each."""
    if entity.kind not in COUNTED:
        return False
    title = _own(title)
    before, after = text[:entity.start], text[entity.end:]
    if _WITHIN_NUMBER.search(before) or _DENIED.search(before):
        return True
    if entity.kind == "date":
        return False
    if _RANGE_AFTER.match(after) or (entity.kind == "money" and _ROUGH_AFTER.match(after)):
        return True
    return entity.kind == "money" and _other_sum(before, after, title)


def _other_sum(before: str, after: str, title: str) -> bool:
    """「首付三十万」, 「两万三一平」: a sum of another thing than what is asked for."""
    rival, each = _OTHER_SUM.search(before), _FOR_EACH.match(after)
    if _SAYS_FOR_WHICH_TIME & set(title):
        each = None
    return bool((rival and rival[1][0] not in title) or (each and (each["unit"] or "") not in title))


def timeless(value: str, title: str, unit: str) -> bool:
    """Whether a number of days or years is meant, where something else is counted: 「两天」."""
    found, title = _BY_TIME.search(value), _own(title)
    return bool(found and not set(found[0]) & set(title + unit + ("岁" if "龄" in title else "")))


def fills(entity: Entity, title: str, text: str, entities: Sequence[Entity]) -> Literal["all", "part", "no"]:
    """How much of the message a value is, other values and words that say nothing aside: all of it, a part that is
    shown back for a nod, or nothing of what it means: something is denied beside it, or 「今天」 is only when."""
    title = _own(title)
    blank = "".join(" " if any(one.start <= at < one.end for one in entities) else char for at, char in enumerate(text))
    if not residue(_PUT_RIGHT.sub("", blank), title):
        return "all"
    beside = _PAUSE.split(blank[:entity.start])[-1] + _PAUSE.split(blank[entity.end:])[0]
    own = (set(title) - _SAYS_LITTLE) & set(blank)
    day = entity.kind == "date" and entity.value.startswith(tuple(DAYS))
    return "no" if _ELSE.search(unhedged(residue(beside, title))) or (day and not own) else "part"


def is_one(kind: str | None, title: str, text: str, entities: Sequence[Entity]) -> bool:
    """Whether the message is one value of this kind and nothing else, whether it can be read or not."""
    found = [one for one in entities if one.kind == kind and one.kind in COUNTED]
    return len(found) == 1 and fills(found[0], title, text, entities) == "all"


def elsewhere(entity: Entity, text: str) -> bool:
    """Whether a time of day is said apart from the day: 「8点20，3月5号」."""
    plain = fold(text)
    beside = f"{plain[:entity.start]}，|{plain[entity.end:]}"
    return any(clocks(beside)) and not any(clocks(fold(entity.text)))


def loosely(question: Question, value: object, text: str, entities: Sequence[Entity]) -> bool:
    """Whether ``value`` was picked out of words that say more, so that it is better shown back."""
    found = [one for one in entities if one.kind in COUNTED and one.value == value]
    return bool(found) and fills(found[0], question.title, text, entities) == "part"


def _own(title: str) -> str:
    """「成交价」 of 「合同与价款 · 成交价」."""
    return title.rpartition("·")[2].strip()
