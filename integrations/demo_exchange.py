"""The demo exchange as a process: shared data, unified identity and speech recognition on one port.

``python -m integrations.sources.demo`` starts it. It is put together here because families of adapters do not know
each other.
"""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from core.logs import set_up_logging
from core.settings import Settings, load_settings
from integrations.demo_server import PortBusy, serve
from integrations.identity.base import Person
from integrations.identity.demo.server import add_sign_in
from integrations.identity.demo.tickets import Card
from integrations.sources.demo.desk import Desk, register_of
from integrations.sources.demo.guard import Convention
from integrations.sources.demo.people import FOLDER, logins
from integrations.sources.demo.server import make_app as make_exchange
from integrations.speech.demo.server import Ear, add_speech

log = structlog.get_logger()


def cards(folder: Path = FOLDER) -> tuple[Card, ...]:
    """Everybody of the demo data who may sign in, as cards of the demo identity."""
    return tuple(
        Card(one.who, one.title, one.story, one.note, Person(one.name, one.id_number, one.phone, one.level))
        for one in logins(folder)
    )


def make_app(
    *, app: str, secret: str, signer: Convention = "gjzwfwpt", service: str = "yijianshi", password: str = "",
    origins: Iterable[str] = (), folder: Path = FOLDER, desk: Desk | None = None,
) -> web.Application:
    """Exchange and sign-in together. ``password`` is ``secret`` when empty; ``origins`` may be returned to."""
    server = make_exchange(app=app, secret=secret, signer=signer, desk=desk or Desk(register_of(folder)))
    add_sign_in(server, cards(folder), service=service, password=password or secret, origins=origins)
    add_speech(server, Ear())
    return server


def _arguments(settings: Settings, argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m integrations.sources.demo", description="The demo exchange.")
    parser.add_argument("--host", default=settings.host)
    parser.add_argument("--port", type=int, default=settings.port + 1, help="0 lets the system choose")
    parser.add_argument("--app", default=settings.sources_app, help="application id of the one caller")
    parser.add_argument("--secret", default="", help="its secret; better given as YJS_SOURCES_SECRET")
    parser.add_argument("--signer", choices=["gjzwfwpt", "tif", "xbg"], default=settings.sources_signer)
    parser.add_argument("--origin", action="append", default=[], help="where people may be sent back to")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> None:
    """Serve until SIGINT or SIGTERM. What is not given comes from settings, so that both sides agree."""
    settings = load_settings() if not os.environ.get("YJS_SOURCES_SECRET") else Settings()
    asked = _arguments(settings, argv)
    set_up_logging(settings.log_level, settings.log_json)
    secret = asked.secret or settings.sources_secret.get_secret_value()
    own = urlsplit(settings.url)
    app = make_app(
        app=asked.app, secret=secret, signer=asked.signer, service=settings.identity_service,
        password=asked.secret or settings.identity_password, origins=(*asked.origin, f"{own.scheme}://{own.netloc}"),
    )
    try:
        asyncio.run(serve(app, asked.host, asked.port, lambda url: log.info("demo exchange is ready", url=url)))
    except PortBusy as busy:
        raise SystemExit(busy.message) from None


if __name__ == "__main__":
    main()
