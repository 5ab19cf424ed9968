"""Whose side something goes to, and whose surname: 随妈妈, 户口跟他妈走, 跟我姓, 随孩儿他爸."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.spoken.folding import fold
from nlu.entities.found import Span
from nlu.entities.kin import WHO

_SURNAME = re.compile(
    rf"(?:随|跟|和|从|按|用|是|同)(?:着|了)?(?P<whose>{WHO})(?:一个|这边|那边)?的?姓(?![名氏啥什谁])"
    rf"|姓(?P<own>{WHO})的姓?"
)
_ELSE = (
    r"(?![们说讲联聊谈商议吵闹打问确核沟没都住结离借拿去来要想过通电身手]|姓名|一[样起块同道]|名(?!下)|不(?![随跟上落要])"
    r"|的(?![户名那家吧本,。!?]|$)|在一)"
)
"""What follows where somebody does something together, or is compared with: 「跟我说」, 「跟我一样」."""
_WITH = r"随|跟|依着|按|上(?:[在到])?|落(?:户)?(?:[在到])?|挂(?:[在到])|报[在到]|登[在到]|入[在到]?"
_RELATION = re.compile(
    rf"(?:{_WITH})(?:着|了)?(?P<whose>(?>{WHO})){_ELSE}"
    rf"|(?:放|迁|转|归)[在到]?(?P<there>{WHO})(?:的?户口本?|家?(?:那边|那里|那儿|这边|这里|这儿)|名下|户上)"
)
SURNAMED, _NOBODY = "\1", "\0"


def sides(plain: str, text: str) -> Iterator[Span]:
    """Whose surname, and whose side; the value is who was named, as it was said."""
    for found in _SURNAME.finditer(plain):
        yield Span("surname", found["whose"] or found["own"], found.start(), found.end())
    for found in _RELATION.finditer(plain):
        name = "whose" if found["whose"] else "there"
        yield Span("relation", found[name], found.start(), found.end(name))


def without_sides(text: str) -> str:
    """The text, of the same length, in which nobody is named any more whose side or surname is spoken of; where it was
    a surname, `SURNAMED` stands for the one who has it."""
    for kind, _, start, end in sorted(sides(fold(text), text)):  # a surname last: it says more than the side in it
        mark = SURNAMED if kind == "surname" else _NOBODY
        text = text[:start] + mark + _NOBODY * (end - start - 1) + text[end:]
    return text


def without_surnames(text: str) -> str:
    """The text without what is said of surnames: 「跟他妈姓」 tells of no side but that."""
    return _SURNAME.sub("", fold(text)) if "姓" in text else text
