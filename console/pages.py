"""Making pages: templates that escape everything, with the wording, the menu and the visitor's session at hand."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from console.desk import ROOT
from console.roles import may, menu_of
from console.sessions import Member
from console.wording import words
from core.clock import in_china, now
from core.masking import mask_text
from forms.values.identity import region_name
from forms.wording import words as sentence

HERE = Path(__file__).parent
STATIC = HERE / "static"


def moment(at: datetime | None) -> str:
    """A moment on a Chinese wall clock, with the year only when it is another one."""
    if at is None:
        return ""
    local = in_china(at)
    key = "when.moment" if local.year == in_china(now()).year else "when.moment_year"
    return words()(key, year=local.year, month=local.month, day=local.day, clock=f"{local:%H:%M}")


def day(on: date | None) -> str:
    """A day in words."""
    return words()("when.day", year=on.year, month=on.month, day=on.day) if on else ""


def region(code: str) -> str:
    """A region by name; every region when empty."""
    return (region_name(code) or code) if code else words()("all_regions")


@lru_cache(maxsize=64)
def static(name: str) -> str:
    """The address of a static file; it changes with the file, so browsers may keep it."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"{ROOT}/static/{name}?v={digest}"


def link(path: str, **query: object) -> str:
    """An address inside the console; empty parts of the query are left out."""
    asked = {key: value for key, value in query.items() if value not in ("", None)}
    return f"{ROOT}{path}" + (f"?{urlencode(asked)}" if asked else "")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates. Everything is escaped, a missing name is an error."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"say": words(), "sentence": sentence, "root": ROOT, "static": static, "link": link}
    made.filters |= {"moment": moment, "day": day, "region": region, "masked": mask_text}
    return made


def show(
    request: web.Request, template: str, member: Member | None = None, status: int = 200, **context: Any
) -> web.Response:
    """A page."""
    role = member.account.role if member else ""
    text = environment().get_template(template).render(
        member=member, csrf=member.csrf if member else "", menu=menu_of(role), here=_here(request), page_now=now(),
        may=lambda right: may(role, right), **context,
    )
    return web.Response(text=text, content_type="text/html", status=status)


def _here(request: web.Request) -> str:
    """The first part of the address below the console: the page of the menu one is on."""
    part = request.path.removeprefix(ROOT).strip("/").partition("/")[0]
    return "queue" if part == "cases" else part


def go(path: str, **query: object) -> web.Response:
    """See that page next: the answer to a form that did what it should."""
    return web.Response(status=303, headers={"Location": link(path, **query)})
