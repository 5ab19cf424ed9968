"""Chinese names: which characters may stand in them, and which part is the surname."""

from __future__ import annotations

import re

# CJK unified with its extensions A to I, compatibility ideographs, and 〇.
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003347f"
_HAN_NAME = re.compile(f"[{_HAN}]+(?:·[{_HAN}]+)*\\Z")
_LATIN_NAME = re.compile(r"[A-Za-zÀ-ɏ]+(?:[ .'\-][A-Za-zÀ-ɏ]+|[.] ?)*\Z")
_DOTS = re.compile(r"[\u2022\u2027\u2219\u22c5\u25cf\u30fb\uff65\uff0e\u00b7.]")
_CALLED = re.compile(r"^.{1,2}(?:先生|女士|小姐|太太|阿姨|师傅|大爷|大妈|老师)\Z")
HAN = re.compile(f"[{_HAN}]")

_COMPOUND_NAMES = """
欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠
公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁
拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 梁丘 左丘 东门 西门 第五 纳兰 完颜 叶赫 贺兰
"""
_COMPOUND = frozenset(_COMPOUND_NAMES.split())


def clean_name(text: str) -> str:
    """A name with one kind of middle dot and no stray spaces; rare characters stay as they were typed."""
    text = text.strip().strip("。，,.")
    if HAN.search(text):
        return _DOTS.sub("·", re.sub(r"\s+", "", text))
    return re.sub(r"\s+", " ", text)


def is_han_name(text: str) -> bool:
    """Only Chinese characters, perhaps with ``·`` between two parts."""
    return bool(_HAN_NAME.match(text))


def is_name(text: str) -> bool:
    """A name as papers show it: Chinese, or in Latin letters."""
    return is_han_name(text) or bool(_LATIN_NAME.match(text))


def is_address(text: str) -> bool:
    """陈先生, 李阿姨: how people are called, not what they are named."""
    return bool(_CALLED.search(text))


def surname(name: str) -> str:
    """The surname of a Chinese name: a known compound one, or its first character."""
    return name[:2] if len(name) > 2 and name[:2] in _COMPOUND else name[:1]
