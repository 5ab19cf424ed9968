"""What we hold about a citizen: taken along, or forgotten."""

from __future__ import annotations

import orjson
from aiohttp import web
from pydantic import BaseModel

from bot.citizens import forget
from bot.exporting import everything_about
from bot.keeping import erase_talk
from bot.web.endpoint import Api, Ask
from bot.web.keys import HOUSE
from bot.web.visitors import COOKIE, close_session
from bot.wechat.users import unbind_all
from core.audit import record

api = Api()
EXPORTS_A_MINUTE = 10


class ConsentGiven(BaseModel):
    """A consent as it was shown."""

    at: str
    purpose: str
    given: bool
    text: str
    draft: str
    """What it was given for: POST its ``/consent`` with ``given: false`` to take it back."""
    title: str
    may_withdraw: bool
    """Whether it can still be taken back: it was given, and nothing was signed yet."""


class Consents(BaseModel):
    """The consents kept with my drafts and cases."""

    consents: list[ConsentGiven]


class Unbound(BaseModel):
    """How many accounts and mini-programs knew me, and whether this session was one of theirs and has ended."""

    unbound: int
    signed_out: bool


class Forgotten(BaseModel):
    """What was deleted, and the open cases that stay until they end."""

    messages: int
    drafts: int
    cases: int
    kept: list[str]
    signed_out: bool


@api.get("/api/v1/me/consents", summary="What I consented to", who="citizen", returns=Consents, tag="me")
async def consents(ask: Ask[None]) -> Consents:
    """Of every draft whose answers are still kept, submitted ones too."""
    house = ask.request.app[HOUSE]
    return Consents(consents=[
        ConsentGiven(
            at=one.at.isoformat(), purpose=one.purpose, given=one.given, text=one.text, draft=held.id,
            title=house.engine.bank.definition(held.draft.one_thing).title,
            may_withdraw=one.given and bool(one.sources) and held.state == "open",
        )
        for held in await house.forms.kept_of(ask.citizen) if (one := held.draft.consent) is not None
    ])


@api.get("/api/v1/me/export", summary="Everything held about me", who="citizen", tag="me", gives="application/json")
async def export(ask: Ask[None]) -> web.Response:
    """One JSON document: the person, sessions, drafts with files, cases, the talk, and every look-up made."""
    house = ask.request.app[HOUSE]
    await house.kv.limit(f"export:{ask.citizen}", EXPORTS_A_MINUTE)
    await record(f"citizen:{ask.citizen}", "citizen.export", f"citizen:{ask.citizen}")
    everything = await everything_about(house.forms, house.cases, house.confirmations, ask.citizen)
    return web.Response(
        body=orjson.dumps(everything, default=str, option=orjson.OPT_INDENT_2), content_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="yijianshi-export.json"'},
    )


@api.delete("/api/v1/me/wechat", summary="Let no WeChat know me any more", who="citizen", returns=Unbound, tag="me")
async def unbind(ask: Ask[None]) -> web.Response:
    """Every account and mini-program: their clients are signed out, and get no news of cases."""
    done = await unbind_all(ask.citizen)
    here = ask.me.wechat_user is not None
    response = web.json_response(text=Unbound(unbound=done, signed_out=here).model_dump_json())
    if here:
        await close_session(ask.request)
        response.del_cookie(COOKIE, path="/")
    return response


@api.delete("/api/v1/me", summary="Forget me", who="citizen", returns=Forgotten, tag="me")
async def delete(ask: Ask[None]) -> web.Response:
    """Talks, drafts and ended cases go at once. Open cases stay until they end, and with them who they belong to."""
    house, citizen = ask.request.app[HOUSE], ask.citizen
    found = await house.cases.cases_of(citizen)
    kept = [one.number for one in found if one.ended_at is None]
    cases = await house.cases.erase(citizen)  # first, for it lets go of the drafts that ended cases hold
    done = Forgotten(
        messages=await erase_talk(ask.me.owner), drafts=await house.forms.erase(citizen), cases=cases, kept=kept,
        signed_out=not kept,
    )
    response = web.json_response(text=done.model_dump_json())
    if not kept:
        await unbind_all(citizen)
        await forget(citizen)
        response.del_cookie(COOKIE, path="/")
    return response
