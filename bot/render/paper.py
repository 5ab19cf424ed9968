"""The draft in blocks: consent, what was looked up, the promise in numbers, all answers, findings, signing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bot.blocks import Action, Block, Form
from bot.dialogue.desk import Desk
from bot.dialogue.questions import answer_shown, full_key, slot_at
from bot.render.basics import card, notice
from forms.merged import Finding, Numbers, Section

if TYPE_CHECKING:
    from forms.engine import ConsentRequest


def consent_block(desk: Desk, wanted: ConsentRequest) -> Block:
    """What is to be looked up, for what, and a free choice."""
    say = desk.say
    facts = [
        (say("consent.purpose"), wanted.purpose),
        (say("consent.sources"), "、".join(title for _, title in wanted.sources)),
        (say("consent.items"), "、".join(wanted.items)),
    ]
    return card(
        say("consent.title"), wanted.text, facts, source=say("consent.free"),
        actions=[
            Action(id="act:consent:yes", label=say("button.agree"), say=say("button.agree"), style="primary"),
            Action(id="act:consent:no", label=say("button.disagree"), say=say("button.disagree")),
        ],
    )


def prefill_blocks(desk: Desk, asked: Iterable[str]) -> tuple[Block, ...]:
    """What each source asked just now answered, in plain words."""
    draft, say = desk.paper, desk.say
    facts = [draft.facts[code] for code in asked if code in draft.facts]
    if not facts:
        return ()
    filled = Counter(value.source for value in draft.values.values() if value.origin == "source")
    best: dict[str, str] = {}
    order = ("source_down", "not_allowed", "nothing_found", "got")
    for fact in facts:
        if order.index(fact.outcome) >= order.index(best.get(fact.source, "source_down")):
            best[fact.source] = fact.outcome
    lines = [
        (desk.source_title(source), say(f"outcome.{outcome}" if outcome != "got" or filled[source] else "outcome.seen",
                                        count=filled[source]))
        for source, outcome in best.items()
    ]
    total = sum(filled.values())
    summary = say("prefill.summary", count=total) if total else say("prefill.nothing")
    return (card(say("prefill.title"), summary, lines, source=say("prefill.note")),)


def numbers_block(desk: Desk, numbers: Numbers, actions: Iterable[Action] = ()) -> Block:
    """The promise in numbers, computed for this very draft."""
    say = desk.say
    facts = [
        (say("numbers.forms"), say("numbers.became", before=numbers.forms_before, after=numbers.forms_after)),
        (say("numbers.fields"), say("numbers.fields_became", before=numbers.fields_before, after=numbers.fields_after)),
        (say("numbers.filled"), say("numbers.filled_by", prefilled=numbers.prefilled, asked=numbers.asked)),
        (say("numbers.materials"), say("numbers.no_upload", all=numbers.materials_after,
                                       without=numbers.without_upload)),
        (say("numbers.visits"), say("numbers.times", count=numbers.visits) if numbers.visits
         else say("numbers.no_visit")),
        (say("numbers.days"), say("numbers.working_days", days=numbers.promised_days) if numbers.promised_days
         else say("numbers.at_once")),
    ]
    title = say("numbers.title", items=numbers.items, departments=numbers.departments)
    return card(title, facts=facts, actions=actions)


def offline_block(desk: Desk, code: str) -> Block:
    """An answer that ends the online way: where to go instead, said honestly."""
    option, say = desk.engine.offline(desk.paper), desk.say
    actions = [
        Action(id=f"act:change:situation:{code}", label=say("button.change_answer"), say=say("button.change_answer")),
        Action(id="act:park", label=say("button.park"), say=say("button.park"), style="quiet"),
        Action(id="act:person", label=say("button.person"), say=say("button.person"), style="quiet"),
    ]
    return card(say("offline.title"), option.offline if option else "", actions=actions, source=say("offline.kept"))


def check_blocks(desk: Desk, *, again: bool = False) -> tuple[Block, ...]:
    """All answers by section with where they came from, the findings, the numbers, and the way on."""
    merged, say = desk.engine.merged(desk.paper), desk.say
    findings = _findings(desk)
    blocks: list[Block] = [notice("info", say("check.again" if again else "check.intro"))]
    blocks += [block for section in merged.sections if (block := _section(desk, section))]
    blocks += [block for block in (_situations(desk), _materials(desk)) if block]
    blocks += findings_blocks(desk, findings)
    return (*blocks, numbers_block(desk, desk.engine.numbers(desk.paper), _ways_on(desk)))


def check_short(desk: Desk) -> Block:
    """Only the ways on from the check, when the answers were shown before."""
    look = Action(id="act:check", label=desk.say("button.look_again"), say=desk.say("button.look_again"))
    return card(desk.say("check.short"), actions=[*_ways_on(desk), look])


def blocked(desk: Desk) -> bool:
    """Whether something must be fixed before submitting."""
    return bool(desk.engine.blockers(desk.paper))


def _findings(desk: Desk) -> tuple[Finding, ...]:
    """What must be fixed first, then the rest of what the check found."""
    blocking = desk.engine.blockers(desk.paper)
    return (*blocking, *(one for one in desk.engine.review(desk.paper) if one.level != "block"))


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
        fix = Action(id=f"act:change:{full_key(finding.about)}", label=say("button.fix"))
        blocks.append(card(say(f"finding.{finding.level}"), finding.says,
                           actions=() if finding.level == "manual" else (fix,)))
    return blocks


def _section(desk: Desk, section: Section) -> Block | None:
    rows = [_row(desk, field.path, field.title, field.edit) for field in section.fields
            if field.path in desk.paper.values]
    return form(desk, section.title, rows) if rows else None


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
    rows = []
    for found, answer in desk.engine.situations(desk.paper):
        if answer is None:
            continue
        shown = answer_shown(desk, f"situation:{found.code}") or desk.say("check.none")
        rows.append({
            "path": f"situation:{found.code}", "key": f"situation:{found.code}", "label": found.question,
            "value": shown, "shown": shown, "source": desk.say(f"origin.{answer.origin}"), "status": answer.origin,
            "edit": "free", "reason": "",
        })
    return form(desk, desk.say("check.choices"), rows) if rows else None


def _materials(desk: Desk) -> Block | None:
    rows = []
    for key, answer in desk.paper.materials.items():
        slot = slot_at(desk, key)
        if slot is not None:
            way = desk.say(f"way.{answer.way}")
            rows.append({
                "path": f"material:{key}", "key": f"material:{key}", "label": slot.title, "value": way, "shown": way,
                "source": "", "status": answer.way, "edit": "free", "reason": "",
            })
    return form(desk, desk.say("check.materials"), rows) if rows else None


def form(desk: Desk, title: str, rows: Iterable[dict[str, Any]]) -> Form:
    """Rows as a form block; its plain text has one row a line with its source."""
    rows = tuple(rows)
    lines = [f"{row['label']}：{row['shown']}" + (f"（{row['source']}）" if row["source"] else "") for row in rows]
    return Form(plain="\n".join([title, *lines]), title=title, fields=rows)


def sign_block(desk: Desk) -> Block:
    """The pledge, and the two ways to sign."""
    say = desk.say
    actions = (
        Action(id="act:sign", label=say("button.sign"), style="primary"),
        Action(id="act:back", label=say("button.look_again"), style="quiet"),
    )
    return card(say("sign.title"), desk.definition.pledge, [(say("sign.signer"), desk.name)], actions=actions,
                source=say("sign.how"))
