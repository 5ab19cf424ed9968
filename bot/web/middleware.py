"""What stands around every request: an id, limits, errors in plain words, safety headers, counters."""

from __future__ import annotations

import secrets
import time
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

from bot.web.keys import HOUSE, LOST
from bot.web.metrics import REQUESTS, SECONDS
from bot.web.problems import problem, sentence
from core.errors import CitizenError, NotFound, NotYours, YijianshiError

log = structlog.get_logger(__name__)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

UNLIMITED = ("/api/v1/platform/", "/static/", "/healthz", "/metrics")
"""Not counted by address: the platform, whose calls are signed and come in bursts; what costs nothing."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
COUNTED = SAFE_METHODS | {"POST", "PATCH", "PUT", "DELETE"}
"""Methods with counters of their own; whoever invents methods makes no new ones."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=(self), camera=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": POLICY,
}


@web.middleware
async def around(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The outermost frame: whatever happens becomes a proper answer, is counted and can be found in the log."""
    request_id = secrets.token_hex(8)
    structlog.contextvars.bind_contextvars(request=request_id)
    began = time.perf_counter()
    try:
        response = await _answered(request, handler, request_id)
    finally:
        structlog.contextvars.clear_contextvars()
    if not response.prepared:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers["X-Request-Id"] = request_id
        if request.path.startswith("/api/"):
            response.headers.setdefault("Cache-Control", "no-store")
    _count(request, response.status, time.perf_counter() - began)
    return response


async def _answered(request: web.Request, handler: Handler, request_id: str) -> web.StreamResponse:
    house = request.app[HOUSE]
    try:
        _same_origin(request)
        if not _unlimited(request):
            await house.kv.limit(f"address:{request.remote}", house.settings.rate_per_address)
        return await handler(request)
    except YijianshiError as error:
        if not isinstance(error, CitizenError):
            log.error("request.failed", route=_route(request), code=error.code, message=error.message)
        return _answer(request, error, request_id)
    except web.HTTPException as error:
        if error.status < 400:
            return web.Response(status=error.status, headers=error.headers)
        return _answer(request, _plain(error), request_id)
    except Exception:  # the frame around every handler
        log.exception("request.crashed", route=_route(request))
        return _answer(request, YijianshiError(), request_id)


def _answer(request: web.Request, error: YijianshiError, request_id: str) -> web.Response:
    """The problem as JSON; to a browser that opens an address, as a page with the way home."""
    say = request.app[HOUSE].say
    told = problem(error, say, request_id)
    if request.path.startswith("/api/") or "text/html" not in request.headers.get("Accept", ""):
        return told
    page = request.app[LOST](sentence(error, say))
    headers = {name: value for name, value in told.headers.items() if name == "Retry-After"}
    return web.Response(text=page, status=told.status, content_type="text/html", headers=headers)


class TooLarge(CitizenError):
    """The request is larger than may be sent."""

    code = "too_large"
    wording = "error.bad_request"
    status = 413


class WrongMethod(CitizenError):
    """There is something under this address, but not for this method."""

    code = "wrong_method"
    status = 405


def _plain(error: web.HTTPException) -> YijianshiError:
    if error.status == 404:
        return NotFound()
    if error.status == 405:
        return WrongMethod()
    if error.status == 413:
        return TooLarge()
    if error.status == 403:
        return NotYours()
    return CitizenError()


def _unlimited(request: web.Request) -> bool:
    """Pushes of WeChat come signed, all from a few addresses; whoever they are about is limited as a person."""
    pushed = request.method == "POST" and request.path.startswith("/wx/")
    return pushed or request.path.startswith(UNLIMITED)


def _same_origin(request: web.Request) -> None:
    """A browser says where a request was made; one made on a foreign page never changes anything here."""
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    foreign = site in ("cross-site", "same-site") or (
        origin is not None and origin.split("://", 1)[-1] != request.host
    )
    if foreign:
        raise NotYours("a request made on another site")


def _route(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource else "unknown"


def _count(request: web.Request, status: int, seconds: float) -> None:
    method = request.method if request.method in COUNTED else "other"
    REQUESTS.labels(method, _route(request), str(status)).inc()
    SECONDS.labels(_route(request)).observe(seconds)
