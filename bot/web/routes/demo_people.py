"""The invented people of the demo, family by family, with what each family came for."""

from __future__ import annotations

from itertools import groupby

from aiohttp import web
from pydantic import BaseModel

from bot.demo_matters import matters_of
from bot.folders import content_folders
from bot.web.endpoint import Api, Ask
from bot.web.keys import HOUSE
from core.errors import NotFound
from core.masking import mask_middle
from integrations.sources.demo.people import DemoLogin, logins

api = Api()


class DemoPerson(BaseModel):
    """Somebody invented who can sign in."""

    who: str
    name: str
    id_number: str
    """Masked."""
    note: str


class DemoFamily(BaseModel):
    """A family or company of the demo, and its story."""

    title: str
    story: str
    first: bool
    """Whether it is a good one to begin with."""
    about: list[str]
    """Titles of the one-things they can try."""
    people: list[DemoPerson]


class DemoPeople(BaseModel):
    """Everybody who can sign in."""

    families: list[DemoFamily]
    groups: list[str]
    """The titles of ``about`` in the order of the catalogue."""


@api.get("/api/v1/demo/people", summary="The invented people", who="anyone", returns=DemoPeople, errors=(NotFound,),
         tag="demo")
async def people(ask: Ask[None]) -> DemoPeople:
    """Family by family; nothing where demo sign-in is switched off."""
    if not ask.request.app[HOUSE].settings.demo_people:
        raise NotFound()
    titles = _titles(ask.request)
    families = [_family(list(found), titles) for _, found in groupby(logins(), lambda one: one.family)]
    used = {title for family in families for title in family.about}
    return DemoPeople(families=families, groups=[title for title in dict.fromkeys(_all(ask.request)) if title in used])


def _all(request: web.Request) -> list[str]:
    return [entry.title for entry in request.app[HOUSE].catalogue.entries.values()]


def _titles(request: web.Request) -> dict[str, list[str]]:
    """Id number to the titles of the one-things that the person's worked cases are about."""
    house = request.app[HOUSE]
    by_form = {entry.form: entry.title for entry in house.catalogue.entries.values() if entry.form}
    found = matters_of(tuple(content_folders("forms", house.settings)))
    return {number: [by_form[code] for code in codes if code in by_form] for number, codes in found.items()}


def _family(members: list[DemoLogin], titles: dict[str, list[str]]) -> DemoFamily:
    about = [title for one in members for title in titles.get(one.id_number, [])]
    return DemoFamily(
        title=members[0].title, story=members[0].story, first=members[0].first, about=list(dict.fromkeys(about)),
        people=[DemoPerson(who=one.who, name=one.name, id_number=mask_middle(one.id_number, 3, 4), note=one.note)
                for one in members],
    )
