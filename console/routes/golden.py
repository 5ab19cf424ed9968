"""The golden set: sentences that operators vouch for, kept on a page and as a file."""

from __future__ import annotations

from dataclasses import dataclass, replace

from aiohttp import web
from aiohttp.web_request import FileField
from tortoise.functions import Count

from console.asking import Asking, page
from console.bench import Said, by, in_words, known_of
from console.pages import go
from console.versions import named, titles
from console.wording import words
from core.texts import decoded
from intents.data_checks import Remark
from intents.models import GoldenSentence
from intents.training import golden, golden_files
from intents.training.golden import KINDS, GoldenRefused
from intents.training.reading import OUTSIDE

routes = web.RouteTableDef()
PER_PAGE = 50
LARGEST = 400_000
"""Characters of a file that is taken in at once."""
HERE = "/understanding/golden"
DONE = frozenset({"added", "learned", "changed", "removed"})
MOST_REMARKS = 20
"""Of a file, that are shown at once."""


@dataclass(frozen=True)
class Typed:
    """What was sent and not kept, to be looked at and sent again."""

    text: str = ""
    intent: str = ""
    note: str = ""
    lines: str = ""
    """Of a file, or pasted."""
    changed: str = ""
    """The id of the sentence that was to be changed."""
    said: tuple[Said, ...] = ()
    """What there is to look at before it may be kept nevertheless."""


async def _page(
    ask: Asking, status: int = 200, wrong: str = "", typed: Typed | None = None, done: str = ""
) -> web.Response:
    intent, text = ask.query("intent"), ask.query("q").strip()[:60]
    asked = GoldenSentence.filter(text__icontains=text) if text else GoldenSentence.all()
    asked = asked.filter(intent__startswith=intent) if intent else asked
    given = ask.query("page")
    number = max(1, int(given)) if given.isascii() and given.isdigit() and len(given) < 5 else 1
    count, found = await asked.count(), await asked.order_by("intent", "key").limit(PER_PAGE).offset(
        (number - 1) * PER_PAGE)
    typed = typed or Typed()
    if ask.wants_json:
        told = {"refused": {"wrong": wrong, "may": bool(typed.said), "remarks": [vars(one) for one in typed.said]}}
        return ask.told({"csrf": ask.member.csrf, "count": count, "wrong": wrong, "sentences": [
            {"id": str(one.id), "text": one.text, "intent": one.intent, "note": one.note} for one in found],
            **(told if wrong else {})}, status)
    rows = await GoldenSentence.all().annotate(count=Count("id")).group_by("intent").values("intent", "count")
    counts = {row["intent"]: row["count"] for row in rows}
    say = words()
    return ask.show(
        "golden.html", status, found=found, count=count, total=sum(counts.values()), page=number, wrong=wrong,
        pages=max(1, -(-count // PER_PAGE)), typed=typed, known=titles(ask.desk), kinds=KINDS, intent=intent, text=text,
        covered=len({one for one in counts if not one.startswith(OUTSIDE)}), named=lambda one: named(ask.desk, one),
        done=done or (say(f"golden.done.{ask.query('done')}") if ask.query("done") in DONE else ""),
    )


@routes.get(HERE)
@page("content")
async def show_golden(ask: Asking) -> web.Response:
    """The golden set, by ``intent`` and words (``q``); JSON for programs."""
    return await _page(ask)


@routes.get(f"{HERE}.tsv")
@page("content")
async def as_file(ask: Asking) -> web.Response:
    """The whole golden set as a file with the columns text, intent, note."""
    text = await golden_files.as_file()
    return web.Response(text=text, content_type="text/tab-separated-values", charset="utf-8",
                        headers={"Content-Disposition": 'attachment; filename="golden.tsv"'})


def _why(refused: GoldenRefused) -> str:
    line = refused.details.get("line")
    why = words()(f"golden.refused.{refused.details['reason']}")
    return words()("golden.at_line", line=line, why=why) if line else why


async def _refused(ask: Asking, refused: GoldenRefused, typed: Typed) -> web.Response:
    """The page with what was sent, and why it was not kept; what is only doubtful may be sent again with ``sure``."""
    found: list[tuple[int, Remark]] = refused.details.get("remarks", [])  # type: ignore[assignment]  # see `GoldenRefused`
    said = tuple(_at_line(line, one) for line, remark in found for one in in_words(ask.desk, [remark]))
    if len(said) > MOST_REMARKS and not ask.wants_json:
        rest = words()("golden.more", count=len(said) - MOST_REMARKS)
        said = (*said[:MOST_REMARKS], Said("more", "ask", rest, ""))
    return await _page(ask, 409 if said else 422, _why(refused), replace(typed, said=said))


def _at_line(line: int, one: Said) -> Said:
    return replace(one, says=words()("golden.line", line=line, says=one.says)) if line else one


@routes.post(HERE)
@page("train")
async def add(ask: Asking) -> web.Response:
    """Keep one sentence (``text``, ``intent`` by code or title, ``note``); ``sure=1``: what is near was looked at."""
    typed = Typed(ask.given("text"), ask.given("intent"), ask.given("note"))
    try:
        made = await golden.add(typed.text, typed.intent, typed.note, by(ask.staff), titles(ask.desk),
                                await known_of(ask.desk), ask.given("sure") == "1")
    except GoldenRefused as refused:
        return await _refused(ask, refused, typed)
    notes = [one.kind for one in made.remarks if one.level == "note"]
    if ask.wants_json:
        return ask.told({"id": str(made.sentence.id), "note": ",".join(notes)}, 201)
    return go(HERE, done="learned" if notes else "added")


@routes.post(f"{HERE}/file")
@page("train", longest=LARGEST)
async def take_file(ask: Asking) -> web.Response:
    """Keep every sentence of a TSV, sent as ``file`` or as text in ``lines``; nothing of it when a line is wrong.

    ``sure=1`` when what is near was looked at."""
    sent = (await ask.request.post()).get("file")
    text = decoded(sent.file.read()) if isinstance(sent, FileField) and sent.filename else ""
    if text is None:
        return await _page(ask, 422, words()("golden.refused.encoding"))
    lines = text or ask.given("lines")
    try:
        done = await golden_files.take_file(lines, by(ask.staff), titles(ask.desk), await known_of(ask.desk),
                                            ask.given("sure") == "1")
    except GoldenRefused as refused:
        return await _refused(ask, refused, Typed(lines=lines))
    if ask.wants_json:
        return ask.told(vars(done))
    told = words()("golden.done.imported", new=done.new, changed=done.changed, known=done.known)
    return await _page(ask, done=told + (words()("golden.done.trained", count=done.trained) if done.trained else ""))


@routes.post(HERE + "/{sentence}")
@page("train")
async def change(ask: Asking) -> web.Response:
    """Another ``intent`` or ``note`` of one sentence, ``sure=1`` when what is near was looked at; with ``remove`` it is
    taken out."""
    sentence = await golden.sentence_of(ask.part("sentence"))
    try:
        if ask.given("remove"):
            await golden.remove(sentence, by(ask.staff))
        else:
            await golden.change(sentence, ask.given("intent"), ask.given("note"), by(ask.staff), titles(ask.desk),
                                await known_of(ask.desk), ask.given("sure") == "1")
    except GoldenRefused as refused:
        typed = Typed(intent=ask.given("intent"), note=ask.given("note"), changed=str(sentence.id))
        return await _refused(ask, refused, typed)
    done = "removed" if ask.given("remove") else "changed"
    return ask.told({"done": done}) if ask.wants_json else go(HERE, done=done)
