"""The mini-program's own routes: who its user is, their phone number, and which messages they want."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from bot.models import Citizen, WechatUser
from bot.web.endpoint import Api, Ask
from bot.web.keys import DOORS, HOUSE
from bot.web.routes.session import Me
from bot.web.visitors import Visitor, close_session, digest, open_session
from bot.wechat import grants
from bot.wechat.users import bind, user_of
from core.audit import record
from core.errors import NotAuthorised, NotFound, NotNow, Unavailable
from core.masking import mask_name
from integrations.channels.wechat.accounts import Account
from integrations.channels.wechat.base import Barred, CodeUsed, WechatApi

api = Api()
CODE_SECONDS = 300
"""As long as WeChat itself lets a code live."""
PHONES_A_MINUTE = 5
Template = Annotated[str, Field(min_length=1, max_length=80)]


class Code(BaseModel):
    """What WeChat gave the client: it works once, for five minutes."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(min_length=1, max_length=200)


class PhoneGiven(BaseModel):
    """The citizen's own number, for the form that is open; we keep it only when it is put there."""

    phone: str


class Topic(BaseModel):
    """Something that WeChat may tell about later. ``about`` is case, correction or result."""

    about: str
    template: str
    refused: bool
    """They said no before: ask again only when they come to the settings themselves."""


class Topics(BaseModel):
    """What to ask for with ``wx.requestSubscribeMessage``."""

    topics: list[Topic]


class Chosen(BaseModel):
    """What WeChat's question gave back: template id to ``accept``, ``reject``, ``ban`` or ``filter``."""

    model_config = ConfigDict(extra="forbid")

    answers: Annotated[
        dict[Template, Literal["accept", "acceptWithAlert", "acceptWithAudio", "reject", "ban", "filter"]],
        Field(max_length=20),
    ]


@api.post("/api/v1/session/wechat", summary="Go on as the mini-program's user", who="anyone", body=Code, returns=Me,
          errors=(CodeUsed, Barred, NotFound, Unavailable, NotAuthorised), tag="session")
async def known(ask: Ask[Code]) -> Me:
    """A session of whoever ``wx.login`` gave the code to; what a guest was talking about goes on in it.

    The same code again within five minutes gives a session of the same user: an answer that got lost costs nothing.
    """
    house = ask.request.app[HOUSE]
    account, wechat = ask.request.app[DOORS].mini()
    user = await _user(ask, account, wechat)
    visitor = ask.visitor
    if visitor is not None and visitor.citizen_id and str(user.citizen_id) != visitor.citizen_id:
        await bind(str(user.id), visitor.citizen_id)
        await user.refresh_from_db()
    known_here = user.citizen_id and user.signed_out_at is None
    citizen = await Citizen.get_or_none(id=user.citizen_id, deleted_at=None) if known_here else None
    if visitor is not None and visitor.citizen_id is None and visitor.owner != _talker(user, citizen):
        await _carry(house.conversations, visitor, user, citizen)
    elder, scale = _looks(visitor, citizen)
    token, _ = await open_session(str(citizen.id) if citizen else None, elder, scale, wechat_user=str(user.id))
    await close_session(ask.request)
    who = {"name": mask_name(citizen.name), "level": citizen.level, "wechat": True} if citizen else {}
    return Me(signed_in=citizen is not None, elder=elder, scale=scale, token=token, **who)


async def _user(ask: Ask[Code], account: Account, wechat: WechatApi) -> WechatUser:
    """Whose code it is; WeChat is asked once."""
    kv, key = ask.request.app[HOUSE].kv, f"wechat:login:{account.app_id}:{digest(ask.body.code)}"
    async with kv.lock(key, seconds=30, wait=10):
        before = await kv.get(key)
        found = await WechatUser.get_or_none(id=UUID(before)) if before else None
        if found is None:
            found = await user_of(account.app_id, await wechat.person(ask.body.code))
            await kv.put(key, str(found.id), CODE_SECONDS)
    return found


async def _carry(conversations: Any, guest: Visitor, user: WechatUser, citizen: Citizen | None) -> None:
    if citizen is not None:
        await conversations.signed_in(guest.owner, str(citizen.id))
    else:
        await conversations.moved(guest.owner, _talker(user, citizen))


def _talker(user: WechatUser, citizen: Citizen | None) -> str:
    """Whose talk it is in this client: of who signed out, nobody's."""
    return f"citizen:{citizen.id}" if citizen is not None else f"guest:{user.id}"


def _looks(visitor: Visitor | None, citizen: Citizen | None) -> tuple[bool, int]:
    both = [(one.elder, one.scale) for one in (visitor, citizen) if one is not None]
    return any(elder for elder, _ in both), max([100, *(scale for _, scale in both)])


@api.post("/api/v1/session/phone", summary="The phone number that WeChat knows", body=Code, returns=PhoneGiven,
          errors=(CodeUsed, Barred, NotFound, NotNow, Unavailable, NotAuthorised), tag="session")
async def phone(ask: Ask[Code]) -> PhoneGiven:
    """By the code of WeChat's phone button that was just pressed. It is kept that it was asked for, not the number."""
    _, wechat = ask.request.app[DOORS].mini()
    await ask.request.app[HOUSE].kv.limit(f"phone:{ask.me.owner}", PHONES_A_MINUTE)
    user = await _mine(ask)
    number = await wechat.phone(ask.body.code, user.openid)
    await record(ask.me.owner, "wechat.phone", f"wechat:{user.id}")
    return PhoneGiven(phone=number)


@api.get("/api/v1/subscriptions", summary="What WeChat may tell about later", returns=Topics, errors=(NotFound,),
         tag="session")
async def topics(ask: Ask[None]) -> Topics:
    """The mini-program's message templates, and which of them this user refused before."""
    return await _topics(ask)


async def _topics(ask: Ask[Any]) -> Topics:
    account, _ = ask.request.app[DOORS].mini()
    user = UUID(ask.me.wechat_user) if ask.me.wechat_user else None
    return Topics(topics=[
        Topic(about=about, template=template, refused=user is not None and await grants.refused(user, template))
        for about, template in account.templates.items()
    ])


@api.post("/api/v1/subscriptions", summary="Keep what the user allowed", body=Chosen, returns=Topics,
          errors=(NotFound, NotNow), tag="session")
async def choose(ask: Ask[Chosen]) -> Topics:
    """Templates that are not ours, and those that WeChat did not ask about, are passed over."""
    account, _ = ask.request.app[DOORS].mini()
    user, ours = await _mine(ask), set(account.templates.values())
    await grants.remember(user.id, [
        (template, said.startswith("accept")) for template, said in ask.body.answers.items()
        if template in ours and said != "filter"
    ])
    return await _topics(ask)


async def _mine(ask: Ask[Any]) -> WechatUser:
    """The mini-program's user behind this session. Raises `NotNow`: a browser has none."""
    account, _ = ask.request.app[DOORS].mini()
    key = ask.me.wechat_user
    user = await WechatUser.get_or_none(id=UUID(key), app_id=account.app_id) if key else None
    if user is None or not user.openid:
        raise NotNow(reason="no_wechat")
    return user
