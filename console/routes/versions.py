"""Versions of the recogniser: made, looked at, compared, published, gone back from."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from console.asking import Asking, page
from console.bench import by
from console.pages import go
from console.roles import may
from console.versions import (
    as_data,
    bench_of,
    charts,
    confused,
    figures,
    named,
    percent,
    rows,
    said,
    titles,
    trend_chart,
)
from console.wording import words
from core.errors import CitizenError, NotNow
from intents.models import ModelVersion, Publication, TrainingRun
from intents.training import publishing, runs
from intents.training.following import standings
from intents.training.gate import Evaluation, Finding
from intents.training.golden import golden_digest
from intents.training.publishing import PublishRefused
from intents.training.sets import TooLittle
from intents.training.trend import weeks
from intents.training.versions import evaluation_of, published_version, summaries, version_of

routes = web.RouteTableDef()
MOST = 50
"""Versions of a list; who wants an older one knows its number."""
HERE = "/understanding/versions"


@routes.get(HERE)
@page("content")
async def show_versions(ask: Asking) -> web.Response:
    """Every version with its figures, work under way, and how much is understood week by week; JSON for programs."""
    return await _list(ask)


async def _list(ask: Asking, status: int = 200, wrong: str = "") -> web.Response:
    found = await ModelVersion.all().order_by("-id").limit(MOST)
    known, present = await summaries([one.id for one in found]), await published_version()
    run = await runs.last_run()
    if ask.wants_json:
        return ask.told({
            "csrf": ask.member.csrf, "published": present.id if present else None, "wrong": wrong,
            "run": _run(run), "versions": [as_data(one, known.get(one.id)) for one in found],
        }, status)
    told = await weeks()
    return ask.show(
        "versions.html", status, versions=found, known=known, present=present, run=run, wrong=wrong, percent=percent,
        history=await Publication.all().order_by("-id").limit(12), standings=await standings(ask.desk.kv),
        weeks=told, trend=trend_chart(told), former=await publishing.former(present),
        folds=ask.desk.settings.evaluation_folds, done=ask.query("done"),
    )


def _run(run: TrainingRun | None) -> dict[str, Any] | None:
    if run is None:
        return None
    return {"id": str(run.id), "kind": run.kind, "state": run.state, "stage": run.stage, "percent": run.percent,
            "version": run.version_id, "against": run.against_id, "reason": run.reason, "said": run.said}


@routes.get(f"{HERE}/run")
@page("content")
async def show_run(ask: Asking) -> web.Response:
    """How far the work is; a page asks every second. When it is over the whole page is told to load anew."""
    run = await runs.last_run()
    if ask.wants_json:
        return ask.told({"run": _run(run)})
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
        return await _list(ask, 409, _why(refused))
    return ask.told({"run": _run(run)}, 202) if ask.wants_json else go(HERE)


def _why(refused: CitizenError) -> str:
    reason = str(refused.details.get("reason", refused.code))
    return words()(f"versions.refused.{reason}", version=refused.details.get("version", ""))


@routes.post(f"{HERE}/cancel")
@page("train")
async def cancel(ask: Asking) -> web.Response:
    """Stop the work of that ``run``; it ends within a second or two."""
    try:
        await runs.cancel(await runs.run_of(ask.given("run")), by(ask.staff))
    except NotNow as refused:
        return await _list(ask, 409, _why(refused))
    return ask.told({"run": _run(await runs.last_run())}) if ask.wants_json else go(HERE)


@routes.post(f"{HERE}/rollback")
@page("publish")
async def roll_back(ask: Asking) -> web.Response:
    """Back to a former version, the last one when no ``version`` is named; every process follows within seconds."""
    given = ask.given("version")
    number = (await version_of(given)).id if given else None
    try:
        done = await publishing.roll_back(by(ask.staff), ask.desk.kv, number, ask.given("reason"))
    except PublishRefused as refused:
        return await _list(ask, 409, _refused(ask, refused))
    return ask.told({"published": done.version_id}) if ask.wants_json else go(HERE, done="rollback")


def _refused(ask: Asking, refused: PublishRefused) -> str:
    found: Any = refused.details["findings"]
    return " ".join([words()(f"versions.refused.{refused.details['reason']}"), *(said(ask.desk, one) for one in found)])


def _visible(ask: Asking, found: Evaluation | None) -> Evaluation | None:
    """What citizens said is for those who label it; everybody else sees the golden sentences among the changes."""
    if found is None or may(ask.member.account.role, "train"):
        return found
    return found.model_copy(update={"changes": tuple(one for one in found.changes if one.source == "golden")})


@routes.get(f"{HERE}/compare")
@page("content")
async def compare(ask: Asking) -> web.Response:
    """Two versions (``a`` before, ``b`` after) beside each other: figures, intents, sentences whose answer changes."""
    before, after = await version_of(ask.query("a")), await version_of(ask.query("b"))
    mine, old = _visible(ask, await evaluation_of(after.id, before.id)), await evaluation_of(before.id)
    shown = mine or await evaluation_of(after.id)
    outdated = mine is not None and mine.golden_digest != await golden_digest()
    table = rows(ask.desk, shown.folds if shown else None, old.folds if old else None)
    told = figures(shown, old) if mine else figures(shown, old)[1:]
    if ask.wants_json:
        return ask.told({"before": before.id, "after": after.id, "compared": mine is not None and not outdated,
                         "figures": {one.key: [one.before, one.now] for one in told},
                         "changes": [one.model_dump() for one in mine.changes] if mine else None})
    return ask.show(
        "versions_compare.html", before=before, after=after, mine=mine, rows=table, figures=told, percent=percent,
        outdated=outdated, named=lambda intent: named(ask.desk, intent), run=await runs.open_run(),
        others=await ModelVersion.all().order_by("-id").limit(MOST),
    )


@routes.get(HERE + r"/{version:\d+}")
@page("content")
async def show_version(ask: Asking) -> web.Response:
    """One version: what the gate says of it, its figures and charts, where it came from; JSON for programs."""
    return await _one(ask, await version_of(ask.part("version")))


async def _one(ask: Asking, version: ModelVersion, status: int = 200, wrong: str = "") -> web.Response:
    present = await published_version()
    found: list[Finding] = []
    if version.state != "published":
        found = await publishing.gate(version, ask.desk.settings)
    mine = _visible(ask, await evaluation_of(version.id))
    old = await evaluation_of(mine.against) if mine and mine.against else None
    if ask.wants_json:
        return ask.told(as_data(version, (await summaries([version.id])).get(version.id)) | {
            "csrf": ask.member.csrf, "wrong": wrong, "gate": [one.data() for one in found],
            "evaluation": mine.model_dump(mode="json") if mine else None}, status)
    report = (mine.folds or mine.golden) if mine else None
    return ask.show(
        "version.html", status, version=version, present=present, wrong=wrong, mine=mine, report=report,
        findings=[(one, said(ask.desk, one)) for one in found], stops=[one for one in found if one.stops],
        own=version.by == ask.staff.actor, strict=ask.desk.settings.publish_by_another, percent=percent,
        figures=figures(mine, old), rows=rows(ask.desk, report, None), run=await runs.open_run(),
        charts=charts(ask.desk, report) if report else None, confused=confused(ask.desk, report) if report else [],
        named=lambda intent: named(ask.desk, intent), known=titles(ask.desk), done=ask.query("done"),
        shortest=publishing.SHORTEST_REASON,
        history=await Publication.filter(version_id=version.id).order_by("-id").limit(12),
    )


@routes.post(HERE + r"/{version:\d+}/evaluate")
@page("train")
async def evaluate(ask: Asking) -> web.Response:
    """Ask for an evaluation beside version ``against``, the published one when none is named."""
    version, given, present = await version_of(ask.part("version")), ask.given("against"), await published_version()
    other = (await version_of(given)).id if given else present.id if present and present.id != version.id else None
    try:
        run = await bench_of(ask.desk).ask_evaluation(version.id, other, by(ask.staff))
    except NotNow as refused:
        return await _one(ask, version, 409, _why(refused))
    return ask.told({"run": _run(run)}, 202) if ask.wants_json else go(HERE)


@routes.post(HERE + r"/{version:\d+}/publish")
@page("publish")
async def publish(ask: Asking) -> web.Response:
    """Put it in force in every process. What the gate refuses takes a ``reason``, from another than its trainer."""
    version = await version_of(ask.part("version"))
    try:
        await publishing.publish(version, by(ask.staff), ask.desk.settings, ask.desk.kv, ask.given("reason"))
    except PublishRefused as refused:
        return await _one(ask, version, 409, _refused(ask, refused))
    if ask.wants_json:
        return ask.told({"published": version.id})
    return go(f"{HERE}/{version.id}", done="publish")
