"""Where a one-thing is handled (办理地): the regions that are served, and moving a draft from one to another."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.places import Places
from bot.render.place import changes
from bot.web.endpoint import Api, Ask
from bot.web.keys import HOUSE
from bot.web.papers import Papers, desk_of
from bot.web.shapes import DraftOut, PlaceOut
from bot.web.typed import Typed
from core.errors import InvalidAnswer, NotFound, NotNow

api = Api()
Region = Annotated[Typed, Field(pattern=r"^[0-9]{6}$")]


class Which(BaseModel):
    """Of which one-thing; of all when empty."""

    model_config = ConfigDict(extra="ignore")

    one_thing: str = Field("", max_length=64)


class There(BaseModel):
    """Which region."""

    model_config = ConfigDict(extra="ignore")

    region: str = Field(pattern=r"^[0-9]{6}$")


class Move(BaseModel):
    """Where to, from the revision that was shown."""

    model_config = ConfigDict(extra="forbid")

    region: Region
    revision: int = Field(ge=0, le=2**31 - 1)


class PlacesOut(BaseModel):
    """The regions to choose from. ``asked`` when ``POST /api/v1/drafts`` wants one of them, for what hangs on it."""

    places: tuple[PlaceOut, ...]
    default: str
    asked: bool


class Changed(BaseModel):
    """What another region changes for a draft: label and words, in the order to be read. Nothing when nothing does."""

    place: PlaceOut
    changes: tuple[tuple[str, str], ...]


@api.get("/api/v1/places", summary="Regions to choose from", who="anyone", query=Which, returns=PlacesOut,
         tag="places")
async def served(ask: Ask[None]) -> PlacesOut:
    """Those that are served; of a one-thing, those that offer it."""
    places, code = ask.request.app[HOUSE].places, ask.query.one_thing
    regions = places.offering(code) if code else places.served
    return PlacesOut(
        places=tuple(PlaceOut(region=one, title=places.title(one)) for one in regions), default=places.default,
        asked=bool(code) and not places.settled(code),
    )


@api.get("/api/v1/drafts/{id}/place", summary="What another region changes for a draft", who="citizen", query=There,
         returns=Changed, errors=(NotFound, InvalidAnswer), tag="places")
async def look(ask: Ask[None]) -> Changed:
    """Items more and less, days, what is to be answered again or goes; nothing is changed by it."""
    house, region = ask.request.app[HOUSE], ask.query.region
    held = await Papers(house, ask.citizen).get(ask.request.match_info["id"])
    must_offer(house.places, held.draft.one_thing, region)
    there = PlaceOut(region=region, title=house.places.title(region))
    return Changed(place=there, changes=changes(desk_of(house, held.draft), held.draft, region))


@api.post("/api/v1/drafts/{id}/place", summary="Have a draft handled elsewhere", who="citizen", body=Move,
          returns=DraftOut, errors=(NotFound, NotNow, InvalidAnswer), tag="places")
async def move(ask: Ask[Move]) -> DraftOut:
    """Until it is signed. Answers that still fit are kept, others are asked again; consent too, where it names less."""
    house, papers = ask.request.app[HOUSE], Papers(ask.request.app[HOUSE], ask.citizen)
    await house.kv.limit(f"edit:{ask.citizen}", house.settings.rate_per_person * 4)
    held = await papers.get(ask.request.match_info["id"])
    must_offer(house.places, held.draft.one_thing, ask.body.region)
    return await papers.view(await papers.relocate(held, ask.body.revision, ask.body.region))


def must_offer(places: Places, one_thing: str, region: str) -> None:
    """Raise `InvalidAnswer` about ``region`` (and ``regions``) for one that does not offer the one-thing."""
    offering = places.offering(one_thing)
    if region not in offering:
        raise InvalidAnswer("region", "region_not_served", regions=list(offering))


def region_for(places: Places, one_thing: str, asked: str) -> str:
    """Where a new draft is handled. Raises `InvalidAnswer` about ``region`` (and ``regions``): not served, or wanted
    because the regions differ and nobody is presumed to be anywhere."""
    if asked:
        must_offer(places, one_thing, asked)
    found = places.settled(one_thing, asked)
    if not found:
        raise InvalidAnswer("region", "region_wanted", regions=list(places.offering(one_thing)))
    return found
