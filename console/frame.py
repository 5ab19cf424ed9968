"""What stands around every page: errors become pages, refusals are written down, headers keep the page to itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

from console.asking import asks_for_json
from console.desk import ROOT
from console.pages import go, show
from console.sessions import MEMBER
from console.wording import words
from core import audit
from core.errors import CitizenError, NotFound, NotNow, NotSignedIn, NotYours, YijianshiError

log = structlog.get_logger(__name__)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
SAFE = frozenset({"GET", "HEAD"})
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=(), camera=()",
}


@web.middleware
async def frame(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Whatever happens becomes a page."""
    try:
        _same_origin(request)
        response = await handler(request)
    except NotSignedIn:
        response = _sign_in(request)
    except YijianshiError as error:
        response = await _failed(request, error)
    except web.HTTPException as error:
        response = await _failed(request, NotFound() if error.status == 404 else CitizenError())
    except Exception:  # the frame around every page
        log.exception("console.crashed", path=request.path.partition("/cases/")[0])
        response = await _failed(request, YijianshiError())
    if not response.prepared:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        static = request.path.startswith(f"{ROOT}/static/")
        response.headers.setdefault("Cache-Control", "max-age=31536000, immutable" if static else "no-store")
    return response


def _same_origin(request: web.Request) -> None:
    """A form sent from a page of another site never reaches a handler."""
    if request.method in SAFE:
        return
    origin = request.headers.get("Origin")
    if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site") or (
        origin is not None and origin.split("://", 1)[-1] != request.host
    ):
        raise NotYours("a form sent from another site")


def _sign_in(request: web.Request) -> web.Response:
    """To the sign-in page, and back here afterwards; a page that refreshes by itself is told to load anew."""
    if asks_for_json(request):
        return web.json_response({"title": words()("error.not_signed_in"), "status": 401, "code": NotSignedIn.code},
                                 status=401, content_type="application/problem+json")
    if "HX-Request" in request.headers:
        return web.Response(status=401, headers={"HX-Refresh": "true"})
    back = request.path_qs.removeprefix(ROOT) if request.method in SAFE else ""
    return go("/sign-in", next=back if back not in ("", "/") else "")


async def _failed(request: web.Request, error: YijianshiError) -> web.Response:
    """The page of an error. What is somebody else's looks like what is not there, and the attempt is kept."""
    member = request.get(MEMBER)
    if isinstance(error, NotYours) and member is not None:
        await audit.record(member.staff.actor, "console.refused", request.path[:80], outcome="refused")
    if not isinstance(error, CitizenError):
        log.error("console.failed", code=error.code, message=error.message)
    says = words().first(*_keys(error), "error.internal")
    if asks_for_json(request):
        told = {"type": "about:blank", "title": says, "status": error.status, "code": error.code}
        return web.json_response(told, status=error.status, content_type="application/problem+json")
    return show(request, "error.html", member, status=error.status, says=says)


def _keys(error: YijianshiError) -> list[str]:
    keys = [error.wording]
    if isinstance(error, NotNow):
        keys[:0] = [f"not_now.{error.details.get('reason', '')}"]
    return keys
