"""A case in blocks: where it stands, what to correct, what came out, what it was worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.blocks import Action, Block, Progress
from bot.dialogue.sights import CaseSight
from bot.render.basics import buttons, card, notice, options
from bot.render.others import pass_on
from bot.wording.wording import Wording

STARS = (5, 4, 3, 2, 1)
_ASKS = ("leg_correction_asked",)
_ON_THE_WAY = frozenset({"leg_accepted", "leg_delivered", "leg_granted", "leg_closed"})
"""Steps of a part of which nobody need be told once it is known to be done."""


def progress_block(say: Wording, case: CaseSight) -> Block:
    """Where a case stands, department by department."""
    legs = tuple({
        "title": leg.title, "department": leg.department, "state": leg.state,
        "says": leg.says or say.first(f"leg.{leg.state}", "leg.other"), "until": leg.until,
    } for leg in case.legs)
    state, actions = say.first(f"case.state.{case.state}", "case.state.other"), tuple(_actions(say, case))
    lines = [say("case.heading", title=case.title, number=case.number, state=state)]
    lines += [say("case.leg", **leg) + (say("case.until", until=leg["until"]) if leg["until"] else "") for leg in legs]
    remarks = tuple(_remarks(say, case))
    lines += [say("case.remark", says=one) for one in remarks]
    return Progress(
        plain="\n".join([*lines, buttons(actions)]).strip(), title=case.title, number=case.number, state=state,
        legs=legs, remarks=remarks,
        timeline=tuple({"at": at, "what": what} for at, what in case.timeline), actions=actions,
    )


def _remarks(say: Wording, case: CaseSight) -> Iterable[str]:
    """What else is to be known or done, first of all what is late."""
    for paper in sorted(case.owed, key=lambda one: not one.late):
        yield say("case.owed_late" if paper.late else "case.owed", title=paper.title, day=paper.day,
                  where=paper.where, number=case.number)
    for one in case.others:
        yield say("case.other", title=one.title, name=one.name, says=one.says)
    if case.reason:
        yield say("case.reason", reason=case.reason)


def _actions(say: Wording, case: CaseSight) -> Iterable[Action]:
    for other in case.others:
        if other.missing:
            yield pass_on(say, f"{case.draft}/{other.key}", other.title)
    if case.demands:
        yield Action(id=f"act:fix:{case.number}", label=say("button.fix_now"), style="primary")
    for paper in case.owed:
        if not paper.late:
            label = say("case.bring", title=paper.title, day=paper.day)
            yield Action(id=f"act:bring:{case.number}/{paper.slot}", label=label, style="primary")
    if case.may_rate:
        yield Action(id=f"act:stars:{case.number}", label=say("button.rate"))
    if case.may_withdraw:
        yield Action(id=f"act:withdraw:{case.number}", label=say("button.withdraw"), style="quiet")


def correction_block(say: Wording, case: CaseSight) -> Block:
    """The one notice of everything to correct."""
    steps = [f"{demand.title}：{demand.says}" if demand.title else demand.says for demand in case.demands]
    facts = [(say("correction.by"), case.correct_by)] if case.correct_by else []
    return card(
        say("correction.title", title=case.title), say("correction.intro", count=len(steps)), facts, steps,
        [Action(id=f"act:fix:{case.number}", label=say("button.fix_now"), style="primary"),
         Action(id="act:person", label=say("button.person"), style="quiet")],
    )


def submitted_blocks(say: Wording, case: CaseSight, *, again: bool = False) -> tuple[Block, ...]:
    """It stands: the number, and what happens now."""
    said = say("submitted.again" if again else "submitted.done", number=case.number, title=case.title)
    return notice("success", said), progress_block(say, case)


def result_blocks(say: Wording, case: CaseSight) -> tuple[Block, ...]:
    """What came out, and five stars to give."""
    facts = [(title, how) for title, how in case.results]
    key = "result.partial" if case.state in ("completed_partial", "completed_none") else "result.title"
    done = card(say(key, title=case.title), say("result.number", number=case.number), facts)
    return (done, stars_block(say, case.number)) if case.may_rate else (done,)


def rejected_block(say: Wording, case: CaseSight) -> Block:
    """It was refused: why, and what can be done about it."""
    facts = [(say("rejected.reason"), case.reason), (say("rejected.remedy"), case.remedy)]
    return card(say("rejected.title", title=case.title), "", [fact for fact in facts if fact[1]],
                actions=[Action(id="act:person", label=say("button.person"))])


def stars_block(say: Wording, number: str) -> Block:
    """How was it?"""
    items = [Action(id=f"act:rate:{number}={stars}", label=say(f"rating.stars_{stars}"), say=str(stars))
             for stars in STARS]
    return options(say("rating.ask"), items)


def tags_block(say: Wording, number: str, stars: int, ticked: Iterable[str] = ()) -> Block:
    """What was good, or what was not; words may be added."""
    chosen = set(ticked)
    words = say.words(f"rating.tags_{stars}")
    items = [Action(id=f"act:tick:rating:{number}={word}", label=word, say=word, chosen=word in chosen)
             for word in words]
    done = Action(id=f"act:done:rating:{number}", label=say("button.rate_done"), style="primary")
    return options(say("rating.tags"), items, say("rating.words"), multi=True, done=done)


def told_blocks(
    say: Wording, case: CaseSight, moves: Sequence[tuple[str, Mapping[str, str]]]
) -> tuple[Block, ...]:
    """What to tell when one thing, or several, happened to a case: steps of departments in one list, and no step that a
    later one makes needless."""
    steps = [one for one in moves if one[0].startswith("leg_") and not (case.demands and one[0] in _ASKS)]
    others = [one for one in moves if one not in steps]
    if any(what.startswith("completed") for what, _ in others):  # its card names every result
        steps = [one for one in steps if one[0] not in _ON_THE_WAY | {"leg_completed"}]
    ended = {params.get("item") for what, params in steps if what == "leg_completed"}
    steps = [one for one in steps if one[0] not in _ON_THE_WAY or one[1].get("item") not in ended]
    told = [block for what, params in others for block in moved_blocks(say, what, case, params)]
    if len(steps) == 1:
        return (*moved_blocks(say, steps[0][0], case, steps[0][1]), *told)
    lines = [say.first(f"case.event.{what}", "case.event.other", **_blanks(case, params)) for what, params in steps]
    listed = [notice("info", "\n".join([say("notify.moved", title=case.title), *(f"· {line}" for line in lines)]))]
    return (*(listed if lines else []), *told)


def moved_blocks(say: Wording, what: str, case: CaseSight, params: Mapping[str, str]) -> tuple[Block, ...]:
    """What to tell when something happened to a case."""
    if case.demands and what in ("returned", "leg_correction_asked"):
        return (correction_block(say, case),)
    if what.startswith("completed"):
        return result_blocks(say, case)
    if what == "rejected":
        return (rejected_block(say, case), *([stars_block(say, case.number)] if case.may_rate else []))
    said = notice("info", say.first(f"notify.{what}", "notify.moved", **_blanks(case, params)))
    # eight departments take many steps: one line each, and the whole table when it is asked for
    return (said,) if what.startswith("leg_") else (said, progress_block(say, case))


def _blanks(case: CaseSight, params: Mapping[str, str]) -> dict[str, str]:
    general = {"item": "", "department": "", "where": params.get("department", "")}
    return {**general, **params, "title": case.title, "number": case.number}
