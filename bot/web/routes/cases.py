"""My cases: progress, corrections, rating, withdrawal."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from bot.case_sights import case_sight
from bot.dialogue.events import Submitted
from bot.web.case_out import case_brief, case_out
from bot.web.case_shapes import CaseOut, Cases
from bot.web.endpoint import Api, Ask
from bot.web.keys import HOUSE
from bot.web.typed import About, Answer, Typed
from core.errors import InvalidAnswer, NotFound, NotNow

api = Api()
Words = Annotated[Typed, Field(max_length=500)]


class Corrected(BaseModel):
    """The answer to the notice: ``changes`` (path to value, beside what was saved in the draft) and ``replies`` in
    words, by what they are about (empty for the case as a whole)."""

    model_config = ConfigDict(extra="forbid")

    changes: Annotated[dict[About, Answer], Field(max_length=100)] = {}
    replies: Annotated[dict[Annotated[str, Field(max_length=200)], Words], Field(max_length=100)] = {}


class Withdrawn(BaseModel):
    """Why it is withdrawn, in words, if the citizen wants to say."""

    model_config = ConfigDict(extra="forbid")

    reason: Words = ""


class Rated(BaseModel):
    """1 (very dissatisfied) to 5 (very satisfied), with tags and words."""

    model_config = ConfigDict(extra="forbid")

    stars: int = Field(ge=1, le=5)
    tags: Annotated[list[Annotated[Typed, Field(max_length=30)]], Field(max_length=10)] = []
    words: Words = ""


@api.get("/api/v1/cases", summary="My cases", who="citizen", returns=Cases, tag="cases")
async def list_cases(ask: Ask[None]) -> Cases:
    """Last submitted first."""
    house = ask.request.app[HOUSE]
    found = await house.cases.cases_of(ask.citizen)
    return Cases(cases=[case_brief(await house.cases.view(one), house.say) for one in found[:100]])


@api.get("/api/v1/cases/{number}", summary="One case of mine", who="citizen", returns=CaseOut,
         errors=(NotFound,), tag="cases")
async def show_case(ask: Ask[None]) -> CaseOut:
    """Progress by department, timeline, corrections, results."""
    return await _shown(ask)


@api.post("/api/v1/cases/{number}/corrections", summary="Hand in corrections", who="citizen", body=Corrected,
          returns=CaseOut, errors=(NotFound, NotNow, InvalidAnswer), tag="cases")
async def correct(ask: Ask[Corrected]) -> CaseOut:
    """Everything the notice asks for, at once. The talk hears of it too."""
    house = ask.request.app[HOUSE]
    case = await house.cases.case(ask.request.match_info["number"], ask.citizen)
    if ask.body.changes:
        notice = await house.cases.correct(case.id, ask.citizen, ask.body.changes, ask.body.replies)
    else:
        notice = await house.cases.answer_correction(case.id, ask.citizen, ask.body.replies)
    sight = case_sight(await house.cases.view(case), house.say)
    await house.conversations.happen(ask.me.owner, Submitted(sight, again=True), f"corrected:{notice.id}")
    return await _shown(ask)


@api.post("/api/v1/cases/{number}/withdraw", summary="Withdraw a case", who="citizen", body=Withdrawn,
          returns=CaseOut, errors=(NotFound, NotNow), tag="cases")
async def withdraw(ask: Ask[Withdrawn]) -> CaseOut:
    """What departments have completed stays completed."""
    house = ask.request.app[HOUSE]
    case = await house.cases.case(ask.request.match_info["number"], ask.citizen)
    await house.cases.withdraw(case.id, ask.citizen, ask.body.reason)
    return await _shown(ask)


@api.post("/api/v1/cases/{number}/rating", summary="Rate a case that has ended", who="citizen", body=Rated,
          returns=CaseOut, errors=(NotFound, NotNow, InvalidAnswer), tag="cases")
async def rate(ask: Ask[Rated]) -> CaseOut:
    """Once."""
    house, body = ask.request.app[HOUSE], ask.body
    case = await house.cases.case(ask.request.match_info["number"], ask.citizen)
    await house.cases.rate(case.id, ask.citizen, body.stars, body.words, body.tags)
    return await _shown(ask)


async def _shown(ask: Ask[Any]) -> CaseOut:
    house = ask.request.app[HOUSE]
    case = await house.cases.case(ask.request.match_info["number"], ask.citizen)
    return case_out(await house.cases.view(case), house.say)
