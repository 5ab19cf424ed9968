"""The operators' bench: sentences that wait for a label, the most valuable first, and why they were read so."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from aiohttp import web

from console.asking import Asking, page
from console.bench import Card, Said, card_of, catalogue_of, title_of
from console.pages import go
from console.roles import may
from console.wording import words
from core.errors import NotFound
from intents.labels import KINDS, OUT
from intents.models import Heard, Label
from intents.queueing import FILTERS, Cluster, Why, lines_of, queue, waiting

routes = web.RouteTableDef()
PER_PAGE = 8
MOST_WORDS = 8
"""Words of an explanation that are shown: what follows decides nothing."""
NOTES = ("known", "same_near", "few")


@dataclass(frozen=True)
class Refused:
    """A label that was not kept: what was given, and why not."""

    keys: tuple[str, ...]
    intent: str = ""
    title: str = ""
    """Of the intent."""
    wish: str = ""
    wrong: str = ""
    said: tuple[Said, ...] = ()
    named: tuple[tuple[str, str], ...] = ()
    """(code, title) of the one-things that have the name that was typed."""
    other: str = ""
    """The name that was typed and that nothing has."""

    @property
    def may(self) -> bool:
        """Whether it may be kept nevertheless."""
        return bool(self.said) and all(one.level != "stop" for one in self.said)


@dataclass(frozen=True)
class Wanted:
    """What of the queue one wants to see."""

    why: Why
    text: str


def wanted(ask: Asking) -> Wanted:
    """From the address, or from the form that came from there; nonsense is the default."""
    given = ask.given if ask.request.method == "POST" else ask.query
    why: Why = next((one for one in FILTERS if one == given("why")), "all")
    return Wanted(why, given("q").strip()[:60])


def batch_of(text: str) -> UUID | None:
    """The number of labels given in one act, if it is one."""
    try:
        return UUID(text)
    except ValueError:
        return None


@routes.get("/understanding")
@page("content")
async def show_queue(ask: Asking) -> web.Response:
    """Sentences that wait for a label, the most valuable first; JSON for programs. Who does not label sees versions."""
    if not may(ask.member.account.role, "train"):
        return go("/understanding/versions")
    return await queue_page(ask)


async def queue_page(ask: Asking, status: int = 200, refused: Refused | None = None) -> web.Response:
    """The queue, with what was not kept in front."""
    look = wanted(ask)
    found = await queue(look.why, look.text)
    if refused is not None:
        found = await _first(found, refused.keys)
    cards = [card_of(ask.desk, one) for one in found[:PER_PAGE]]
    if ask.wants_json:
        return ask.told(await _data(ask, cards, len(found), refused), status)
    return ask.show(
        "understanding.html", status, cards=cards, look=look, found=len(found),
        lines=sum(len(one.lines) for one in found), counts=await waiting(), kinds=KINDS,
        refused=refused, done=await done_last(ask), entries=catalogue_of(ask.desk).entries, filters=list(FILTERS),
        explains=ask.desk.recogniser is not None,
    )


async def _first(found: list[Cluster], keys: tuple[str, ...]) -> list[Cluster]:
    """What was not kept stands first, whatever its value."""
    mine = [one for one in found if one.lead.key in keys]
    if not mine and (lines := await lines_of(keys)):
        mine = [Cluster(tuple(lines))]
    return [*mine, *(one for one in found if one not in mine)]


async def _data(ask: Asking, cards: list[Card], count: int, refused: Refused | None) -> dict[str, object]:
    told: dict[str, object] = {"csrf": ask.member.csrf, "count": count, "waiting": await waiting(),
                               "queue": [card.as_data() for card in cards]}
    if refused is not None:
        told["refused"] = {"wrong": refused.wrong, "may": refused.may, "named": list(refused.named),
                           "remarks": [vars(one) for one in refused.said]}
    return told


def undone(ask: Asking) -> tuple[str, ...]:
    """What came of an undo, in words, and what it does not reach: lines of files, what the version in force knows."""
    if ask.query("undone") == "before":
        return (words()("not_now.undone"),)
    told = [(f"bench.left_in.{name}", ask.query(name)) for name in ("files", "learned")]
    left = [words()(key, number=number) for key, number in told if number.isascii() and number.isdigit()]
    return (words()("bench.undone"), *left) if ask.query("undone") else ()


async def done_last(ask: Asking) -> dict[str, object] | None:
    """What was done last, to be told and undone."""
    done = ask.query("done")
    kind, _, rest = done.partition(":")
    if told := undone(ask):
        return {"token": "", "says": "".join(told), "notes": []}
    if kind == "skip" and rest:
        return {"token": done, "says": words()("bench.skipped"), "notes": []}
    batch = batch_of(rest)
    labels = await Label.filter(batch=batch, state="accepted") if kind == "label" and batch else []
    if not labels:
        return None
    says = words()("bench.done", count=len(labels), title=title_of(ask.desk, labels[0].intent))
    notes = [words()(f"bench.note.{one}") for one in NOTES if one in ask.query("note").split(",")]
    return {"token": done, "says": says, "notes": notes}


@routes.get("/understanding/why")
@page("train")
async def why(ask: Asking) -> web.Response:
    """How the recogniser in force reads a sentence (``key``): the words and the examples that decided."""
    row, recogniser = await Heard.filter(key=ask.query("key")).first(), ask.desk.recogniser
    if row is None or recogniser is None:
        raise NotFound()
    heard = await recogniser.hear(row.text)
    best = heard.ranking[0].code if heard.ranking else f"{OUT}{heard.out_kind or 'other_service'}"
    told = recogniser.engine.explain(row.text, best)
    deciding = told.words[:MOST_WORDS]
    ranking = [(title_of(ask.desk, one.code), round(100 * one.score)) for one in heard.ranking[:3]]
    examples = [(one.text, title_of(ask.desk, one.intent), round(100 * one.similarity)) for one in told.examples]
    if ask.wants_json:
        return ask.told({"text": row.text, "band": heard.band, "ranking": ranking, "examples": examples,
                         "words": [(one.text, one.weight) for one in deciding], "engine": recogniser.engine.version})
    alone = "HX-Request" in ask.request.headers
    template = "understanding_why_part.html" if alone else "understanding_why.html"
    return ask.show(template, row=row, ranking=ranking, deciding=deciding, examples=examples,
                    title=title_of(ask.desk, best), engine=recogniser.engine.version)
