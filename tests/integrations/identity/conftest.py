"""A platform of unified identity that answers what it is told to, whatever it is asked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiohttp import web

from integrations.demo_server import running
from integrations.identity.base import Person

FATHER = Person("陈一民", "330106199205123014", "13800001001", 3)


@asynccontextmanager
async def saying(answers: Sequence[object]) -> AsyncIterator[str]:
    """Its base URL. A number is a status, text is a page, anything else is JSON; one after the other."""
    left = list(answers)

    async def handler(request: web.Request) -> web.Response:
        answer = left.pop(0)
        if isinstance(answer, int):
            return web.Response(status=answer)
        if isinstance(answer, str):
            return web.Response(text=answer, content_type="text/html")
        return web.json_response(answer)

    app = web.Application()
    app.router.add_route("*", "/{what:.*}", handler)
    async with running(app) as url:
        yield url
