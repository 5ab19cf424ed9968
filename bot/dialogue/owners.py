"""Whose a value is: the one who is spoken of last before it. 「我老公叫…，他电话…；孩子叫…」."""

from __future__ import annotations

import re

from bot.dialogue.desk import Desk
from bot.dialogue.heard import Heard
from bot.wording.wording import Wording
from forms.merging.merged import Question
from intents.understanding import Entity
from nlu.entities.kin import KIN_WORD, kin
from nlu.entities.relations import SURNAMED, without_sides

_PARTS = re.compile(r"[（(）)、]")
_SELF = re.compile(
    r"(?:我|俺|本人)(?:就?是|叫|的)?(?:名字|姓名|大名|电话|手机号?|号码|身份证号?码?)?(?:是|叫|[:：])?\s*\Z"
)
"""「我叫」, 「我的电话是」 right before a value: it is the citizen's own."""
_CHILD = "孩子"
_IS = re.compile(
    rf"(?:\s*[（(](?:我|俺|孩子的?)?(?P<named>{KIN_WORD})[）)]|[，,]?就?是(?:我|俺|咱|孩子的?)?(?P<who>{KIN_WORD})(?=的|[，,。;；!！]|$))"
)
_SAME_ONE = re.compile(r"(?:就?是|为)?(?:我|俺|咱|他|她|孩子)?的?")
NEAR = 8
"""What a value is for stands at most this many characters before it."""
PERSONAL = frozenset({"name", "id_number"})
"""Kinds of values that belong to one person and to nobody else."""
PEOPLE = frozenset({"kin", "sex", "behalf"})
"""Kinds that tell who is spoken of."""
OWNED = frozenset({"name", "id_number", "phone", "date", "hospital"})
"""Kinds of values before which somebody is named only to say whose they are."""
_PAUSE = re.compile(r"[，,。；;！!？?、\s]")
_LONGEST_CUE = 4


def subject_of(question: Question) -> str:
    """``baby`` of ``baby[2].name``."""
    return question.key.partition(".")[0].partition("[")[0]


def words_of(subject: str, title: str, say: Wording) -> tuple[str, ...]:
    """What a subject is called: its title, and what people say."""
    names = f"heard.subject.{subject}"
    return (*filter(None, _PARTS.split(title)), *(say.words(names) if say.has_list(names) else ()))


def is_child(subject: str, desk: Desk) -> bool:
    """Whether a subject is somebody's child."""
    return _CHILD in words_of(subject, desk.definition.subjects[subject].title, desk.say)


def mine(desk: Desk) -> list[str]:
    """The parts of the form that are the citizen's own."""
    login = desk.paper.login
    if login is None:
        return []
    return [subject for subject in desk.definition.subjects
            if (value := desk.paper.values.get(f"{subject}.id_number")) and value.value == login.id_number]


def owner(entity: Entity, heard: Heard, desk: Desk) -> str | None:
    """The subject a value belongs to by the words beside it; empty when they name somebody who is not in the form, or
    None when they name nobody. Whose side or surname is spoken of owns nothing: 「跟他妈姓，叫…」."""
    at = entity.start + max(entity.text.find(entity.value), 0)
    if _SELF.search(heard.text, max(0, at - NEAR), at):
        return next(iter(mine(desk)), None)
    if after := _said_after(heard.text[entity.end:], desk):
        return after
    before, best = without_sides(heard.text)[:entity.end], (-1, 0, "")
    for code, subject in desk.definition.subjects.items():
        for word in (*words_of(code, subject.title, desk.say), *((SURNAMED,) if is_child(code, desk) else ())):
            best = max(best, (before.rfind(word), len(word), code))
    if entity.kind in PERSONAL and _somebody_else(before, best[0] + best[1]):
        return ""
    return best[2] if best[0] >= 0 else None


def _said_after(rest: str, desk: Desk) -> str:
    """「李小红是我媳妇」, 「李小红（妈妈）」: the subject named right after a value."""
    found = _IS.match(rest)
    named = (found["named"] or found["who"]) if found else ""
    return next((code for code, subject in desk.definition.subjects.items()
                 if named in words_of(code, subject.title, desk.say)), "")


def _somebody_else(before: str, known: int) -> bool:
    """Whether the one who is spoken of last is nobody of the form: 「孩子叫…，我妈叫…」. ``known`` is where the last
    word for one of them ends; 「户主是爷爷，叫…」 is still the head of the household."""
    spoken = [one for one in kin(before, before) if one.end > known]
    return bool(spoken) and not _SAME_ONE.fullmatch(before, known, spoken[-1].start)


def unowned(heard: Heard) -> str:
    """The words without values that are somebody's and whose they are: 「我老婆叫李小红」 chooses no side.

    Where something is put right, whose it is may stand before a pause: 「我老婆名字错了，应该是李小兰」.
    """
    text, far = heard.text, heard.act == "correct"
    people = [one for one in heard.read.entities if one.kind in PEOPLE]
    for value in sorted((one for one in heard.read.entities if one.kind in OWNED), key=lambda one: -one.start):
        near = [one.start for one in people
                if one.end <= value.start and (far or not _PAUSE.search(text, one.end, value.start))]
        after = _IS.match(text, value.end)
        if near or after:
            text = text[:min([*near, value.start])] + text[after.end() if after else value.end:]
    return text


def about(entity: Entity, question: Question, heard: Heard, desk: Desk) -> bool:
    """Whether the words before a value say that it is this question's."""
    title = question.title.rpartition("·")[2].strip()
    before = heard.text[max(0, entity.start - NEAR):entity.end]
    named = len(title) > 1 and (title in before or (len(title) > _LONGEST_CUE and title[-_LONGEST_CUE:] in before))
    return named or owner(entity, heard, desk) == subject_of(question)


def strange(entity: Entity, question: Question, heard: Heard, desk: Desk) -> bool:
    """Whether a value is plainly somebody else's."""
    if entity.kind not in PERSONAL or about(entity, question, heard, desk):
        return False
    whose = owner(entity, heard, desk)
    return whose is not None and whose != subject_of(question)
