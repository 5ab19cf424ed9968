"""For whom somebody asks, as the answer to who applies: 「我替我妈办」, 「单位让我来办」."""

from __future__ import annotations

import re

from bot.dialogue.heard import Heard
from forms.content.element_schema import Option
from forms.merging.merged import Question
from nlu.entities.kin import CHILDREN, KIN_WORD, who

_SELF = "self"
_KIN = re.compile(KIN_WORD)
_GROUPS = {
    "office": "单位 公司 企业 老板 员工 经办人 会计", "other": "别人 邻居 朋友 亲友", "spouse": "妻子 丈夫 配偶",
    "elder": "爸爸 妈妈 父母 爷爷 奶奶 外公 外婆 公公 婆婆 岳父 岳母 大伯 伯母 叔叔 婶婶 姑姑 姑父 舅舅 舅妈 姨妈 姨父",
}
_GROUP = {word: group for group, words in _GROUPS.items() for word in words.split()}
"""For whom it is asked, or what a choice names, in one word of the same for all that are treated alike."""


def asked_for(question: Question, heard: Heard) -> str | None:
    """The option for those who ask for somebody else, where one of the options is to ask for oneself."""
    if not any(option.value == _SELF for option in question.options):
        return None
    meant = {_group(one.value) for one in heard.read.entities if one.kind == "behalf"}
    if len(meant) != 1:
        return None
    group = meant.pop()
    found = [option.value for option in question.options if option.value != _SELF and group in _groups(option)]
    return found[0] if len(found) == 1 else None


def _group(name: str) -> str:
    return "child" if name in CHILDREN else _GROUP.get(name, name)


def _groups(option: Option) -> set[str]:
    said = [option.label, *option.aliases]
    words = {_GROUP[word] for word in _GROUP for one in said if word in one}
    return words | {_group(who(found)) for one in said for found in _KIN.findall(one)}
