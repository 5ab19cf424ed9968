"""The web application: every route of the citizens' side, mounted around one house."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from aiohttp import web
from aiohttp_remotes import XForwardedRelaxed
from aiohttp_remotes import setup as set_up_remotes

from bot.folders import content_folders
from bot.house import House
from bot.web.endpoint import Api
from bot.web.keys import DOORS, HOUSE, SPEC
from bot.web.middleware import around
from bot.web.openapi import describe
from bot.web.routes import (
    cases,
    confirm,
    demo_people,
    drafts,
    files,
    guides,
    login,
    me,
    messages,
    mini,
    operations,
    pages,
    papers,
    places,
    platform,
    session,
    voice,
    wechat,
)
from bot.web.words import page_words
from bot.wechat.doors import Doors
from console.app import make_console
from console.desk import ROOT, ConsoleDesk

APIS: tuple[Api, ...] = (
    session.api, login.api, demo_people.api, messages.api, voice.api, drafts.api, places.api, files.api, confirm.api,
    cases.api, papers.api, me.api, guides.api, platform.api, operations.api, wechat.api, mini.api,
)
LARGEST_BODY = 1024 * 1024
"""Bytes of a body that is read at once; uploads are streamed and have limits of their own."""


async def make_app(house: House) -> web.Application:
    """The application for a house, with the staff console mounted under ``/console``."""
    app = web.Application(middlewares=[around], client_max_size=LARGEST_BODY)
    if house.settings.trusted_proxies:
        await set_up_remotes(app, XForwardedRelaxed(num=house.settings.trusted_proxies))
        # what the proxies say must be known before anything is counted by address
        app.middlewares.insert(0, app.middlewares.pop())
    app[HOUSE] = house
    app[DOORS] = house.doors or Doors(house, {})
    app.on_shutdown.append(_let_go)
    for api in APIS:
        api.add_to(app)
    app[SPEC] = describe(
        [one for api in APIS for one in api.endpoints], page_words()("app.title"), _version(), house.settings.url
    )
    pages.add_pages(app)
    desk = ConsoleDesk(house.cases, house.engine, house.kv, house.settings,
                       tuple(content_folders("forms", house.settings)), house.understander, house.bench)
    app.add_subapp(ROOT, make_console(desk))
    return app


async def _let_go(app: web.Application) -> None:
    """Those who listen for news are answered before the app stops; they come back by themselves."""
    app[HOUSE].conversations.room.close()


def _version() -> str:
    try:
        return version("yijianshi")
    except PackageNotFoundError:
        return "0"
