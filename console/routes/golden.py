"""The golden set: sentences that operators vouch for, kept on a page and as a file."""

from __future__ import annotations

from aiohttp import web
from aiohttp.web_request import FileField
from tortoise.functions import Count

from console.asking import Asking, page
from console.bench import by
from console.pages import go
from console.versions import named, titles
from console.wording import words
from intents.models import GoldenSentence
from intents.training import golden
from intents.training.golden import KINDS, GoldenRefused
from intents.training.reading import OUTSIDE

routes = web.RouteTableDef()
PER_PAGE = 50
LARGEST = 400_000
"""Characters of a file that is taken in at once."""
HERE = "/understanding/golden"
DONE = frozenset({"added", "changed", "removed"})


async def _page(
    ask: Asking, status: int = 200, wrong: str = "", typed: tuple[str, str] = ("", ""), done: str = ""
) -> web.Response:
    intent, text = ask.query("intent"), ask.query("q").strip()[:60]
    asked = GoldenSentence.filter(text__icontains=text) if text else GoldenSentence.all()
    asked = asked.filter(intent__startswith=intent) if intent else asked
    given = ask.query("page")
    number = max(1, int(given)) if given.isascii() and given.isdigit() and len(given) < 5 else 1
    count, found = await asked.count(), await asked.order_by("intent", "key").limit(PER_PAGE).offset(
        (number - 1) * PER_PAGE)
    if ask.wants_json:
        return ask.told({"csrf": ask.member.csrf, "count": count, "wrong": wrong, "sentences": [
            {"id": str(one.id), "text": one.text, "intent": one.intent, "note": one.note} for one in found]}, status)
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
    text = await golden.as_file()
    return web.Response(text=text, content_type="text/tab-separated-values", charset="utf-8",
                        headers={"Content-Disposition": 'attachment; filename="golden.tsv"'})


def _why(refused: GoldenRefused) -> str:
    line = refused.details.get("line")
    why = words()(f"golden.refused.{refused.details['reason']}")
    return words()("golden.at_line", line=line, why=why) if line else why


@routes.post(HERE)
@page("train")
async def add(ask: Asking) -> web.Response:
    """Keep one sentence (``text``, ``intent`` by code or title, ``note``)."""
    typed = (ask.given("text"), ask.given("intent"))
    try:
        made = await golden.add(*typed, ask.given("note"), by(ask.staff), titles(ask.desk))
    except GoldenRefused as refused:
        return await _page(ask, 422, _why(refused), typed)
    return ask.told({"id": str(made.id)}, 201) if ask.wants_json else go(HERE, done="added")


@routes.post(f"{HERE}/file")
@page("train", longest=LARGEST)
async def take_file(ask: Asking) -> web.Response:
    """Keep every sentence of a TSV, sent as ``file`` or as text in ``lines``; nothing of it when a line is wrong."""
    sent = (await ask.request.post()).get("file")
    try:
        text = sent.file.read().decode("utf-8-sig") if isinstance(sent, FileField) and sent.filename else ""
        new, known = await golden.take_file(text or ask.given("lines"), by(ask.staff), titles(ask.desk))
    except UnicodeDecodeError:
        return await _page(ask, 422, words()("golden.refused.encoding"))
    except GoldenRefused as refused:
        return await _page(ask, 422, _why(refused))
    if ask.wants_json:
        return ask.told({"new": new, "known": known})
    return await _page(ask, done=words()("golden.done.imported", new=new, known=known))


@routes.post(HERE + "/{sentence}")
@page("train")
async def change(ask: Asking) -> web.Response:
    """Another ``intent`` or ``note`` of one sentence; with ``remove`` it is taken out."""
    sentence = await golden.sentence_of(ask.part("sentence"))
    try:
        if ask.given("remove"):
            await golden.remove(sentence, by(ask.staff))
        else:
            await golden.change(sentence, ask.given("intent"), ask.given("note"), by(ask.staff), titles(ask.desk))
    except GoldenRefused as refused:
        return await _page(ask, 422, _why(refused))
    done = "removed" if ask.given("remove") else "changed"
    return ask.told({"done": done}) if ask.wants_json else go(HERE, done=done)
