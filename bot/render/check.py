"""The check of the answers before signing: the citizen's own or all of them, findings, and the ways on."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

from bot.blocks import Action, Block, Form
from bot.dialogue.desk import Desk
from bot.dialogue.questions import answer_shown, full_key, slot_at
from bot.render.basics import card, label, notice
from bot.render.others import of_others, others_block
from bot.render.paper import numbers_block
from bot.render.place import place_rows
from forms.merging.merged import Finding, Section, Slot

OWN = ("citizen", "corrected", "contested")
"""Status of what came from the citizen."""
GIVEN = ("pledge", "deferred", "upload", "window")
"""Ways of a material that want something of the citizen."""
WAYS = (*GIVEN, "licence", "generated", "verified")


def check_blocks(desk: Desk, *, again: bool = False) -> tuple[Block, ...]:
    """All answers by section with where they came from, the findings, the numbers, and the way on."""
    merged, say = desk.engine.merged(desk.paper), desk.say
    findings = _findings(desk)
    blocks: list[Block] = [notice("info", say("check.again" if again else "check.intro"))]
    blocks += [block for section in merged.sections if (block := _section(desk, section))]
    blocks += [block for block in (_situations(desk), _materials(desk)) if block]
    blocks += [*findings_blocks(desk, findings), *others_block(desk, always=True)]
    return (*blocks, numbers_block(desk, desk.engine.numbers(desk.paper), _ways_on(desk)))


def check_mine(desk: Desk, *, again: bool = False) -> tuple[Block, ...]:
    """Only what the citizen typed or chose; all the rest stays one press away."""
    merged, say = desk.engine.merged(desk.paper), desk.say
    rows = [row | {"label": desk.engine.title(desk.paper, row["path"])}
            for section in merged.sections for row in _rows(desk, section) if row["status"] in OWN]
    chosen = [row for row in _situation_rows(desk) if row["status"] in OWN]
    blocks: list[Block] = [notice("info", say("check.again" if again else "check.mine"))]
    blocks += [form(desk, say("check.choices"), chosen)] if chosen else []
    blocks += [form(desk, say("check.yours"), rows)] if rows else []
    blocks += [block for block in (_materials(desk, GIVEN), *findings_blocks(desk, _findings(desk))) if block]
    blocks += others_block(desk, always=True)
    return (*blocks, numbers_block(desk, desk.engine.numbers(desk.paper), [*_ways_on(desk), _see_all(desk)]))


def reopened(desk: Desk, blocks: Iterable[Block], keys: Container[str], *, only: bool) -> tuple[Block, ...]:
    """The same blocks in a correction: rows outside ``keys`` cannot be changed and, with ``only``, are left out."""
    found: list[Block] = []
    for block in blocks:
        if not isinstance(block, Form):
            found.append(block)
            continue
        rows = [row if row["key"] in keys else row | {"edit": "closed"} for row in block.fields
                if not only or row["key"] in keys]
        found += [form(desk, block.title, rows)] if rows else []
    return tuple(found)


def _see_all(desk: Desk) -> Action:
    return Action(id="act:check", label=desk.say("button.see_all"), say=desk.say("button.see_all"))


def check_short(desk: Desk) -> tuple[Block, ...]:
    """What must be fixed and the ways on, when the answers were shown before."""
    must = (*findings_blocks(desk, desk.blockers()), *others_block(desk))
    says = desk.say(blocked_by(desk) or "check.short")
    return (*must, card(says, actions=[*_ways_on(desk), _see_all(desk)]))


def blocked(desk: Desk) -> bool:
    """Whether something must be fixed before submitting."""
    return bool(desk.blockers())


def blocked_by(desk: Desk) -> str:
    """The sentence that says why it cannot be submitted yet; nothing when it can."""
    found = desk.blockers()
    if not found:
        return ""
    own = [one for one in found if not of_others(one)]
    if not own:
        declined = any(one.state == "declined" for one in desk.engine.confirmations(desk.paper))
        return "others.refused" if declined else "others.only"
    return "check.not_yet" if all(_looked_up(desk, one) for one in own) else "check.blocked"


def _looked_up(desk: Desk, finding: Finding) -> bool:
    """Whether it is about a value that the records hold: there is nothing to put right, unless the record is wrong."""
    value = desk.paper.values.get(finding.about)
    return value is not None and value.origin == "source" and value.did in (None, "kept")


def _findings(desk: Desk) -> tuple[Finding, ...]:
    """What must be fixed first, then the rest of what the check found."""
    return (*desk.blockers(), *(one for one in desk.engine.review(desk.paper) if one.level != "block"))


def _ways_on(desk: Desk) -> list[Action]:
    say = desk.say
    sign = Action(id="act:sign_now", label=say("button.to_sign"), say=say("button.to_sign"), style="primary")
    person = Action(id="act:person", label=say("button.person"), say=say("button.person"), style="quiet")
    return [person] if blocked(desk) else [sign, person]


def findings_blocks(desk: Desk, findings: Iterable[Finding]) -> list[Block]:
    """What the check found: must be fixed, may be wrong, or a person will look."""
    say = desk.say
    blocks: list[Block] = []
    for finding in findings:
        if of_others(finding):
            continue
        found = _looked_up(desk, finding)
        fix = Action(id=f"act:change:{full_key(finding.about)}", label=say("button.doubt" if found else "button.fix"))
        says = say(finding.says) if say.has(finding.says) else finding.says
        title = say("finding.block_found" if found and finding.level == "block" else f"finding.{finding.level}")
        blocks.append(card(title, says, actions=() if finding.level == "manual" else (fix,)))
    return blocks


def _section(desk: Desk, section: Section) -> Block | None:
    rows = _rows(desk, section)
    return form(desk, section.title, rows) if rows else None


def _rows(desk: Desk, section: Section) -> list[dict[str, Any]]:
    return [_row(desk, field.path, field.title, field.edit) for field in section.fields
            if field.path in desk.paper.values]


def _row(desk: Desk, path: str, title: str, edit: str) -> dict[str, Any]:
    value, shown = desk.paper.values[path], desk.engine.masked(desk.paper, path)
    status = value.did or value.origin
    source = desk.engine.describe(desk.paper, path).text
    why = desk.say("check.locked", source=desk.source_title(value.source or ""))
    locked = edit == "locked" and value.origin == "source"
    return {
        "path": path, "key": f"field:{path}", "label": title, "value": shown, "shown": shown, "source": source,
        "status": status, "edit": edit, "reason": why if locked else "",
    }


def _situations(desk: Desk) -> Block | None:
    rows = _situation_rows(desk)
    return form(desk, desk.say("check.choices"), rows) if rows else None


def _situation_rows(desk: Desk) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = place_rows(desk)
    for found, answer in desk.engine.situations(desk.paper):
        if answer is None:
            continue
        shown = answer_shown(desk, f"situation:{found.code}") or desk.say("check.none")
        rows.append({
            "path": f"situation:{found.code}", "key": f"situation:{found.code}", "label": label(found.question),
            "value": shown, "shown": shown, "source": desk.say(f"origin.{answer.origin}"), "status": answer.origin,
            "edit": "free", "reason": "",
        })
    return rows


def _materials(desk: Desk, ways: Container[str] = WAYS) -> Block | None:
    """The materials that go one of ``ways``."""
    rows = []
    for key, answer in desk.paper.materials.items():
        slot = slot_at(desk, key)
        if slot is not None and answer.way in ways:
            way, about = desk.say(f"way.{answer.way}"), f"material:{key}"
            rows.append({
                "path": about, "key": about, "label": _slot_title(desk, slot), "value": way, "shown": way,
                "source": "", "status": answer.way, "edit": "free", "reason": "",
            })
    return form(desk, desk.say("check.materials"), rows) if rows else None


def _slot_title(desk: Desk, slot: Slot) -> str:
    """The material with whose it is."""
    subject = desk.definition.subjects.get(slot.subject)
    number = str(slot.index) if slot.index and desk.paper.counts.get(slot.subject, 1) > 1 else ""
    whose = f"{subject.title}{number}" if subject else ""
    return slot.title if slot.title.startswith(whose) else f"{whose} · {slot.title}"


def form(desk: Desk, title: str, rows: Iterable[dict[str, Any]]) -> Form:
    """Rows as a form block; its plain text has one row a line with its source."""
    rows = tuple(rows)
    lines = [f"{row['label']}：{row['shown']}" + (f"（{row['source']}）" if row["source"] else "") for row in rows]
    return Form(plain="\n".join([title, *lines]), title=title, fields=rows)
