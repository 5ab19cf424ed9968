"""What was labelled, sentences written by hand, and what citizens want that we lack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from aiohttp import web

from console.asking import Asking, page
from console.bench import Said, by, catalogue_of, in_words, intents_named, is_intent, known_of, title_of
from console.pages import go
from console.routes.understanding import done_last
from console.wording import words
from intents.data_checks import FEW
from intents.demand import demand, week_starts
from intents.keeping import keep
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


@dataclass(frozen=True)
class Typed:
    """A sentence written by hand that was not kept, and why."""

    text: str = ""
    other: str = ""
    """The one-thing as it was typed."""
    said: Sequence[Said] = ()
    title: str = ""
    """Of the one-thing that was found by it."""
    named: Sequence[tuple[str, str]] = ()
    """(code, title) of the one-things that have that name."""

    @property
    def sure(self) -> bool:
        """Whether it may be kept nevertheless."""
        return bool(self.said) and all(one.level != "stop" for one in self.said)

    def as_data(self) -> dict[str, object]:
        """The same for programs, in the shape of a refused label of the queue."""
        return {"may": self.sure, "named": list(self.named), "remarks": [vars(one) for one in self.said]}


async def _acts(ask: Asking) -> list[Act]:
    acts: dict[UUID, list[Label]] = {}
    for label in await Label.all().order_by("-at", "batch").limit(SHOWN):
        acts.setdefault(label.batch, []).append(label)
    return [Act(batch, tuple(labels), title_of(ask.desk, labels[0].intent)) for batch, labels in acts.items()]


async def _page(ask: Asking, status: int = 200, wrong: str = "", typed: Typed | None = None) -> web.Response:
    acts, known = await _acts(ask), await known_of(ask.desk)
    few = sorted((known.counts.get(code, 0), entry.title) for code, entry in catalogue_of(ask.desk).entries.items())
    open_ = await Label.filter(state="accepted", exported_at=None).count()
    if ask.wants_json:
        told = {"refused": {"wrong": wrong, **typed.as_data()}} if typed else {}
        return ask.told({"csrf": ask.member.csrf, "wrong": wrong, "not_exported": open_, "labels": [
            {"batch": str(act.batch), "intent": act.first.intent, "wish": act.first.wish, "by": act.first.by_name,
             "at": act.first.at.isoformat(), "state": act.first.state, "exported": act.exported,
             "texts": [label.text for label in act.labels]} for act in acts], **told}, status)
    return ask.show(
        "labels.html", status, acts=acts, wrong=wrong, entries=catalogue_of(ask.desk).entries, open=open_,
        few=[(count, title) for count, title in few if count < FEW], limit=FEW, typed=typed or Typed(),
        done=await done_last(ask),
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
    named = [other] if is_intent(ask.desk, other) else intents_named(ask.desk, other)
    if len(named) != 1:
        pairs = [(code, title_of(ask.desk, code)) for code in named]
        wrong = words()("bench.many" if named else "bench.nothing", text=other[:40])
        return await _page(ask, 422, wrong, Typed(text, other, named=pairs))
    kept = await keep([text], named[0], by(ask.staff), ask.desk.kv, partial(known_of, ask.desk),
                      ask.given("wish")[:40], ask.given("sure") == "1")
    if kept.batch is None:
        said, title = in_words(ask.desk, kept.remarks, written=True), title_of(ask.desk, named[0])
        return await _page(ask, 409, words()("bench.refused"), Typed(text, other, said, title))
    if ask.wants_json:
        return ask.told({"done": f"label:{kept.batch}", "note": ",".join(one.kind for one in kept.remarks)})
    return go("/understanding/labels", done=f"label:{kept.batch}", note=",".join(dict.fromkeys(
        one.kind for one in kept.remarks)))


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
