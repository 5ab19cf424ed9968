"""Whose side something goes to, whose surname, and who is spoken of: 随妈妈, 跟我姓, 媳妇, 老伴, 闺女."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.entities.found import Span

KIN = {
    "妻子": "媳妇儿 媳妇 老婆 婆娘 婆姨 堂客 内人 太太 妻子 夫人 屋里头的 屋头人 孩他妈 孩子他妈 娃他妈 娃他娘",
    "丈夫": "老公 丈夫 当家的 掌柜的 孩他爸 孩子他爸 娃他爸 娃他爹 我男人 俺男人",
    "配偶": "爱人 老伴儿 老伴 对象 配偶 另一半",
    "孩子": "孩子 娃娃 娃儿 娃 宝宝 小孩 细佬仔 伢子 崽崽 毛毛头 毛毛 婴儿",
    "儿子": "儿子 男孩 男娃 小子 男宝",
    "女儿": "女儿 闺女 女孩 女娃 丫头 妹崽 囡囡 小囡 女宝",
    "爸爸": "爸爸 老爸 父亲 老爹 爹 我爸 俺爸 他爸 她爸 老汉儿 老爷子",
    "妈妈": "妈妈 老妈 母亲 老娘 我娘 俺娘 我妈 俺妈 他妈 她妈 老太太",
    "爷爷": "爷爷", "奶奶": "奶奶", "外公": "外公 姥爷", "外婆": "外婆 姥姥", "公公": "公公", "婆婆": "婆婆",
    "岳父": "岳父 丈人 老丈人", "岳母": "岳母 丈母娘", "哥哥": "哥哥 我哥", "弟弟": "弟弟 我弟", "姐姐": "姐姐 我姐",
    "妹妹": "妹妹 我妹", "儿媳": "儿媳妇 儿媳", "女婿": "女婿", "孙子": "孙子 孙儿", "孙女": "孙女", "外孙": "外孙",
    "外孙女": "外孙女",
}
"""What people are to the one who speaks, by one word for each; dialects included."""
WORDS = {word: name for name, words in KIN.items() for word in words.split()}
KIN_WORD = "|".join(sorted(WORDS, key=len, reverse=True))
_KIN = re.compile(KIN_WORD)
_SIDE = (
    "我老婆|我媳妇|我老公|我爱人|孩子他爸|孩子他妈|孩子爸|孩子妈|娃他爸|娃他妈|妈妈|爸爸|母亲|父亲|爷爷|奶奶|外公|外婆|"
    "老婆|媳妇|老公|爱人|男方|女方|妈|爸|娘|爹|父|母|我|俺"
)
_SURNAME = re.compile(
    rf"(?:随|跟|和|从|按|用|是)(?:着|了)?(?P<whose>{_SIDE})(?:一个|这边|那边)?的?姓|姓(?P<own>{_SIDE})的姓?"
)
_RELATION = re.compile(
    rf"(?:随|跟|按|上(?:在|到)?|落(?:在|到)?)(?P<whose>{_SIDE})(?![们说讲联聊谈])"
)


def sides(plain: str, text: str) -> Iterator[Span]:
    """Whose surname, and whose side."""
    for found in _SURNAME.finditer(plain):
        yield Span("surname", found["whose"] or found["own"], found.start(), found.end())
    for found in _RELATION.finditer(plain):
        yield Span("relation", found["whose"], found.start(), found.end("whose"))


def kin(plain: str, text: str) -> Iterator[Span]:
    """Who is spoken of."""
    for found in _KIN.finditer(plain):
        yield Span("kin", WORDS[found[0]], found.start(), found.end())
