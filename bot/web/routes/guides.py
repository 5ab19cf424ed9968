"""Guides (办事指南): as JSON, and as a page that needs no script. Both say what the talk says."""

from __future__ import annotations

from typing import Any

import jinja2
from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from bot.guides import guide_of
from bot.web.endpoint import Api, Ask
from bot.web.keys import HOUSE
from bot.web.statics import Statics
from bot.web.visitors import visitor_of
from bot.web.words import page_words
from core.errors import NotFound, NotSignedIn
from forms.draft import Draft
from forms.guides.pages import Section, sections
from forms.guides.view import Guide
from intents.catalogue import THEMES, Entry

api = Api()


class Where(BaseModel):
    """Which guide: of another region than the default one, or of one's own draft."""

    model_config = ConfigDict(extra="ignore")

    region: str = Field("", pattern=r"^([0-9]{6})?$")
    draft: str = Field("", max_length=64)


class GuideBrief(BaseModel):
    """One guide in the list."""

    code: str
    title: str
    audience: str
    url: str
    theme: str
    """The chapter of life it stands under, in words; guides of one chapter follow one another."""


class GuideSections(BaseModel):
    """A guide laid out: headings, paragraphs, numbered steps, rows of label and value."""

    code: str
    title: str
    sections: tuple[Section, ...]


class GuideList(BaseModel):
    """Every guide there is."""

    guides: tuple[GuideBrief, ...]


@api.get("/api/v1/guides", summary="Guides there are", who="anyone", returns=GuideList, tag="guides")
async def listed(ask: Ask[None]) -> GuideList:
    """Of the one-things that can be filed here."""
    return GuideList(guides=tuple(
        GuideBrief(code=entry.code, title=entry.title, audience=entry.audience, url=f"/guides/{entry.code}",
                   theme=theme)
        for theme, entries in _by_theme(ask.request) for entry in entries
    ))


@api.get("/api/v1/guides/{code}", summary="The guide of a one-thing, or of one's draft of it", who="anyone",
         query=Where, returns=Guide, errors=(NotFound, NotSignedIn), tag="guides")
async def one(ask: Ask[None]) -> Guide:
    """For all situations of a region; with ``draft`` for the answers given there, to its owner alone."""
    draft = await _draft(ask.request, ask.query.draft, ask.visitor.citizen_id if ask.visitor else None)
    return _guide(ask.request, ask.query.region, draft)


@api.get("/api/v1/guides/{code}/sections", summary="The same guide, laid out to be read", who="anyone", query=Where,
         returns=GuideSections, errors=(NotFound, NotSignedIn), tag="guides")
async def laid_out(ask: Ask[None]) -> GuideSections:
    """For clients that only draw: says what the page says, in its order."""
    found = await one(ask)
    return GuideSections(code=found.code, title=found.title, sections=sections(found))


def add_guides(app: web.Application, pages: jinja2.Environment, statics: Statics) -> None:
    """Mount the pages ``/guides`` and ``/guides/{code}``."""
    shared: dict[str, Any] = {"words": page_words(), "url": statics.url}

    async def show_all(request: web.Request) -> web.Response:
        elder, kept = await _elder(request), _kept(_digits(request.query.get("region", "")))
        page = pages.get_template("guides.html")
        said = {"themes": _by_theme(request), "kept": kept, "places": _places(request)}
        return _page(page.render(**said, elder=elder, **shared))

    async def show(request: web.Request) -> web.Response:
        where = Where(region=_digits(request.query.get("region", "")), draft=request.query.get("draft", "")[:64])
        visitor = await visitor_of(request)
        draft = await _draft(request, where.draft, visitor.citizen_id if visitor else None)
        guide = _guide(request, where.region, draft)
        said = {"guide": guide, "sections": sections(guide), "kept": _kept(where.region, where.draft),
                "places": () if draft else _places(request), "elder": await _elder(request)}
        return _page(pages.get_template("guide.html").render(**said, **shared))

    app.router.add_get("/guides", show_all)
    app.router.add_get("/guides/{code}", show)


def _places(request: web.Request) -> list[tuple[str, str]]:
    """(region, name) to choose from, the chosen or the default one first; none where there is one alone."""
    places, chosen = request.app[HOUSE].places, _digits(request.query.get("region", ""))
    served = sorted(places.served, key=lambda one: one != (chosen or places.default))
    return [(one, places.title(one)) for one in served] if places.several else []


def _kept(region: str, draft: str = "") -> dict[str, str]:
    """What links to guides carry on."""
    return {name: value for name, value in (("region", region), ("draft", draft)) if value}


def _entries(request: web.Request) -> dict[str, Entry]:
    house = request.app[HOUSE]
    return {code: entry for code, entry in house.catalogue.entries.items()
            if entry.form in house.engine.bank.definitions}


def _by_theme(request: web.Request) -> list[tuple[str, list[Entry]]]:
    """(chapter of life in words, its entries), chapters without any left out."""
    entries = _entries(request).values()
    found = [(theme, [entry for entry in entries if entry.theme == theme]) for theme in THEMES]
    return [(page_words()(f"guide.theme.{theme}"), of_it) for theme, of_it in found if of_it]


def _guide(request: web.Request, region: str, draft: Draft | None) -> Guide:
    house, code = request.app[HOUSE], request.match_info["code"]
    entry = _entries(request).get(code)
    if entry is None or (draft is not None and draft.one_thing != entry.form):
        raise NotFound()
    if region and region not in house.places.served and region not in house.engine.bank.regions:
        raise NotFound()
    return guide_of(house.engine, entry, region or house.settings.region, draft)


async def _draft(request: web.Request, draft_id: str, citizen: str | None) -> Draft | None:
    if not draft_id:
        return None
    if citizen is None:
        raise NotSignedIn()
    return (await request.app[HOUSE].forms.get(draft_id, citizen)).draft


async def _elder(request: web.Request) -> bool:
    """Large type: as the address says, else as the visitor chose."""
    asked = request.query.get("elder")
    visitor = await visitor_of(request)
    return asked == "1" if asked in ("0", "1") else bool(visitor and visitor.elder)


def _digits(region: str) -> str:
    return region if len(region) == 6 and region.isascii() and region.isdigit() else ""


def _page(html: str) -> web.Response:
    return web.Response(text=html, content_type="text/html", headers={"Cache-Control": "no-cache"})
