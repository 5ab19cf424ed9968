"""Moving about in the draft in hand: back, skip, change, ways to give a material."""

from __future__ import annotations

from bot.dialogue.again import again, carry_on, on_table
from bot.dialogue.answering import answered
from bot.dialogue.desk import Desk
from bot.dialogue.drafting import Correcting, Signing
from bot.dialogue.heard import Heard
from bot.dialogue.onward import ask, change, check, drafted, onward
from bot.dialogue.outcome import Outcome, SaveDraft, at
from bot.dialogue.questions import full_key, question, slot_at, split
from bot.dialogue.state import State
from bot.render.answers import dont_know_block
from bot.render.basics import notice, text
from core.clock import now
from core.errors import InvalidAnswer
from forms.draft import MaterialAnswer


def back(state: State, heard: Heard, desk: Desk) -> Outcome:
    """One question back, with the answer it has."""
    stage = drafted(state)
    if isinstance(stage, Signing):
        return check(state, desk)
    trail = list(state.trail)
    while trail and not isinstance(stage, Correcting):
        key = trail.pop()
        found = question(desk, key)
        if found is not None and key != on_table(stage):
            return ask(at(state, stage, trail=tuple(trail)), desk, found)
    return again(state, desk).after(text(desk.say("back.first")))


def skip(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Leave out what is optional, or what is not known now and need not be."""
    key = heard.ref or on_table(state.stage)
    found = question(desk, key) if key else None
    if found is None:
        return again(state, desk)
    if found.kind == "situation" or not (found.optional or found.unknown):
        return again(state, desk, brief=True).after(dont_know_block(desk.say, found))
    name = split(key)[1] if found.kind == "field" else key
    draft = desk.engine.skip(desk.paper, name)
    outcome = onward(answered(state, key), desk.holding(draft)).doing(SaveDraft(draft))
    return outcome.after(text(desk.say("answer.unknown_taken", says=found.unknown))) if found.unknown else outcome


def changed(state: State, about: str, desk: Desk) -> Outcome:
    """Ask once more what was answered; of a fetched value say what changing it means."""
    key = full_key(about)
    outcome = change(state, desk, key)
    if outcome is None:
        return carry_on(state, desk, text(desk.say("amend.not_this")))
    kind, path = split(key)
    value = desk.paper.values.get(path) if kind == "field" else None
    if value is not None and value.origin == "source":
        source = desk.source_title(value.source or "")
        return outcome.after(notice("info", desk.say("contest.how", source=source)))
    return outcome


def way(state: State, heard: Heard, desk: Desk) -> Outcome:
    """A way to give a material: a pledge, bringing it later, the window. ``act:way:material:<slot>=<way>``."""
    key, chosen = heard.pair
    slot = slot_at(desk, split(key)[1])
    offered = {one.way: one for one in slot.ways if one.way in ("pledge", "deferred", "window")} if slot else {}
    picked = next((one for one in offered if one == chosen), None)
    if picked is None:
        return again(state, desk)
    return _provide(state, desk, key, MaterialAnswer(way=picked, at=now()))


def uploaded(state: State, heard: Heard, desk: Desk) -> Outcome:
    """Files lie in a slot: ``act:uploaded:<slot>``; which ones was looked up by those who may."""
    slot = heard.ref.removeprefix("material:")
    if not heard.files or slot_at(desk, slot) is None:
        return again(state, desk).after(text(desk.say("answer.material")))
    given = MaterialAnswer(way="upload", at=now(), files=list(heard.files))
    return _provide(state, desk, f"material:{slot}", given)


def _provide(state: State, desk: Desk, key: str, given: MaterialAnswer) -> Outcome:
    try:
        draft = desk.engine.provide(desk.paper, split(key)[1], given)
    except InvalidAnswer as problem:
        said = desk.say.first(f"invalid.{problem.reason}", "invalid.other", title="", **problem.details)
        return again(state, desk).after(notice("error", said))
    said = desk.say(f"given.{given.way}") + (_window(desk, split(key)[1]) if given.way == "window" else "")
    return onward(answered(state, key), desk.holding(draft)).after(text(said)).doing(SaveDraft(draft))


def _window(desk: Desk, slot: str) -> str:
    """Where a material is brought, when its office is known by name."""
    found = slot_at(desk, slot)
    office = next((one.office for one in found.ways if one.way == "window"), "") if found else ""
    return desk.engine.whereto(desk.paper.region, office).says if office else ""
