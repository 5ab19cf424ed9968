"""Free words as a value: a name, a number, an address; and how plainly they are one."""

from __future__ import annotations

from bot.dialogue.born import how_many
from bot.dialogue.desk import Desk
from bot.dialogue.heard import Heard
from bot.dialogue.kinds import kind_for
from bot.dialogue.marks import bare, softened
from bot.dialogue.questioning import asks
from bot.dialogue.residue import beside
from bot.dialogue.said_for import SELF, of_entity
from bot.dialogue.shapes import is_none, is_solid, trimmed, unwrapped, whole_address
from bot.dialogue.siblings import siblings
from forms.merging.merged import Question

STEERING = frozenset({"yes", "no", "submit", "thanks", "greet"})
"""Words that steer the talk are never a name, an address or any other free value."""
LONGEST_DONT_KNOW = 12
NUMBERED = frozenset({"text", "certificate_number"})
"""Types that may hold a number that looks like one of a person: shown back for a nod."""
MUCH = 4
"""Characters with a meaning of their own from which on a value is only mentioned: 「我要注销文三路90号的公司」."""


def typed(found: Question, heard: Heard, desk: Desk) -> str | None:
    """Free words as a value: the one entity of the right kind, or all of the words."""
    text = _free(found, heard)
    if heard.act in STEERING or does_not_know(text, desk) or bare(text) in desk.say.steering:
        return None
    kind = kind_for(found)
    if found.type not in NUMBERED and _is_number(bare(text), heard, kind):
        return None
    if many := how_many(found, heard):
        return many
    if address := whole_address(found, text):
        return address
    each = siblings(found, [one for one in heard.read.entities if one.kind == kind], heard, desk)
    if value := each or of_entity(found, heard, desk):
        return value
    return None if asks(_politely(found, heard)) or is_none(found, bare(text)) else text or None


def _is_number(said: str, heard: Heard, kind: str | None) -> bool:
    """Whether the words are a telephone or an id number and nothing else, where no such number was asked for."""
    numbers = [one for one in heard.read.entities if one.kind in SELF and one.kind != kind]
    return any(said in (one.text, one.value) for one in numbers)


def _free(found: Question, heard: Heard) -> str:
    """The words without what is said around a value."""
    return unwrapped(found, trimmed(_politely(found, heard)))


def _politely(found: Question, heard: Heard) -> str:
    """The words without the polite question at the end of a value."""
    return softened(heard.text, lambda left: is_solid(found, unwrapped(found, left), heard))


def is_plain(found: Question, heard: Heard, desk: Desk) -> bool:
    """Whether free words have the shape of what is asked, or hold a value of its kind and little else."""
    if _is_number(bare(heard.text), heard, kind_for(found)):
        return False
    if is_solid(found, _free(found, heard), heard) or whole_address(found, _free(found, heard)):
        return True
    raw = typed(found, heard, desk)
    within = [(one.start, one.end) for one in heard.read.entities]
    return any(raw == one.value for one in heard.read.entities) and beside(found, heard.text, within) < MUCH


def does_not_know(text: str, desk: Desk) -> bool:
    """「手机号不知道」 is no number."""
    plain = bare(text)
    return len(plain) <= LONGEST_DONT_KNOW and plain.endswith(desk.say.words("heard.dont_know"))
