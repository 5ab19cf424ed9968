"""Guides in the talk: what one-thing it is, and each section of its guide as a card."""

from __future__ import annotations

from bot.blocks import Action, Block
from bot.dialogue.desk import Desk
from bot.render.basics import card
from forms.guides.pages import Row, Section, sections

FIRST = ("materials", "limits", "steps", "where", "choices", "fees")
"""Sections offered first; the others follow after 「更多」."""
MORE = "more"


def guide_block(desk: Desk, code: str, part: str = "") -> Block:
    """A section of a guide, or its beginning with the ways to the sections. ``part`` is a section's code."""
    found = {one.code: one for one in sections(desk.guide(code))}
    if part in found:
        return section_card(found[part], (_to(desk, code, "", "button.guide_back"),))
    about, say = found["about"], desk.say
    shown = [one for one in found.values() if one.code != "about" and (one.code in FIRST) is (part != MORE)]
    ways = [_to(desk, code, one.code, label=one.title) for one in shown]
    turn = _to(desk, code, "", "button.guide_back") if part == MORE else _to(desk, code, MORE, "button.guide_more")
    title = say("talk.guide", title=desk.title(code))
    if part == MORE:
        return card(title, actions=(*ways, turn))
    address = say("talk.guide_page", path=f"/guides/{code}")
    return card(title, "\n".join(about.text), [fact(row) for row in about.rows], actions=(*ways, turn), source=address)


def section_card(section: Section, actions: tuple[Action, ...] = ()) -> Block:
    """All of one section."""
    return card(section.title, "\n".join(section.text), [fact(row) for row in section.rows], section.steps, actions)


def fact(row: Row) -> tuple[str, str]:
    """A row as label and value."""
    lines = (f"{label}：{said}" if label else said for label, said in row.lines)
    return row.title, "\n".join(part for part in (row.mark, *lines) if part)


def papers_card(desk: Desk, code: str, *, begin: bool) -> Block:
    """What papers are needed and how each is given, in short; the rest of the section is one press away."""
    papers = desk.guide(code).materials
    facts = [(one.title, desk.say("talk.joined").join(way.says for way in one.ways[:1])) for one in papers]
    start = Action(id=f"act:begin:{code}", label=desk.say("button.begin"), style="primary")
    actions = (*((start,) if begin else ()), _to(desk, code, "materials", "button.guide_papers"))
    return card(desk.say("talk.materials"), desk.say("talk.materials_later") if begin else "", facts, actions=actions)


def limits_card(desk: Desk, code: str, title: str) -> Block:
    """How long it takes: the whole, which the title says, and every item."""
    section = next(one for one in sections(desk.guide(code)) if one.code == "limits")
    return card(title, "\n".join(section.text[1:]), [fact(row) for row in section.rows])


def where_card(desk: Desk, code: str) -> Block:
    """Where to go and whom to call."""
    return section_card(next(one for one in sections(desk.guide(code)) if one.code == "where"))


def _to(desk: Desk, code: str, part: str, key: str = "", label: str = "") -> Action:
    label = label or desk.say(key)
    return Action(id=f"act:guide:{code}={part}" if part else f"act:guide:{code}", label=label, say=label, style="quiet")
