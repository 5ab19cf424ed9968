"""Whatever of somebody's has an address, anybody else is answered as if it were not there: every route, by its own
description."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from aiohttp import FormData, web

from bot.web.keys import SPEC
from tests.bot.web.conftest import MOTHER, Person
from tests.bot.web.test_files import give, png, slot_of

NOBODYS = {"account": "an account of WeChat, which everybody may write to", "code": "a one-thing, which is public",
           "token": "a link that is itself the leave to look; test_others has who may read it"}
"""Names in addresses that are about nobody, and why."""
SIGNED = "/api/v1/platform/"
"""What departments fetch, with a signature of their own instead of a session."""
GIVEN = {"name": "李晓兰", "path": "mother.phone", "value": "13800000102", "do": "put", "given": True, "stars": 1,
         "key": "confirm:mother", "changes": {}, "replies": {},
         "region": "330106"}
"""What to write where a description leaves it open."""
Route = tuple[str, str, dict[str, Any]]


def routes(spec: dict[str, Any]) -> Iterator[Route]:
    """Those whose address or query names something of somebody."""
    for path, operations in spec["paths"].items():
        for method, operation in operations.items():
            named = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "path"} - set(NOBODYS)
            asked = {one["name"] for one in operation.get("parameters", ())} & {"draft"}
            if (named or asked) and not path.startswith(SIGNED):
                yield method.upper(), path, operation


def body_of(spec: dict[str, Any], operation: dict[str, Any]) -> Any:
    """A body that the description accepts, as JSON or as a form; None where there is none."""
    content = operation.get("requestBody", {}).get("content", {})
    if "multipart/form-data" in content:
        form = FormData()
        form.add_field("slot", "photo")
        form.add_field("file", io.BytesIO(png()), filename="a.png", content_type="image/png")
        return {"data": form}
    if not content:
        return {}
    schema = spec["components"]["schemas"][content["application/json"]["schema"]["$ref"].rpartition("/")[2]]
    return {"json": {name: _value(name, part) for name, part in schema["properties"].items()
                     if name in schema.get("required", ())}}


def _value(name: str, part: dict[str, Any]) -> Any:
    return GIVEN.get(name, {"integer": 1, "boolean": True, "object": {}, "array": []}.get(part.get("type", ""), "是"))


async def answered(who: Person, spec: dict[str, Any], route: Route, held: dict[str, str]) -> tuple[int, Any]:
    """Status and problem, without what is different every time."""
    method, path, operation = route
    query = {one["name"]: GIVEN.get(one["name"], "是") for one in operation.get("parameters", ())
             if one["in"] == "query" and one["required"]}
    query |= {"draft": held["draft"]} if "{code}" in path else {}
    filled = path.format_map(held | {"code": "newborn_birth"})
    async with who.client.request(method, filled, params=query, **body_of(spec, operation)) as answer:
        said = await answer.json(content_type=None)
        return answer.status, said and {name: part for name, part in said.items() if name != "instance"}


async def test_every_route_answers_about_what_is_not_theirs_as_about_what_is_not_there(
    app: web.Application, signed: Person, another: Person
) -> None:
    number = await signed.submitted()
    draft = await signed.post("/api/v1/drafts", {"one_thing": "newborn_birth"}, 201)
    draft = await signed.post(f"/api/v1/drafts/{draft['id']}/consent", {"given": False})
    file = slot_of(await give(signed, draft, png()))["files"][0]["id"]
    await another.sign_in(MOTHER)
    walked = list(routes(app[SPEC]))
    assert len(walked) >= 18
    for route in walked:
        about = file if "/files/{id}" in route[1] else draft["id"]
        theirs = {"id": about, "draft": draft["id"], "number": number, "key": "confirm:mother"}
        nobodys = {"id": str(uuid4()), "draft": str(uuid4()), "number": number[:-6] + "000000", "key": "confirm:mother"}
        seen = await answered(another, app[SPEC], route, theirs)
        assert seen == await answered(another, app[SPEC], route, nobodys), route[:2]
        assert seen[0] == 404, (route[:2], seen)
    assert (await signed.get(f"/api/v1/drafts/{draft['id']}"))["revision"] >= draft["revision"]
    assert (await signed.get(f"/api/v1/cases/{number}"))["says"] == "已提交，等人审核"


def test_no_name_in_an_address_is_forgotten(app: web.Application) -> None:
    """Whoever gives addresses a new name decides here whether it is about somebody."""
    names = {one["name"] for operations in app[SPEC]["paths"].values() for operation in operations.values()
             for one in operation.get("parameters", ()) if one["in"] == "path"}
    assert names == {"id", "number", "key"} | set(NOBODYS)
