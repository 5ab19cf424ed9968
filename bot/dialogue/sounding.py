"""Choices that were typed by their sound: 「快地到家」 means 「快递到家」. Only for a nod."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.choices import is_choice, takes_several
from bot.dialogue.desk import Desk
from bot.dialogue.heard import Heard
from bot.dialogue.questioning import asks
from bot.dialogue.residue import is_weak
from bot.dialogue.values import said
from forms.merging.merged import Question
from nlu.pinyin import sound

SHORTEST = 2
"""Characters of a word that may be meant by its sound."""
LONGEST = 20
"""Characters of a message beyond which nobody only chooses."""
_PARTS = re.compile(r"[^\u4e00-\u9fff]+")


def meant(found: Question, heard: Heard, desk: Desk) -> object | None:
    """The raw answer that words would hold if they were written as they sound; None where that tells nothing more."""
    if heard.act or not is_choice(found) or len(heard.text) > LONGEST or asks(heard.text):
        return None
    spelled = as_it_sounds(heard.text, _words(found))
    if spelled == heard.text:
        return None
    raw, sure = said(found, replace(heard, text=spelled), desk)
    return raw if sure or takes_several(found) else None


def as_it_sounds(text: str, words: tuple[str, ...]) -> str:
    """``text`` with the words it sounds like, longer ones first; as long as it was. A word that stands there stays."""
    sounds = [sound(char) for char in text]
    taken = [False] * len(text)
    for word in sorted(words, key=len, reverse=True):
        wanted = [sound(char) for char in word]
        for at in range(len(text) - len(word) + 1):
            here = slice(at, at + len(word))
            if sounds[here] == wanted and not any(taken[here]):
                text = text[:at] + word + text[at + len(word):]
                taken[here] = [True] * len(word)
    return text


def _words(found: Question) -> tuple[str, ...]:
    """The words of the choices, and their parts: 「快递到家」 of 「快递到家（邮费到付）」."""
    named = (word for one in found.options for word in (one.label, *one.aliases))
    parts = (part for word in named for part in _PARTS.split(word))
    return tuple(dict.fromkeys(part for part in parts if len(part) >= SHORTEST and not is_weak(part)))
