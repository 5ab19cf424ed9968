"""What was labelled, sentences written by hand, and what citizens want that we lack."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from aiohttp import web

from console.asking import Asking, page
from console.bench import by, catalogue_of, in_words, intents_named, is_intent, known_of, refuses, title_of
from console.pages import go
from console.wording import words
from intents.data_checks import FEW, check
from intents.demand import demand, week_starts
from intents.labels import WISH, give
from intents.models import Label
from nlu.normalise import clean

routes = web.RouteTableDef()
SHOWN = 300


@dataclass(frozen=True)
class Act:
    """Labels given in one act."""

    batch: UUID
    labels: tuple[Label, ...]
    title: str

    @property
    def first(self) -> Label:
        """One of them: who and when is the same for all."""
        return self.labels[0]

    @property
    def exported(self) -> bool:
        """Whether all of them stand in the files."""
        return all(label.exported_at for label in self.labels)


async def _acts(ask: Asking) -> list[Act]:
    acts: dict[UUID, list[Label]] = {}
    for label in await Label.all().order_by("-at", "batch").limit(SHOWN):
        acts.setdefault(label.batch, []).append(label)
    return [Act(batch, tuple(labels), title_of(ask.desk, labels[0].intent)) for batch, labels in acts.items()]


async def _page(ask: Asking, status: int = 200, wrong: str = "", **typed: object) -> web.Response:
    acts, known = await _acts(ask), await known_of(ask.desk)
    few = sorted((known.counts.get(code, 0), entry.title) for code, entry in catalogue_of(ask.desk).entries.items())
    open_ = await Label.filter(state="accepted", exported_at=None).count()
    if ask.wants_json:
        return ask.told({"csrf": ask.member.csrf, "wrong": wrong, "not_exported": open_, "labels": [
            {"batch": str(act.batch), "intent": act.first.intent, "wish": act.first.wish, "by": act.first.by_name,
             "at": act.first.at.isoformat(), "state": act.first.state, "exported": act.exported,
             "texts": [label.text for label in act.labels]} for act in acts]}, status)
    return ask.show(
        "labels.html", status, acts=acts, wrong=wrong, entries=catalogue_of(ask.desk).entries, open=open_,
        few=[(count, title) for count, title in few if count < FEW], limit=FEW,
        typed={"text": "", "other": "", "said": (), "sure": False} | typed,
    )


@routes.get("/understanding/labels")
@page("train")
async def labels(ask: Asking) -> web.Response:
    """What was labelled lately, each act with its undo; a sentence may be written by hand."""
    return await _page(ask)


@routes.post("/understanding/write")
@page("train")
async def write(ask: Asking) -> web.Response:
    """Keep a sentence written by hand, under the same checks as any other."""
    text, other = clean(ask.given("text")), ask.given("other")
    intent = other if is_intent(ask.desk, other) else next(iter(_only(intents_named(ask.desk, other))), "")
    if not intent:
        return await _page(ask, 422, words()("bench.nothing", text=other[:40]), text=text, other=other)
    remarks = check(text, intent, await known_of(ask.desk))
    if refuses(remarks, ask.given("sure") == "1"):
        said = in_words(ask.desk, remarks)
        sure = all(one.level != "stop" for one in said)
        return await _page(ask, 409, words()("bench.refused"), text=text, other=other, said=said, sure=sure)
    await give([text], intent, by(ask.staff), ask.given("wish")[:40] if intent == WISH else "")
    return ask.told({"done": True}) if ask.wants_json else go("/understanding/labels")


def _only(named: list[str]) -> list[str]:
    return named if len(named) == 1 else []


@routes.get("/understanding/demand")
@page("train")
async def wishes(ask: Asking) -> web.Response:
    """What citizens wanted in the last weeks that is none of our one-things."""
    found, starts = await demand(), week_starts()
    if ask.wants_json:
        return ask.told({"weeks": [day.isoformat() for day in starts], "demand": [
            {"title": one.title, "named": one.named, "count": one.count, "weeks": one.weeks, "trend": one.trend,
             "examples": one.examples} for one in found]})
    return ask.show("demand.html", found=found[:60], starts=starts,
                    most=max((count for one in found for count in one.weeks), default=1))
