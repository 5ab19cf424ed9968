"""The citizen's page, the API docs and the page of errors. One page, several views: the script shows the right one."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import jinja2
from aiohttp import web

from bot.web.error_page import error_lines
from bot.web.keys import HOUSE, LOST
from bot.web.middleware import POLICY
from bot.web.routes.guides import add_guides
from bot.web.statics import Statics
from bot.web.words import page_words

PAGES = Path(__file__).parent.parent / "pages"
VIEWS = ("/", "/form", "/form/{id}", "/cases", "/cases/{number}", "/settings", "/confirm/{token}")
DOCS_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
"""Swagger UI sets styles on its elements."""
STATICS: web.AppKey[Statics] = web.AppKey("statics")


def add_pages(app: web.Application) -> None:
    """Mount the pages and their files."""
    statics = Statics()
    app[STATICS] = statics
    pages = _templates()
    index = pages.get_template("index.html").render(words=page_words(), url=statics.url)
    docs = pages.get_template("docs.html").render(words=page_words(), url=statics.url)

    async def show(request: web.Request) -> web.Response:
        return _page(index)

    async def show_docs(request: web.Request) -> web.Response:
        return _page(docs, DOCS_POLICY)

    async def show_errors(request: web.Request) -> web.Response:
        lines = error_lines(request.app[HOUSE].say)
        return _page(pages.get_template("errors.html").render(words=page_words(), url=statics.url, errors=lines))

    lost = pages.get_template("lost.html")
    app[LOST] = lambda says: lost.render(words=page_words(), url=statics.url, says=says)
    add_guides(app, pages, statics)
    for view in VIEWS:
        app.router.add_get(view, show)
    app.router.add_get("/docs", show_docs)
    app.router.add_get("/docs/errors", show_errors)
    app.router.add_get("/favicon.ico", _icon)
    app.router.add_get("/static/{version}/{name:.+}", statics.serve)


@lru_cache(maxsize=1)
def _templates() -> jinja2.Environment:
    """The templates, each compiled once. Everything is escaped, a missing name is an error."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(PAGES), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )


async def _icon(request: web.Request) -> web.Response:
    return web.Response(status=308, headers={"Location": request.app[STATICS].url("icon.svg")})


def _page(html: str, policy: str = "") -> web.Response:
    headers = {"Cache-Control": "no-cache"} | ({"Content-Security-Policy": policy} if policy else {})
    return web.Response(text=html, content_type="text/html", headers=headers)
