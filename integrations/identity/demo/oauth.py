"""The OAuth2 interface of the demo: a code for whoever picks a card, tokens for the code, a person for a token; and the
ways to stay signed in and to leave.

Kept are the rules a client could trip over: the address to come back to is the same twice, a code works once, and one
that is used again ends the token it was given for; a challenge that was sent must be met.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from hmac import compare_digest

from aiohttp import web

from core.errors import Refused
from integrations.identity.demo.grants import Grants
from integrations.identity.demo.tickets import Tickets

WORDS = ("client_id", "redirect_uri", "state", "scope", "code_challenge")


@dataclass(frozen=True)
class Wish:
    """What an application asked for when it sent somebody here."""

    client_id: str
    redirect_uri: str
    state: str
    scope: str
    code_challenge: str

    @property
    def hidden(self) -> dict[str, str]:
        """Its fields, for the form of the page."""
        return {"response_type": "code"} | {name: getattr(self, name) for name in WORDS}

    def is_for(self, client: str) -> bool:
        """Whether the application is the one we know."""
        return self.client_id == client


@dataclass
class Codes:
    """Codes given out, and what they opened."""

    tickets: Tickets
    client: str
    secret: str
    grants: Grants
    wishes: dict[str, Wish] = field(default_factory=dict)

    def know(self, given: Mapping[str, str]) -> bool:
        """Whether it is our application that asks."""
        secret = given.get("client_secret", "")
        return given.get("client_id") == self.client and compare_digest(secret.encode(), self.secret.encode())


CODES = web.AppKey("oauth_codes", Codes)


def wish_of(given: Mapping[str, str]) -> Wish | None:
    """The wish in a query or form; None where it is the ticket flow."""
    if given.get("response_type") != "code" or given.get("code_challenge_method", "S256") != "S256":
        return None
    return Wish(*(given.get(name, "") for name in WORDS))


def add_oauth(app: web.Application, tickets: Tickets, *, service: str, password: str) -> None:
    """Add the routes; the page where somebody picks a card is that of the ticket flow."""
    app[CODES] = Codes(tickets, service, password, Grants(tickets))
    app.router.add_get("/sso/oauth2/authorize", authorize)
    app.router.add_post("/sso/oauth2/token", token)
    app.router.add_get("/sso/oauth2/userinfo", user_info)
    app.router.add_post("/sso/oauth2/revoke", revoke)


async def authorize(request: web.Request) -> web.Response:
    """To the page with the cards."""
    raise web.HTTPSeeOther(f"/sso/login?{request.query_string}")


def granted(app: web.Application, wish: Wish, who: str) -> dict[str, str]:
    """What somebody who picked a card takes back. Raises `Refused`."""
    codes = app[CODES]
    if not wish.is_for(codes.client):
        raise Refused("this application is not known")
    code = codes.tickets.issue(who, "AC")
    codes.wishes[code] = wish
    while len(codes.wishes) > 1000:
        codes.wishes.pop(next(iter(codes.wishes)))
    return {"code": code, "state": wish.state}


async def token(request: web.Request) -> web.Response:
    """Tokens for a code or for the token that renews, once each."""
    codes, given = request.app[CODES], await _form(request)
    if not codes.know(given):
        return _refused("invalid_client", 401)
    try:
        match given.get("grant_type"):
            case "authorization_code":
                made = _opened(codes, given)
            case "refresh_token":
                made = codes.grants.renew(given.get("refresh_token", ""))
            case _:
                return _refused("unsupported_grant_type")
    except Refused:
        return _refused("invalid_grant")
    return web.json_response(made, headers={"Cache-Control": "no-store"})


def _opened(codes: Codes, given: Mapping[str, str]) -> dict[str, str | int]:
    code = given.get("code", "")
    wish = codes.wishes.get(code)
    codes.grants.end(code)  # what it opened before, when somebody has copied it
    if wish is None or wish.redirect_uri != given.get("redirect_uri") or not _met(wish, given.get("code_verifier", "")):
        raise Refused("the code was asked for by somebody else")
    return codes.grants.begin(code, codes.tickets.redeem(code, "AC"), wish.scope)


async def revoke(request: web.Request) -> web.Response:
    """The sign-in of a token is over; also of one that nobody knows (RFC 7009)."""
    codes, given = request.app[CODES], await _form(request)
    if not codes.know(given):
        return _refused("invalid_client", 401)
    codes.grants.end(given.get("token", ""))
    return web.Response(headers={"Cache-Control": "no-store"})


async def _form(request: web.Request) -> dict[str, str]:
    return {name: str(value) for name, value in (await request.post()).items()}


async def user_info(request: web.Request) -> web.Response:
    """Whose token it is, and for which application it was given."""
    codes = request.app[CODES]
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    try:
        card = codes.tickets.card(codes.grants.reader(given))
    except Refused:
        return _refused("invalid_token", 401)
    person = card.person
    return web.json_response({
        "sub": card.who, "aud": codes.client, "name": person.name, "idnum": person.id_number, "mobile": person.phone,
        "authlevel": str(person.level),
    }, headers={"Cache-Control": "no-store"})


def challenge_of(proof: str) -> str:
    """The S256 challenge of a proof."""
    return base64.urlsafe_b64encode(hashlib.sha256(proof.encode()).digest()).decode().rstrip("=")


def _met(wish: Wish, proof: str) -> bool:
    return not wish.code_challenge or compare_digest(challenge_of(proof), wish.code_challenge)


def _refused(error: str, status: int = 400) -> web.Response:
    return web.json_response({"error": error}, status=status, headers={"Cache-Control": "no-store"})
