"""The console as an application of its own, to be mounted under ``/console`` or served alone in the inner network."""

from __future__ import annotations

from aiohttp import web

from console.demo_staff import ensure_demo_staff
from console.desk import DESK, ROOT, ConsoleDesk
from console.frame import frame
from console.pages import STATIC
from console.routes import (
    accounts,
    cases,
    content,
    deciding,
    golden,
    labelling,
    labels,
    preview,
    proposals,
    queue,
    ratings,
    sign_in,
    supervision,
    talks,
    tasks,
    understanding,
    version,
    versions,
)

ROUTES = (sign_in, queue, cases, deciding, tasks, talks, ratings, supervision, content, preview, proposals, accounts,
          understanding, labelling, labels, versions, version, golden)


def make_console(desk: ConsoleDesk) -> web.Application:
    """The console; mount it with ``app.add_subapp("/console", make_console(desk))``."""
    app = web.Application(middlewares=[frame])
    app[DESK] = desk
    for module in ROUTES:
        app.add_routes(module.routes)
    app.router.add_static("/static", STATIC)
    app.on_startup.append(_demo)
    return app


def make_alone(desk: ConsoleDesk) -> web.Application:
    """An application that is nothing but the console, under the same addresses."""
    app = web.Application(client_max_size=256 * 1024)
    app.add_subapp(ROOT, make_console(desk))
    return app


async def _demo(app: web.Application) -> None:
    await ensure_demo_staff(app[DESK].settings)
