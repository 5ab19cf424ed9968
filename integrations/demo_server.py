"""What every demo server needs: to be served, to end on a signal, and pages that run nothing foreign."""

from __future__ import annotations

import asyncio
import errno
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import web

from core.errors import YijianshiError


class PortBusy(YijianshiError):
    """Another program already listens on this port."""

    code = "port_busy"


@asynccontextmanager
async def running(app: web.Application, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Serve ``app`` for the length of a block and give its base URL; port 0 lets the system choose.

    There is no access log: addresses may carry tickets. Raises `PortBusy`.
    """
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError as problem:
            if problem.errno in (errno.EADDRINUSE, errno.EACCES):
                raise PortBusy(f"port {port} on {host} is taken: choose another one") from problem
            raise
        yield f"http://{host}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def serve(app: web.Application, host: str, port: int, ready: Callable[[str], None] = lambda url: None) -> None:
    """Serve until SIGINT or SIGTERM; ``ready`` is told the base URL once requests are taken."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with running(app, host, port) as url:
        ready(url)
        await stop.wait()


def page(html: str, *, form_to: str = "", status: int = 200) -> web.Response:
    """An HTML page with a policy that allows its own inline style and nothing else.

    ``form_to`` names one more origin that a form of the page may end at after a redirect.
    """
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
    headers = {
        "Content-Security-Policy": f"{policy}; form-action 'self' {form_to}".rstrip(),
        "Cache-Control": "no-store",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return web.Response(text=html, content_type="text/html", charset="utf-8", headers=headers, status=status)


@web.middleware
async def operators_here(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Pages and switches of whoever runs the demo (``/`` and ``/_...``) are for this machine, however it listens.

    The name asked for must be this machine's too: a page of another site may have its name lead here.
    """
    if request.path == "/" or request.path.startswith("/_"):
        peer = request.transport.get_extra_info("peername") if request.transport else None
        if not (_is_here(str(peer[0]) if peer else "") and _is_here(request.url.host or "")):
            raise web.HTTPForbidden(text="only from the machine the demo runs on")
    return await handler(request)


def _is_here(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost"
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def from_own_page(request: web.Request) -> bool:
    """Whether a form came from a page of this server (or from a program, which sends no Origin)."""
    origin = request.headers.get("Origin")
    return origin is None or (origin != "null" and urlsplit(origin).netloc == request.host)
