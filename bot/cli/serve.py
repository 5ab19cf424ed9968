"""``yijianshi serve``."""

from __future__ import annotations

import argparse
import asyncio
import signal
import time
from contextlib import AsyncExitStack, suppress

import uvloop
from aiohttp import web

from bot.app import make_app
from bot.demo_processes import ask_for_ports, beside
from bot.house import open_house
from bot.standing import alone_with
from bot.sweeper import sweeping
from bot.wechat.demo_menu import show_demo_menu
from core.database import migrate
from core.errors import TooMany
from core.logs import set_up_logging
from core.settings import Settings, load_settings
from intents.training.starting import begin_golden

GREETING = """
yijianshi is running ({seconds:.1f} s).

  citizen's page   {url}/
  staff console    {url}/console/{staff}
  API docs         {url}/docs
{demos}
Try it: open the citizen's page and write  「我媳妇刚生了，要办啥手续」
Stop with Ctrl-C; starting again goes on where it was.
"""
DEMOS = """  demo exchange    {exchange}/
  demo province    {province}/
  demo WeChat      {wechat}/   (a phone with the official account)
  mini-program     {wechat}/mini   (its screens as pictures)
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Where to listen; what to leave out."""
    parser.add_argument("--port", type=int, help="port of the app; the demo servers take the next three")
    parser.add_argument("--no-demo", action="store_true", help="start no demo servers")
    parser.add_argument("--no-worker", action="store_true", help="leave jobs to `yijianshi worker`")


def run(options: argparse.Namespace) -> int:
    """Serve until a signal."""
    given: dict[str, object] = {"port": options.port} if options.port else {}
    if options.no_demo:
        given["demo"] = False
    if options.no_worker:
        given["worker_in_app"] = False
    settings = load_settings(**given)
    set_up_logging(settings.log_level, settings.log_json)
    uvloop.run(serve(settings))
    return 0


async def serve(settings: Settings, stop: asyncio.Event | None = None) -> None:
    """Start what belongs together, in order; stop it in the reverse order."""
    began = time.monotonic()
    stop = stop or _on_signal()
    ask_for_ports(settings)
    async with AsyncExitStack() as stack:
        stack.enter_context(alone_with(settings))
        demos_ready = await stack.enter_async_context(beside(settings)) if settings.demo else None
        await migrate(settings.db_url)
        house = await stack.enter_async_context(open_house(settings, works=settings.worker_in_app))
        if demos_ready:
            await demos_ready()  # before the first delivery that is due, and before anybody is answered
        with suppress(TooMany):  # another process is at it
            await begin_golden(house.kv, house.catalogue)
        if settings.worker_in_app:
            await stack.enter_async_context(sweeping(house))
        runner = web.AppRunner(await make_app(house), access_log=None, handle_signals=False, shutdown_timeout=2)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, settings.host, settings.port).start()
        if settings.demo:
            await show_demo_menu(settings, house.kv)
        print(_greeting(settings, time.monotonic() - began), flush=True)
        await stop.wait()
        print("Stopping ...", flush=True)


def _on_signal() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop


def _greeting(settings: Settings, seconds: float) -> str:
    demos = DEMOS.format(
        exchange=settings.exchange_url, province=settings.province_url, wechat=settings.wechat_url
    ) if settings.demo else ""
    staff = "      reviewer / reviewer-demo" if settings.demo else ""
    return GREETING.format(seconds=seconds, url=settings.url, demos=demos, staff=staff)
