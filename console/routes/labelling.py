"""Saying what sentences mean, leaving them out, and taking either back."""

from __future__ import annotations

from aiohttp import web

from console.asking import Asking, page
from console.bench import by, in_words, intents_named, is_intent, known_of, refuses, title_of
from console.pages import go
from console.routes.understanding import Refused, batch_of, queue_page, wanted
from console.wording import words
from core.errors import NotFound
from intents.data_checks import check_all
from intents.labels import WISH, give, skip, undo, unskip
from intents.queueing import Line, lines_of

routes = web.RouteTableDef()
MOST_KEYS = 60
MOST_NAMED = 12
LONGEST_WISH = 40


async def _lines(ask: Asking) -> list[Line]:
    """The sentences the form is about, in the order of the form. Raises `NotFound` when none of them waits."""
    keys = ask.form.get("key", [])[:MOST_KEYS]
    found = {line.key: line for line in await lines_of(keys)}
    if not found:
        raise NotFound()
    return [found[key] for key in dict.fromkeys(keys) if key in found]


@routes.post("/understanding/label")
@page("train")
async def label(ask: Asking) -> web.Response:
    """Say what sentences mean; refused with the reason when the data would suffer."""
    lines, wish = await _lines(ask), ask.given("wish")[:LONGEST_WISH]
    keys = tuple(line.key for line in lines)
    sure = ask.given("sure")  # a program sends 1 and the intent, the button of the page the intent itself
    given = ask.given("intent") or (sure if is_intent(ask.desk, sure) else "")
    named = [] if given else intents_named(ask.desk, ask.given("other"))
    intent = given or (named[0] if len(named) == 1 else "")
    if not is_intent(ask.desk, intent):
        return await queue_page(ask, 422, _unclear(ask, keys, named))
    texts = [str(line.row.text) for line in lines]
    remarks = check_all(texts, intent, await known_of(ask.desk))
    if refuses(remarks, bool(sure)):
        said = in_words(ask.desk, [one for one in remarks if one.level != "note"])
        return await queue_page(ask, 409, Refused(keys, intent, title_of(ask.desk, intent), wish, said=said))
    batch = await give(texts, intent, by(ask.staff), wish if intent == WISH else "")
    notes = dict.fromkeys(one.kind for one in remarks if one.level == "note")
    return _next(ask, f"label:{batch}", note=",".join(notes))


def _unclear(ask: Asking, keys: tuple[str, ...], named: list[str]) -> Refused:
    """Nothing was chosen, or a name that many have, or none."""
    other = ask.given("other")[:40]
    if not other:
        return Refused(keys, wrong=words()("bench.choose"))
    pairs = tuple((code, title_of(ask.desk, code)) for code in named[:MOST_NAMED])
    return Refused(keys, wrong=words()("bench.many" if named else "bench.nothing", text=other), named=pairs)


@routes.post("/understanding/skip")
@page("train")
async def skip_lines(ask: Asking) -> web.Response:
    """Leave sentences out of the queue: nothing can be learned from them."""
    keys = [line.key for line in await _lines(ask)]
    await skip(keys, by(ask.staff))
    return _next(ask, f"skip:{','.join(keys)}")


@routes.post("/understanding/undo")
@page("train")
async def undo_last(ask: Asking) -> web.Response:
    """Take back a label or a skipping: ``what`` is ``label:<batch>`` or ``skip:<keys>``."""
    kind, _, rest = ask.given("what").partition(":")
    batch = batch_of(rest)
    if kind == "skip":
        await unskip([key for key in rest.split(",") if key][:MOST_KEYS], by(ask.staff))
    elif kind == "label" and batch is not None:
        await undo(batch, by(ask.staff))
    else:
        raise NotFound()
    if ask.given("from") == "labels" and not ask.wants_json:
        return go("/understanding/labels")
    return _next(ask, "", undone="1")


def _next(ask: Asking, done: str, **more: str) -> web.Response:
    """The rest of the queue, with what was done on top."""
    if ask.wants_json:
        return ask.told({"done": done, **more})
    look = wanted(ask)
    return go("/understanding", why="" if look.why == "all" else look.why, q=look.text, done=done, **more)
