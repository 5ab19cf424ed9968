"""The demo exchange, the demo province and the demo WeChat as processes beside the app, over real HTTP on loopback."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from core.errors import YijianshiError
from core.settings import Settings
from integrations.channels.wechat.accounts import accounts_of, written

READY_SECONDS = 180.0
"""For one that lives: a machine that is busy or slow starts it late. One that ended is not waited for."""
STOP_SECONDS = 5.0

Ready = Callable[[], Awaitable[None]]
"""Waits until every demo server takes connections."""


class DemoDidNotStart(YijianshiError):
    """A demo server did not start."""

    code = "demo_did_not_start"


class PortTaken(YijianshiError):
    """A port this program needs is in use."""

    code = "port_taken"


@dataclass(frozen=True)
class Demo:
    """How to start one demo server."""

    name: str
    port: int
    arguments: tuple[str, ...]
    environment: dict[str, str]
    log: Path


def ask_for_ports(settings: Settings) -> None:
    """Raise `PortTaken`, in one sentence, before anything is started."""
    wanted = {settings.port: "the app"}
    if settings.demo:
        wanted |= {settings.port + 1: "the demo exchange", settings.port + 2: "the demo province"}
        if not settings.wechat_api:
            wanted[settings.port + 3] = "the demo WeChat"
    for port, name in wanted.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.host, port))
            except OSError as problem:
                raise PortTaken(
                    f"port {port}, which {name} needs, is in use. Stop the other program, or choose four free "
                    f"ports in a row: make run PORT={settings.port + 100}"
                ) from problem


def demos(settings: Settings) -> tuple[Demo, ...]:
    """The demo servers with the secrets this deployment shares with them; secrets travel by environment."""
    logs = settings.data_dir / "log"
    logs.mkdir(parents=True, exist_ok=True)
    common = ("--host", settings.host)
    return (
        Demo(
            "the demo exchange",
            settings.port + 1,
            ("integrations.demo_exchange", *common, "--port", str(settings.port + 1), "--app", settings.sources_app,
             "--signer", settings.sources_signer, "--origin", settings.url),
            {
                "YJS_SOURCES_SECRET": settings.sources_secret.get_secret_value(),
                "YJS_IDENTITY_SECRET": settings.identity_password,
            },
            logs / "exchange.log",
        ),
        Demo(
            "the demo province",
            settings.port + 2,
            ("integrations.platforms.demo", *common, "--port", str(settings.port + 2), "--data",
             str(settings.data_dir / "province.db"), "--speed", str(settings.demo_speed),
             "--caller", settings.platform_caller),
            {
                "YJS_PLATFORM_SECRET": settings.platform_secret.get_secret_value(),
                "YJS_PLATFORM_CALLBACK_KEY": settings.platform_callback_key.get_secret_value(),
            },
            logs / "province.log",
        ),
        *_wechat(settings, logs),
    )


def _wechat(settings: Settings, logs: Path) -> tuple[Demo, ...]:
    """The demo WeChat, unless the real one is named."""
    if settings.wechat_api:
        return ()
    port = settings.port + 3
    arguments = ("integrations.channels.wechat.demo", "--host", settings.host, "--port", str(port), "--app-url",
                 settings.url)
    environment = {"YJS_WECHAT_ACCOUNTS": written(accounts_of(settings)), "YJS_DATA_DIR": str(settings.data_dir)}
    return (Demo("the demo WeChat", port, arguments, environment, logs / "wechat.log"),)


@asynccontextmanager
async def beside(settings: Settings) -> AsyncIterator[Ready]:
    """The demo servers for the length of a block; they end with it, also when it fails. They come up while the block
    goes on: it awaits what it is given where it needs them, which raises `DemoDidNotStart`."""
    started: list[tuple[Demo, asyncio.subprocess.Process]] = []

    async def ready() -> None:
        await asyncio.gather(*(_ready(demo, process, settings.host) for demo, process in started))

    try:
        for demo in demos(settings):
            started.append((demo, await _start(demo)))
        yield ready
    finally:
        await asyncio.gather(*(_stop(process) for _, process in started))


async def _start(demo: Demo) -> asyncio.subprocess.Process:
    with demo.log.open("ab") as log:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", *demo.arguments, stdout=log, stderr=log,
            env=os.environ | demo.environment,
            start_new_session=True,  # Ctrl-C reaches the app alone, which then ends these in order
        )


async def _ready(demo: Demo, process: asyncio.subprocess.Process, host: str) -> None:
    """Wait until the demo takes connections."""
    until = time.monotonic() + READY_SECONDS
    while process.returncode is None and time.monotonic() < until:
        try:
            _, writer = await asyncio.open_connection(host, demo.port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            await writer.wait_closed()
            return
    raise DemoDidNotStart(f"{demo.name} did not start: see {demo.log}")


async def _stop(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), STOP_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
