"""Versions of the recogniser: the list, making one, going back to one."""

from __future__ import annotations

from aiohttp import web

from console.asking import Asking, page
from console.bench import by
from console.pages import go
from console.serving import server_line
from console.version_answers import HERE, MOST, refused_by_gate, run_data, why
from console.version_charts import trend_chart
from console.versions import as_data, bench_of, percent
from core.errors import NotNow
from intents.models import ModelVersion, Publication
from intents.training import publishing, runs
from intents.training.following import standings
from intents.training.publishing import PublishRefused
from intents.training.serving import server_seen
from intents.training.sets import TooLittle
from intents.training.trend import weeks
from intents.training.versions import published_version, summaries, version_of

routes = web.RouteTableDef()


@routes.get(HERE)
@page("content")
async def show_versions(ask: Asking) -> web.Response:
    """Every version with its figures, work under way, and how much is understood week by week; JSON for programs."""
    return await _list(ask)


async def _list(ask: Asking, status: int = 200, wrong: str = "") -> web.Response:
    found = await ModelVersion.all().order_by("-id").limit(MOST)
    known, present = await summaries([one.id for one in found]), await published_version()
    run, seen = await runs.last_run(), await server_seen(ask.desk.kv)
    if ask.wants_json:
        return ask.told({
            "csrf": ask.member.csrf, "published": present.id if present else None, "wrong": wrong,
            "server": seen.model_dump() if seen else None, "run": run_data(run),
            "versions": [as_data(one, known.get(one.id)) for one in found],
        }, status)
    told = await weeks()
    return ask.show(
        "versions.html", status, versions=found, known=known, present=present, run=run, wrong=wrong, percent=percent,
        history=await Publication.all().order_by("-id").limit(12), standings=await standings(ask.desk.kv),
        weeks=told, trend=trend_chart(told), former=await publishing.former(present),
        folds=ask.desk.settings.evaluation_folds, done=ask.query("done"),
        server=server_line(seen, present, ask.desk.settings.nlu == "rasa"),
    )


@routes.get(f"{HERE}/run")
@page("content")
async def show_run(ask: Asking) -> web.Response:
    """How far the work is; a page asks every second. When it is over the whole page is told to load anew."""
    run = await runs.last_run()
    if ask.wants_json:
        return ask.told({"run": run_data(run)})
    response = ask.show("versions_run.html", run=run)
    if run is not None and run.state not in runs.OPEN:
        response.headers["HX-Refresh"] = "true"
    return response


@routes.post(f"{HERE}/train")
@page("train")
async def train(ask: Asking) -> web.Response:
    """Ask for a new version. Refused while other work is under way, and when nothing has changed."""
    folds = None if ask.given("folds") != "0" else 0
    try:
        run = await bench_of(ask.desk).ask_train(by(ask.staff), ask.given("note"), folds, ask.given("again") == "1")
    except (NotNow, TooLittle) as refused:
        return await _list(ask, 409, why(refused))
    return ask.told({"run": run_data(run)}, 202) if ask.wants_json else go(HERE)


@routes.post(f"{HERE}/cancel")
@page("train")
async def cancel(ask: Asking) -> web.Response:
    """Stop the work of that ``run``; it ends within a second or two."""
    try:
        await runs.cancel(await runs.run_of(ask.given("run")), by(ask.staff))
    except NotNow as refused:
        return await _list(ask, 409, why(refused))
    return ask.told({"run": run_data(await runs.last_run())}) if ask.wants_json else go(HERE)


@routes.post(f"{HERE}/rollback")
@page("publish")
async def roll_back(ask: Asking) -> web.Response:
    """Back to a former version, the last one when no ``version`` is named; every process follows within seconds."""
    given = ask.given("version")
    number = (await version_of(given)).id if given else None
    try:
        done = await publishing.roll_back(by(ask.staff), ask.desk.kv, number, ask.given("reason"))
    except PublishRefused as refused:
        return await _list(ask, 409, refused_by_gate(ask, refused))
    return ask.told({"published": done.version_id}) if ask.wants_json else go(HERE, done="rollback")
