"""Tables made from code: errors, routes and the moves of cases."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module

from aiohttp import web

from bot.app import APIS
from bot.web.routes.pages import add_pages
from cases.lifecycle import CASE_MOVES, LEG_MOVES
from console.app import ROUTES
from console.desk import ROOT
from core.errors import CitizenError, OutsideError, YijianshiError

PACKAGES = ("core", "nlu", "integrations", "intents", "forms", "cases", "console", "bot")

TO_DO = {
    "invalid_answer": "type it again, as the sentence says",
    "not_signed_in": "sign in",
    "not_yours": "nothing: it is somebody else's",
    "not_found": "look whether the address or number is right",
    "sign_in_refused": "type it again; after five failures wait 15 minutes",
    "form_outdated": "load the page again",
    "bad_signature": "check key and clock on both sides",
    "not_running": "start the app",
    "not_now": "look again: `reason` says what changed",
    "too_many": "wait `retry_after` seconds",
    "unavailable": "nothing: it is tried again by itself",
    "refused": "a person looks at it, in the queue of tasks",
    "not_authorised": "an alarm: check credentials and clock of this system",
    "garbled": "tried again like `unavailable`; if it stays, look at the adapter",
    "content": "run `yijianshi check` and mend the line it names",
    "catalogue_wrong": "run `yijianshi check` and mend the lines it names",
    "cannot_decrypt": "start with the key the data was written with",
    "no_calendar": "update the `holidays` package when the notice of the year is out",
    "training_failed": "read the message; mend `intents/utterances`",
    "port_taken": "stop the other program, or choose another port",
    "port_busy": "stop the other program, or choose another port",
    "demo_did_not_start": "read the log it names, in the data folder",
    "missing_wording": "add the sentence to `bot/wording/zh_CN.yaml`",
    "missing_words": "add the sentence to the console's wording file",
    "not_new": "choose another code or folder",
    "no_such_answer": "write one of those it names",
    "not_a_region": "write the six digits of the region, such as 330106",
    "not_written": "agree, or name an empty folder outside the program",
    "internal": "find the request id in the log",
}


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table; bars in cells are escaped."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def _errors(kind: type[YijianshiError]) -> Iterator[type[YijianshiError]]:
    yield kind
    for child in kind.__subclasses__():
        if child.__module__.split(".")[0] in PACKAGES:
            yield from _errors(child)


def errors() -> list[type[YijianshiError]]:
    """Every error of the house, each class once, sorted by code."""
    for package in PACKAGES:
        for module in pkgutil.walk_packages(import_module(package).__path__, f"{package}."):
            if not module.name.endswith("__main__") and ".migrations" not in module.name:
                import_module(module.name)
    return sorted(dict.fromkeys(_errors(YijianshiError)), key=lambda kind: (kind.code, kind.__module__))


def _to_do(kind: type[YijianshiError]) -> str:
    if kind.code in TO_DO:
        return TO_DO[kind.code]
    if issubclass(kind, CitizenError):
        return "change what was sent"
    return "see the system it speaks to" if issubclass(kind, OutsideError) else "read the message, which says it"


def errors_table() -> str:
    """Code, status, where, meaning, what to do."""
    rows = [
        (f"`{kind.code}`", str(kind.status), "yes" if kind.retryable else "", f"`{kind.__module__}.{kind.__name__}`",
         (kind.__doc__ or "").strip().splitlines()[0].replace("``", "`"), _to_do(kind))
        for kind in errors()
    ]
    return table(("code", "status", "by itself", "class", "meaning", "what to do"), rows)


def routes_table() -> str:
    """Every declared endpoint of the citizens' API and of operations."""
    rows = [
        (one.tag, one.method, f"`{one.path}`", one.who, one.summary,
         ", ".join(f"`{error.code}`" for error in one.errors))
        for api in APIS for one in api.endpoints
    ]
    return table(("part", "method", "path", "who may", "what it does", "besides the usual, answers"), rows)


def page_routes() -> list[tuple[str, str]]:
    """(method, path) of the citizen's pages."""
    app = web.Application()
    add_pages(app)
    found = [(route.method, route.resource.canonical) for route in app.router.routes() if route.resource]
    return [one for one in found if one[0] != "HEAD"]


def console_routes() -> list[tuple[str, str, str, str]]:
    """(method, path, right, meaning) of the console's pages. The right is empty where nobody need be signed in."""
    found = []
    for module in ROUTES:
        for route in module.routes:
            assert isinstance(route, web.RouteDef)
            inner = inspect.getclosurevars(route.handler).nonlocals
            says = inspect.getdoc(inner.get("handle", route.handler)) or ""
            found.append((route.method, f"{ROOT}{route.path}", str(inner.get("right", "")), says.splitlines()[0]))
    return found


def pages_table(*, console: bool) -> str:
    """The pages of the citizen, or those of the console."""
    if not console:
        return table(("method", "path"), [(method, f"`{path}`") for method, path in page_routes()])
    rows = [(method, f"`{path}`", right, says) for method, path, right, says in console_routes()]
    return table(("method", "path", "right", "what it does"), rows)


def _moves(which: str) -> Mapping[str, frozenset[str]]:
    return CASE_MOVES if which == "case" else LEG_MOVES


def lifecycle_table(which: str) -> str:
    """State to the states it may move to."""
    rows = [(f"`{state}`", ", ".join(f"`{to}`" for to in sorted(after)) or "an end")
            for state, after in _moves(which).items()]
    return table(("state", "may move to"), rows)


def lifecycle_diagram(which: str) -> str:
    """The same as a Mermaid diagram, without the moves to ``withdrawn``, which every open state has."""
    lines = [f"    {state} --> {to}" for state, after in _moves(which).items() for to in sorted(after)
             if to != "withdrawn"]
    first = next(iter(_moves(which)))
    return "\n".join(["```mermaid", "stateDiagram-v2", f"    [*] --> {first}", *lines, "```"]) + "\n"
