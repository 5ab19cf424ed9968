"""The draft in blocks: consent, what was looked up, the promise in numbers, all answers, findings, signing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from typing import TYPE_CHECKING, Any

from bot.blocks import Action, Block, Form
from bot.dialogue.desk import Desk
from bot.dialogue.questions import answer_shown, full_key, slot_at
from bot.render.basics import card, label, notice, text
from forms.merged import Finding, Numbers, Section, Slot

if TYPE_CHECKING:
    from forms.engine import ConsentRequest


OUTCOMES = ("got", "nothing_found", "not_allowed", "source_down")


def consent_block(desk: Desk, wanted: ConsentRequest) -> Block:
    """What is to be looked up, for what, and a free choice."""
    say = desk.say
    facts = [
        (say("consent.purpose"), wanted.purpose),
        (say("consent.sources"), "、".join(title for _, title in wanted.sources)),
        (say("consent.items"), "、".join(wanted.items)),
    ]
    return card(
        say("consent.title"), say("consent.only"), facts, source=say("consent.free"),
        actions=[
            Action(id="act:consent:yes", label=say("button.agree"), say=say("button.agree"), style="primary"),
            Action(id="act:consent:no", label=say("button.disagree"), say=say("button.disagree")),
        ],
    )


def prefill_blocks(desk: Desk, asked: Iterable[str]) -> tuple[Block, ...]:
    """What each source asked just now answered, in plain words; in full the first time, then in one line."""
    draft, say, codes = desk.paper, desk.say, set(asked)
    outcomes = _by_source(desk, codes)
    if not outcomes:
        return ()
    if codes != set(draft.facts):
        lines = [f"{desk.source_title(source)}，{say(f'outcome.short_{outcome}')}" for source, outcome in outcomes]
        return (text(say("prefill.more", sources="；".join(lines))),)
    filled = Counter(value.source for value in draft.values.values() if value.origin == "source")
    facts = [
        (desk.source_title(source), say("outcome.seen" if outcome == "got" and not filled[source]
                                        else f"outcome.{outcome}", count=filled[source]))
        for source, outcome in outcomes
    ]
    total = sum(filled.values())
    summary = say("prefill.summary", count=total) if total else say("prefill.nothing")
    return (card(say("prefill.title"), summary, facts, source=say("prefill.note")),)


def _by_source(desk: Desk, codes: Container[str]) -> list[tuple[str, str]]:
    """(source, its best outcome) of the facts under ``codes``, those that gave something first."""
    best: dict[str, str] = {}
    for code, fact in desk.paper.facts.items():
        if code in codes and OUTCOMES.index(fact.outcome) <= OUTCOMES.index(best.get(fact.source, OUTCOMES[-1])):
            best[fact.source] = fact.outcome
    return sorted(best.items(), key=lambda pair: OUTCOMES.index(pair[1]))


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


def check_short(desk: Desk) -> tuple[Block, ...]:
    """What must be fixed and the ways on, when the answers were shown before."""
    look = Action(id="act:check", label=desk.say("button.look_again"), say=desk.say("button.look_again"))
    must = findings_blocks(desk, desk.blockers())
    return (*must, card(desk.say("check.blocked" if must else "check.short"), actions=[*_ways_on(desk), look]))


def blocked(desk: Desk) -> bool:
    """Whether something must be fixed before submitting."""
    return bool(desk.blockers())


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
        fix = Action(id=f"act:change:{full_key(finding.about)}", label=say("button.fix"))
        says = say(finding.says) if say.has(finding.says) else finding.says
        blocks.append(card(say(f"finding.{finding.level}"), says,
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
            "path": f"situation:{found.code}", "key": f"situation:{found.code}", "label": label(found.question),
            "value": shown, "shown": shown, "source": desk.say(f"origin.{answer.origin}"), "status": answer.origin,
            "edit": "free", "reason": "",
        })
    return form(desk, desk.say("check.choices"), rows) if rows else None


def _materials(desk: Desk) -> Block | None:
    rows = []
    for key, answer in desk.paper.materials.items():
        slot = slot_at(desk, key)
        if slot is not None:
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
    return f"{subject.title}{number} · {slot.title}" if subject else slot.title


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
