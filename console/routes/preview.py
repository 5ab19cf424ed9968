"""The preview of a one-thing: the chat's questions, the form, the papers and the way through the departments."""

from __future__ import annotations

from aiohttp import web

from console.asking import Asking, page
from console.preview import preview
from console.routes.content import published
from core.regions import region_name

routes = web.RouteTableDef()


def regions_of(ask: Asking) -> dict[str, str]:
    """Regions with content of their own and the region of this place, by code with their names."""
    bank, own = ask.desk.engine.bank, ask.desk.settings.region
    codes = [own, *(code for code in sorted(bank.regions) if code.isdigit() and code != own)]
    return {code: region_name(code) or bank.layers(code)[-1].title for code in codes}


@routes.get("/content/{code}/preview")
@page("content")
async def show_preview(ask: Asking) -> web.Response:
    """What a citizen would be asked after these answers (``s.CODE=VALUE``, ``region``). Nothing is kept."""
    found = published(ask.desk, ask.part("code"))
    regions = regions_of(ask)
    region = ask.query("region") if ask.query("region") in regions else ask.desk.settings.region
    given = {
        situation.code: ask.request.query.getall(f"s.{situation.code}", [])
        for situation in ask.desk.engine.plan(found.definition.code, region).definition.situations
    }
    made = preview(ask.desk.engine, found.definition.code, region, given)
    return ask.show("preview.html", one=found, made=made, regions=regions, region=region)
