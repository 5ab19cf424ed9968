"""One version of the recogniser: looked at, compared, evaluated, published."""

from __future__ import annotations

from aiohttp import web

from console.asking import Asking, page
from console.bench import by
from console.pages import go
from console.version_answers import HERE, MOST, refused_by_gate, run_data, visible, why
from console.version_charts import charts, confused
from console.version_figures import figures, measures, rows, server_figures, shown
from console.versions import as_data, bench_of, beside, named, percent, said, titles
from core.errors import NotNow
from intents.models import ModelVersion, Publication
from intents.training import publishing, runs
from intents.training.golden import golden_digest
from intents.training.measures import Finding
from intents.training.publishing import PublishRefused
from intents.training.versions import evaluation_of, published_version, summaries, version_of

routes = web.RouteTableDef()


@routes.get(f"{HERE}/compare")
@page("content")
async def compare(ask: Asking) -> web.Response:
    """Two versions (``a`` before, ``b`` after) beside each other: figures, intents, sentences whose answer changes."""
    before, after = await version_of(ask.query("a")), await version_of(ask.query("b"))
    mine, old = visible(ask, await evaluation_of(after.id, before.id)), await evaluation_of(before.id)
    known = mine or await evaluation_of(after.id)
    outdated = mine is not None and mine.golden_digest != await golden_digest()
    one = shown(known, old, ask.query("by") if mine else "")
    told = [*figures(known, old, one.by), *server_figures(mine)] if mine else figures(known, old)[1:]
    if ask.wants_json:
        return ask.told({"before": before.id, "after": after.id, "compared": mine is not None and not outdated,
                         "figures": {one.key: [one.before, one.now] for one in told},
                         "changes": [one.model_dump() for one in mine.changes] if mine else None})
    return ask.show(
        "versions_compare.html", before=before, after=after, mine=mine, by=one.by,
        measures=measures(mine),
        rows=rows(ask.desk, one.report, one.before), figures=told, percent=percent, outdated=outdated,
        named=lambda intent: named(ask.desk, intent), run=await runs.open_run(),
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
    mine = visible(ask, await evaluation_of(version.id))
    old = await evaluation_of(mine.against) if mine and mine.against else None
    if ask.wants_json:
        return ask.told(as_data(version, (await summaries([version.id])).get(version.id)) | {
            "csrf": ask.member.csrf, "wrong": wrong, "gate": [one.data() for one in found],
            "evaluation": mine.model_dump(mode="json", exclude={"golden_truths"}) if mine else None}, status)
    one = shown(mine, old, ask.query("by"))
    report = one.report
    return ask.show(
        "version.html", status, version=version, present=present, wrong=wrong, mine=mine, report=report, by=one.by,
        measures=measures(mine), beside=beside(mine),
        findings=[(one, said(ask.desk, one)) for one in found], stops=[one for one in found if one.stops],
        own=version.by == ask.staff.actor, strict=ask.desk.settings.publish_by_another, percent=percent,
        figures=figures(mine, old, one.by), server_figures=server_figures(mine),
        serves=ask.desk.settings.nlu == "rasa", rows=rows(ask.desk, report, None), run=await runs.open_run(),
        server_rows=rows(ask.desk, mine.server, mine.server_before) if mine and mine.server else [],
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
        return await _one(ask, version, 409, why(refused))
    return ask.told({"run": run_data(run)}, 202) if ask.wants_json else go(HERE)


@routes.post(HERE + r"/{version:\d+}/publish")
@page("publish")
async def publish(ask: Asking) -> web.Response:
    """Put it in force in every process. What the gate refuses takes a ``reason``, from another than its trainer."""
    version = await version_of(ask.part("version"))
    try:
        await publishing.publish(version, by(ask.staff), ask.desk.settings, ask.desk.kv, ask.given("reason"))
    except PublishRefused as refused:
        return await _one(ask, version, 409, refused_by_gate(ask, refused))
    if ask.wants_json:
        return ask.told({"published": version.id})
    return go(f"{HERE}/{version.id}", done="publish")
