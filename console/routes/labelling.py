"""Saying what sentences mean, leaving them out, and taking either back."""

from __future__ import annotations

from functools import partial

from aiohttp import web

from console.asking import Asking, page
from console.bench import by, in_words, intents_named, is_intent, known_of, title_of
from console.pages import go
from console.routes.understanding import Refused, batch_of, queue_page, wanted
from console.versions import bench_of
from console.wording import words
from core.errors import NotFound, NotNow
from intents.keeping import keep
from intents.labels import skip, unskip
from intents.models import Label
from intents.queueing import Line, lines_of
from intents.undoing import undo

routes = web.RouteTableDef()
MOST_KEYS = 60
MOST_NAMED = 12
LONGEST_WISH = 40


def _keys(ask: Asking) -> list[str]:
    return list(dict.fromkeys(ask.form.get("key", [])[:MOST_KEYS]))


async def _lines(ask: Asking) -> list[Line]:
    """The sentences the form is about, in the order of the form; those that wait."""
    found = {line.key: line for line in await lines_of(_keys(ask))}
    return [found[key] for key in _keys(ask) if key in found]


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
    if not lines:
        return await _labelled_by_another(ask, intent)
    if not is_intent(ask.desk, intent):
        return await queue_page(ask, 422, _unclear(ask, keys, named))
    texts = [str(line.row.text) for line in lines]
    kept = await keep(texts, intent, by(ask.staff), ask.desk.kv, partial(known_of, ask.desk), wish, bool(sure))
    if kept.batch is None:
        said = in_words(ask.desk, [one for one in kept.remarks if one.level != "note"])
        return await queue_page(ask, 409, Refused(keys, intent, title_of(ask.desk, intent), wish, said=said))
    notes = dict.fromkeys(one.kind for one in kept.remarks if one.level == "note")
    return _next(ask, f"label:{kept.batch}", note=",".join(notes))


async def _labelled_by_another(ask: Asking, intent: str) -> web.Response:
    """Nothing waits any more: somebody was quicker, or the button was pressed twice. Raises `NotFound`."""
    labels = await Label.filter(key__in=_keys(ask), state="accepted").order_by("at")
    if not labels:
        raise NotFound()
    if all(one.intent == intent for one in labels):
        return _next(ask, f"label:{labels[-1].batch}")
    other = next(one for one in labels if one.intent != intent)
    wrong = words()("bench.already", name=other.by_name, text=other.text, title=title_of(ask.desk, other.intent))
    return await queue_page(ask, 409, Refused(tuple(_keys(ask)), intent, wrong=wrong))


def _unclear(ask: Asking, keys: tuple[str, ...], named: list[str]) -> Refused:
    """Nothing was chosen, or a name that many have, or none."""
    other = ask.given("other")[:40]
    if not other:
        return Refused(keys, wrong=words()("bench.choose"))
    pairs = tuple((code, title_of(ask.desk, code)) for code in named[:MOST_NAMED])
    return Refused(keys, wrong=words()("bench.many" if named else "bench.nothing", text=other), named=pairs,
                   other="" if named else other)


@routes.post("/understanding/skip")
@page("train")
async def skip_lines(ask: Asking) -> web.Response:
    """Leave sentences out of the queue: nothing can be learned from them."""
    keys = [line.key for line in await _lines(ask)]
    if not keys:
        raise NotFound()
    await skip(keys, by(ask.staff))
    return _next(ask, f"skip:{','.join(keys)}")


@routes.post("/understanding/undo")
@page("train")
async def undo_last(ask: Asking) -> web.Response:
    """Take back a label or a skipping: ``what`` is ``label:<batch>`` or ``skip:<keys>``.

    What that does not reach is told: lines that stand in the files, and the version in force if it has learned it.
    """
    kind, _, rest = ask.given("what").partition(":")
    batch = batch_of(rest)
    if kind == "label" and batch is not None:
        try:
            done = await undo(batch, by(ask.staff), bench_of(ask.desk).folder / "models")
        except NotNow:
            if ask.wants_json:
                raise
            return _back(ask, undone="before")
        return _undone(ask, len(done.written), done.learned)
    if kind != "skip" or not await unskip([key for key in rest.split(",") if key][:MOST_KEYS], by(ask.staff)):
        raise NotFound()
    return _undone(ask)


def _undone(ask: Asking, written: int = 0, learned: int = 0) -> web.Response:
    if ask.wants_json:
        return ask.told({"done": "", "undone": "1", "in_files": written, "learned": learned or None})
    left = {name: str(count) for name, count in (("files", written), ("learned", learned)) if count}
    return _back(ask, undone="1", **left)


def _back(ask: Asking, **told: str) -> web.Response:
    """The page the undo was pressed on, with what came of it."""
    return go("/understanding/labels", **told) if ask.given("from") == "labels" else _next(ask, "", **told)


def _next(ask: Asking, done: str, **more: str) -> web.Response:
    """The rest of the queue, with what was done on top."""
    if ask.wants_json:
        return ask.told({"done": done, **more})
    look = wanted(ask)
    return go("/understanding", why="" if look.why == "all" else look.why, q=look.text, done=done, **more)
