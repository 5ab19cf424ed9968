"""The provincial platform's side: pushed events, and the files its departments fetch."""

from __future__ import annotations

from ipaddress import ip_address
from uuid import UUID

import structlog
from aiohttp import web

from bot.web.endpoint import Api, Ask
from bot.web.keys import HOUSE
from bot.web.routes.files import as_download
from cases.delivery import file_tag
from cases.delivery.file_access import may_fetch
from core.audit import record
from core.errors import CitizenError, Garbled, NotAuthorised, NotFound
from forms.models import Upload

api = Api()
log = structlog.get_logger(__name__)
LONGEST = 1024 * 1024
FORGED_A_MINUTE = 60


class BadSignature(CitizenError):
    """The callback is not signed by the platform, or not now."""

    code = "bad_signature"
    status = 401
    wording = "error.bad_request"


@api.post("/api/v1/platform/callback", summary="An event from the provincial platform", who="anyone",
          errors=(BadSignature, CitizenError, NotFound), tag="platform")
async def callback(ask: Ask[None]) -> web.Response:
    """Signed and fresh; kept before it is acknowledged, however often it comes."""
    house, request = ask.request.app[HOUSE], ask.request
    _fenced(ask)
    body = await request.read()
    try:
        event, nonce = house.platform.read_callback(request.headers, body)
    except NotAuthorised as problem:
        await _refused(ask, str(problem.details.get("code", "")))
        raise BadSignature() from problem
    except Garbled as problem:
        log.warning("platform.garbled_callback", problem=problem.message)
        raise CitizenError("an event that cannot be read") from problem
    await house.cases.take_event(event, nonce)
    return web.json_response({"code": "200", "message": "success"})


@api.get("/api/v1/platform/files/{id}", summary="A file of a package", who="anyone", errors=(NotFound,),
         tag="platform", gives="application/octet-stream")
async def package_file(ask: Ask[None]) -> web.Response:
    """For departments, by the address that the package carries; without its tag, or long after, there is nothing."""
    house, request = ask.request.app[HOUSE], ask.request
    _fenced(ask)
    id_, _, tag = request.match_info["id"].partition(".")
    if not file_tag.fits(id_, tag):
        raise NotFound()
    of = await Upload.filter(id=UUID(id_)).values_list("draft_id", flat=True)
    if not of or not await may_fetch(UUID(str(of[0])), house.settings.package_file_days):
        raise NotFound()
    held, content = await house.forms.files.read(id_, "platform")
    return as_download(held.name, held.mime, content)


def _fenced(ask: Ask[None]) -> None:
    """From networks that settings do not name nobody finds anything here. Raises `NotFound`."""
    networks = ask.request.app[HOUSE].settings.platform_networks
    if not networks:
        return
    try:
        address = ip_address(ask.request.remote or "")
    except ValueError:
        raise NotFound() from None
    if not any(address in network for network in networks):
        log.warning("platform.fenced", address=str(address))
        raise NotFound()


async def _refused(ask: Ask[None], why: str) -> None:
    """In the audit log, as long as nobody floods it."""
    house = ask.request.app[HOUSE]
    log.warning("platform.forged_callback", why=why)
    if await house.kv.count("callback.refused", 60) <= FORGED_A_MINUTE:
        await record("platform", "callback.refused", "platform", outcome="refused", details={"why": why})
