"""Pages declared once: who may see them. Signing in, rights and the form's secret are checked here and nowhere else."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import web

from cases.actors import Staff
from console.desk import DESK, ROOT, ConsoleDesk
from console.pages import go, show
from console.roles import Right, may
from console.sessions import MEMBER, Member, member_of
from core.errors import CitizenError, NotSignedIn, NotYours

BEFORE_CHOOSING = (f"{ROOT}/password", f"{ROOT}/sign-out")
"""All that somebody may do who must choose a password first."""
LONGEST_TEXT = 2000
"""Characters a field of a form may have; a longer one is cut, no form of ours lets one type it."""


class FormOutdated(CitizenError):
    """The form does not carry this session's secret: it is too old, or from elsewhere."""

    code = "form_outdated"
    wording = "error.form_outdated"
    status = 403


@dataclass
class Asking:
    """One request of somebody who may make it."""

    request: web.Request
    member: Member
    form: dict[str, list[str]] = field(default_factory=dict)

    @property
    def desk(self) -> ConsoleDesk:
        """The doors behind the console."""
        return self.request.app[DESK]

    @property
    def staff(self) -> Staff:
        """Who asks, as cases know them."""
        return self.member.staff

    def part(self, name: str) -> str:
        """A part of the address."""
        return self.request.match_info[name]

    def query(self, name: str) -> str:
        """A part of the query, empty when absent."""
        return self.request.query.get(name, "")[:LONGEST_TEXT]

    def given(self, name: str) -> str:
        """What was typed into a field, without the spaces around it."""
        return self.form.get(name, [""])[0].strip()

    @property
    def wants_json(self) -> bool:
        """Whether a program asks, which takes JSON and no page."""
        return asks_for_json(self.request)

    def told(self, data: dict[str, Any], status: int = 200) -> web.Response:
        """An answer for a program."""
        return web.json_response(data, status=status, dumps=lambda one: orjson.dumps(one).decode())

    def show(self, template: str, status: int = 200, **context: Any) -> web.Response:
        """A page for this person."""
        return show(self.request, template, self.member, status, **context)


def asks_for_json(request: web.Request) -> bool:
    """Whether a program asks: it accepts JSON, and no page."""
    accepts = request.headers.get("Accept", "")
    return "application/json" in accepts and "text/html" not in accepts


def same_secret(given: str, kept: str) -> bool:
    """Compare in constant time, whatever characters were sent."""
    return hmac.compare_digest(given.encode(errors="surrogatepass"), kept.encode())


Page = Callable[[Asking], Awaitable[web.StreamResponse]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def page(right: Right, longest: int = LONGEST_TEXT) -> Callable[[Page], Handler]:
    """Make a page of a coroutine that takes `Asking`. Its handler raises `NotSignedIn`, `NotYours`, `FormOutdated`.

    ``longest`` is how many characters of a field are taken.
    """

    def wrap(handle: Page) -> Handler:
        async def answer(request: web.Request) -> web.StreamResponse:
            member = await member_of(request)
            if member is None:
                raise NotSignedIn()
            request[MEMBER] = member
            if not may(member.account.role, right):
                raise NotYours()
            form = await form_of(request, longest) if request.method == "POST" else {}
            if request.method == "POST" and not same_secret(form.get("csrf", [""])[0], member.csrf):
                raise FormOutdated()
            if member.account.must_change and request.path not in BEFORE_CHOOSING:
                return go("/password")
            return await handle(Asking(request, member, form))

        return answer

    return wrap


async def form_of(request: web.Request, longest: int = LONGEST_TEXT) -> dict[str, list[str]]:
    """The text fields of a posted form."""
    form: dict[str, list[str]] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, str):
            form.setdefault(name, []).append(value.replace("\x00", "")[:longest])
    return form
