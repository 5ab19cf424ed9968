"""What people are to the one who speaks: 媳妇, 他妈, 孩儿他爸, 俺大伯. One table for sides and owners."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.entities.found import Span

KIN = {
    "妻子": "媳妇儿 媳妇 老婆 婆娘 婆姨 堂客 内人 太太 妻子 夫人 屋里头的 屋头人 娃他娘",
    "丈夫": "老公 丈夫 当家的 掌柜的 娃他爹 我男人 俺男人 我先生",
    "配偶": "爱人 老伴儿 老伴 配偶 另一半",
    "孩子": "孩子 娃娃 娃儿 娃 宝宝 宝贝 小孩 细佬仔 伢子 崽崽 毛毛头 毛毛 婴儿 大宝 二宝 三宝",
    "儿子": "儿子 男孩 男娃 小子 男宝",
    "女儿": "女儿 闺女 女孩 女娃 丫头 妹崽 囡囡 小囡 女宝 千金",
    "爸爸": "爸爸 老爸 父亲 老爹 阿爸 爹爹 老汉儿 老爷子 俺大大 我大大",
    "妈妈": "妈妈 老妈 母亲 老娘 阿妈 阿娘 姆妈 老太太",
    "父母": "父母 爸妈 爹妈 爹娘 我爸妈 俺爹娘",
    "爷爷": "爷爷 阿公 祖父", "奶奶": "奶奶 阿婆 阿嬷 祖母", "外公": "外公 姥爷 外祖父", "外婆": "外婆 姥姥 外祖母",
    "公公": "公公", "婆婆": "婆婆", "岳父": "岳父 老丈人 丈人", "岳母": "岳母 丈母娘",
    "哥哥": "哥哥 大哥 二哥", "弟弟": "弟弟", "姐姐": "姐姐 大姐 二姐", "妹妹": "妹妹",
    "嫂子": "嫂子 嫂嫂", "弟媳": "弟媳妇 弟媳 弟妹", "姐夫": "姐夫", "妹夫": "妹夫",
    "堂哥": "堂哥 堂兄", "堂弟": "堂弟", "堂姐": "堂姐", "堂妹": "堂妹", "表哥": "表哥 表兄", "表弟": "表弟",
    "表姐": "表姐",
    "表妹": "表妹", "大伯": "大伯 伯伯 伯父", "伯母": "伯母 大娘", "叔叔": "叔叔 二叔 小叔", "婶婶": "婶婶 婶子 婶娘",
    "姑姑": "姑姑 姑妈 姑母 大姑 小姑", "姑父": "姑父 姑夫 姑丈", "舅舅": "舅舅 大舅 二舅 小舅 舅父",
    "舅妈": "舅妈 舅母",
    "姨妈": "姨妈 大姨 小姨 二姨", "姨父": "姨父 姨夫 姨丈", "小姨子": "小姨子 大姨子", "小舅子": "小舅子 大舅子",
    "小姑子": "小姑子 大姑子", "小叔子": "小叔子", "侄子": "侄子 侄儿", "侄女": "侄女", "外甥": "外甥",
    "外甥女": "外甥女",
    "儿媳": "儿媳妇 儿媳", "女婿": "女婿", "孙子": "孙子 孙儿", "孙女": "孙女", "外孙": "外孙", "外孙女": "外孙女",
    "亲家": "亲家公 亲家母 亲家", "干爹": "干爹 干爸", "干妈": "干妈 干娘", "养父": "养父", "养母": "养母",
    "继父": "继父 后爸 后爹", "继母": "继母 后妈", "未婚夫": "未婚夫", "未婚妻": "未婚妻", "男朋友": "男朋友 男友",
    "女朋友": "女朋友 女友", "前夫": "前夫", "前妻": "前妻",
}
"""What people are to the one who speaks, by one word for each; dialects included."""
SHORT = {
    "爸": "爸爸", "爹": "爸爸", "妈": "妈妈", "娘": "妈妈", "爷": "爷爷", "奶": "奶奶", "哥": "哥哥", "弟": "弟弟",
    "姐": "姐姐",
    "妹": "妹妹", "伯": "大伯", "叔": "叔叔", "姑": "姑姑", "舅": "舅舅", "姨": "姨妈", "嫂": "嫂子", "婶": "婶婶",
}
"""One character, which is somebody only after a word that says whose: 他妈, 孩儿他爸, 俺娘."""
OWN = "我|俺|咱"
CHILD = "孩子|孩儿|孩|娃娃|娃儿|娃|宝宝|小孩"
_OF_CHILD = f"(?:{CHILD})(?:的|[他她]的?)?"
_OF_SOMEBODY = f"(?:{OWN}|他|她)"
_PARENTS = {"爸": "丈夫", "爹": "丈夫", "妈": "妻子", "娘": "妻子"}
"""Who the father and the mother of the child are to the one who speaks."""
WORDS = {word: name for name, words in KIN.items() for word in words.split()}
CHILDREN = frozenset({"孩子", "儿子", "女儿", "侄子", "侄女", "外甥", "外甥女", "孙子", "孙女", "外孙", "外孙女"})
"""Those who have no side: a child goes with somebody, nobody goes with a child."""
_NOT_WITHIN = {
    "公公": "(?<!办)公公(?!司|示|告|积|证)", "外公": "(?<![对国海])外公(?!司|示|告|开|布|安|证|路)",
    "大娘": "(?<!老)大娘",
    "小子": "(?<!毛头)小子", "大姐": "(?<=[我俺他她])大姐", "大哥": "(?<=[我俺他她])大哥", "千金": "千金(?!小贷)",
    "后妈": "(?<!以)后妈", "后爸": "(?<!以)后爸", "大宝": "大宝(?!贝)",
}
"""Words that stand inside others."""


def _any(words: list[str]) -> str:
    return "|".join(_NOT_WITHIN.get(word, word) for word in sorted(words, key=len, reverse=True))


_FULL = f"(?:{_any(list(WORDS))})"
_BEGINNINGS = "".join(sorted({word[0] for word in (*WORDS, *OWN, *CHILD.split("|"), "他", "她", "对")} - {"|"}))
KIN_WORD = (
    rf"(?=[{_BEGINNINGS}])(?:{_OF_CHILD}[{''.join(_PARENTS)}]|{_OF_SOMEBODY}(?!{_FULL})[{''.join(SHORT)}]|{_FULL}"
    r"|(?:(?<=[我俺咱他她跟随和给是帮替])|(?<![\u4e00-\u9fff]))对象)"
)
"""A pattern for anybody of whom one speaks so."""
_KIN = re.compile(KIN_WORD)
_CURSE = re.compile(r"[你真太就]他妈|他妈的(?!姓|户|名|身份|电话|手机|医保|社保|号码|卡|地址|那|生日)")
WHO = (
    rf"(?:(?:{_OF_CHILD}|(?:{OWN}|[他她])(?:们?家)?的?)?"
    rf"(?:{_any([word for word, name in WORDS.items() if name not in CHILDREN])}|爸|妈|爹|娘|对象|男方|女方|父|母)"
    rf"|(?:{OWN})(?:[{''.join(SHORT)}])?)"
)
"""A pattern for whom a child may go with: everybody but children, with whose they are."""


def who(said: str) -> str:
    """The one word for somebody: 孩儿他爸 is 丈夫, 他妈 is 妈妈, 俺爹 is 爸爸; empty when it is nobody we know."""
    if said in WORDS:
        return WORDS[said]
    if re.fullmatch(rf"{_OF_CHILD}[{''.join(_PARENTS)}]", said):
        return _PARENTS[said[-1]]
    if re.fullmatch(rf"{_OF_SOMEBODY}[{''.join(SHORT)}]", said):
        return SHORT[said[-1]]
    return "配偶" if said.endswith("对象") else ""


def kin(plain: str, text: str) -> Iterator[Span]:
    """Who is spoken of."""
    cursed = [found.span() for found in _CURSE.finditer(plain)]
    for found in _KIN.finditer(plain):
        if not any(start <= found.start() < end for start, end in cursed):
            yield Span("kin", who(found[0]), found.start(), found.end())
