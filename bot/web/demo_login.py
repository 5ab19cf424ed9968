"""Signing in as one of the invented people: the real ticket flow, made by the server in the citizen's place."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import aiohttp

from core.errors import Garbled, NotFound, Unavailable
from integrations.identity.demo.provider import DemoIdentity

if TYPE_CHECKING:
    from bot.house import House

SECONDS = 5.0


async def demo_ticket(house: House, who: str) -> str:
    """A ticket for one of the cards, as choosing it on the sign-in page gives. Raises `NotFound`, `Unavailable`."""
    if isinstance(house.identity, DemoIdentity):
        return house.identity.tickets.issue(who)
    back = f"{house.settings.url}/login/back"
    form = {"who": who, "goto": back}
    if house.settings.identity_flow == "oauth2":
        form |= {"response_type": "code", "client_id": house.settings.identity_service, "redirect_uri": back}
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as client,
            client.post(f"{house.settings.sign_in_url}/login", data=form, allow_redirects=False) as answer,
        ):
            status, where = answer.status, answer.headers.get("Location", "")
    except (aiohttp.ClientError, TimeoutError) as problem:
        raise Unavailable("the demo sign-in does not answer") from problem
    if status == 404:
        raise NotFound()
    given = parse_qs(urlsplit(where).query)
    ticket = (given.get("ticket") or given.get("code") or [""])[0]
    if status != 303 or not ticket:
        raise Garbled(f"the demo sign-in answers {status}")
    return ticket
