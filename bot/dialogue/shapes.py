"""Whether free words have the shape of what is asked for: a name, an address, a number of a paper.

What has it is taken; what has not is shown back to be nodded to, never refused: there are rare surnames and addresses
without a road. Only what plainly is none, such as words said to whoever asks, is no answer.
"""

from __future__ import annotations

import re

from bot.dialogue.heard import Heard
from bot.dialogue.questioning import asks
from core.regions import region_code
from core.spoken.folding import fold
from forms.merging.merged import Question
from nlu.entities.kin import KIN_WORD
from nlu.entities.names import may_be_name

FREE_TYPES = frozenset({"text", "long_text", "name", "address", "certificate_number"})
"""Fields whose answers may be any words at all."""
LONG = 12
"""Characters from which on words for a story are one."""
_LEAD = re.compile(
    r"(?:我|她|他|孩子|宝宝|妈妈|爸爸)?(?:的)?(?:(?:名字|姓名|大名|全名)(?:就?是|就?叫)?|就是叫?|就叫|叫做?|是叫?|写)"
    r"(?=[\u3400-\u9fff·]{2,})|姓(?=[\u3400-\u9fff])"
)
_TAIL = re.compile(r"(?<=[\u3400-\u9fff]{2})[吧啊呀哦喔哈嘛啦]+\Z")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]{2,}(?:[ .'\-]+[A-Za-zÀ-ɏ]+)+\.?")
_DOTTED = re.compile(r"[\u3400-\u9fff]{1,12}(?:[·•・‧∙●⋅･.][\u3400-\u9fff]{1,12})+")
_NO_GIVEN = re.compile(
    r"[的了呢吗啊吧啦呀哦么没不是我你他她您们在哪谁这那就还都也很太再等说办弄填要吃给跟先去到过着把被点好些次]"
)
"""Characters that no given name is made of."""
_TALK = re.compile(
    r"[我俺你您咱]|他们|她们|[吗呢吧啊呀哦啦咯嘛]|不(?!动产|锈|含|限)|[没别莫勿]|还[^有]|再|(?<![一二三四五上中下高平同])等(?!级|次)|[先在给跟叫让想找去]|[了的]\Z|这破|[唔烦撤呵嘿哼]|改(?![为成造建装])|(?<!缝)补(?![贴助习])"
    r"|一样|同上|随便|保密|麻烦|活人|知道|情况|大概"
)
"""Signs that words are said in a talk, and are no value for a form."""
_TO_YOU = re.compile(r"[你您妳]")
_PLACE = re.compile(
    r"[\u4e00-\u9fff0-9](?:省|市(?!场|面)|区(?!别)|县|旗|镇|乡|街|(?<![知味])道(?!理|歉)|路|巷|弄(?![了好完])|胡同|村|屯|寨|庄|苑|花园|公寓|大厦|新村|社区|"
    r"号(?!码)|幢|栋|楼|单元|室|组|队|里[0-9]|家属院|宿舍)"
)
_NUMBER = re.compile(r"(?=.*[0-9])(?:.*[0-9A-Za-z]){4}")
_KIN_ALONE = re.compile(rf"(?:就?是)?(?:我|俺|咱|孩子|他|她)?的?(?:{KIN_WORD}|孩子[爸妈]|他|她|我|俺|本人|自己)的?")
_PAUSE = re.compile(r"[，,、。;；：:！!]+")
_MARKS = " \t\r\n，,。.！!？?、；;：:～~…\"“”'"
_AT = re.compile(
    r"^(?:现在|目前|一直|就)?(?:我们?|俺们?|她|他)?(?:家|家里)?(?:的?(?:地址|住址)(?:就?是|在)?[:：]?|住在?|寄到?|送到?|在)"
)
_REGIONS = range(2, 7)


def unwrapped(found: Question, text: str) -> str:
    """A name without what is said around it: 「就是李小红啊」, 「李小红，电话…」."""
    if found.type != "name":
        return text
    for rest in (_TAIL.sub("", text), text):
        inner = _LEAD.sub("", rest, count=1) if _LEAD.match(rest) else rest
        if inner != text and (_is_name(inner) or (inner == rest[1:] and rest[0] in "叫姓")):
            return inner
    parts = [part for part in _PAUSE.split(_TAIL.sub("", text)) if _is_name(part)]
    return parts[0] if len(parts) == 1 else text


def trimmed(text: str) -> str:
    """Free words without marks at their edges; a bracket that is closed stays."""
    return text.strip(_MARKS)


def whole_address(found: Question, text: str) -> str:
    """All of the words where they are one address, however little of it was made out; else nothing."""
    if found.type != "address" or _PAUSE.search(text):
        return ""
    rest = _AT.sub("", text, count=1)
    return rest if _PLACE.search(rest) and not (_TALK.search(rest) or asks(rest)) else ""


def is_solid(found: Question, text: str, heard: Heard) -> bool:
    """Whether words have the shape of what this question asks for."""
    if found.type == "name":
        return _is_name(text)
    if found.type == "address":
        return _is_address(text, heard)
    if found.type == "certificate_number":
        return bool(_NUMBER.match(text))
    if found.type == "long_text" and len(text) > LONG:
        return True
    return not _TALK.search(text)


def is_none(found: Question, text: str) -> bool:
    """Whether words cannot be a name, an address or a number of a paper at all: said to whoever asks, or a relation."""
    if found.type not in ("name", "address", "certificate_number"):
        return False
    return bool(_TO_YOU.search(text)) or (found.type == "name" and bool(_KIN_ALONE.fullmatch(text)))


def _is_name(text: str) -> bool:
    plain = fold(text.replace(" ", "") if not text.isascii() else text)
    if _LATIN.fullmatch(text) or _DOTTED.fullmatch(plain):
        return True
    return may_be_name(plain) and not _NO_GIVEN.search(plain[1:])


def _is_address(text: str, heard: Heard) -> bool:
    said = any(one.kind in ("place", "region") for one in heard.read.entities)
    there = said or bool(_PLACE.search(text)) or any(region_code(text[:size]) for size in _REGIONS)
    return there and not _TALK.search(text)
