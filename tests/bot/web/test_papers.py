"""A paper that was to come later, over HTTP."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from aiohttp import FormData

from bot.house import House
from core.clock import now
from tests.bot.web.conftest import MOTHER, Person

SLOT = "photo:baby[1]"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + bytes(64) + b"\xff\xd9"


@pytest.fixture
async def number(signed: Person) -> str:
    """A case that owes the baby's photo."""
    draft = await signed.filled()
    draft = await signed.change(draft, f"material:{SLOT}", "deferred")
    return str((await signed.post(f"/api/v1/drafts/{draft['id']}/submit", {"name": "陈一民"}))["number"])


async def bring(
    who: Person, number: str, content: bytes, status: int = 200, *, slot: str = SLOT, pages: int = 1
) -> Any:
    form = FormData(quote_fields=False)
    form.add_field("slot", slot)
    for page in range(pages):
        form.add_field("file", io.BytesIO(content), filename=f"{page}.jpg", content_type="image/jpeg")
    async with who.client.post(f"/api/v1/cases/{number}/papers", data=form) as answer:
        assert answer.status == status, await answer.text()
        return await answer.json(content_type=None)


async def test_it_is_shown_with_its_last_day_and_handed_in_once(signed: Person, number: str) -> None:
    (owed,) = (await signed.get(f"/api/v1/cases/{number}"))["owed"]
    assert (owed["slot"], owed["late"]) == (SLOT, False)
    assert "月" in owed["by"]
    assert owed["accept"] == ["image/jpeg"]
    after = await bring(signed, number, JPG)
    assert after["owed"] == []
    assert "补交了" in after["timeline"][-1]["says"]
    assert (await bring(signed, number, JPG))["owed"] == []
    draft = await signed.get(f"/api/v1/drafts/{after['draft']}")
    given = next(one for one in draft["materials"] if one["slot"] == SLOT)
    assert (given["given"], len(given["files"]), given["editable"]) == ("upload", 1, False)


async def test_nobody_else_and_nothing_else(signed: Person, another: Person, number: str) -> None:
    await another.sign_in(MOTHER)
    await bring(another, number, JPG, 404)
    assert (await bring(signed, number, JPG, 409, slot="household_book:mother"))["reason"] == "not_owed"
    assert (await bring(signed, number, b"no picture", 422))["reason"] == "file_type"
    await bring(signed, number, JPG, 422, pages=0)
    await bring(signed, number, JPG, 422, pages=10)
    assert len((await signed.get(f"/api/v1/cases/{number}"))["owed"]) == 1
    await signed.post(f"/api/v1/cases/{number}/withdraw", {})
    assert (await bring(signed, number, JPG, 409))["reason"] == "not_owed"


async def test_after_its_last_day_the_window_takes_it(house: House, signed: Person, number: str) -> None:
    case = await house.cases.case(number)
    with time_machine.travel(now() + timedelta(days=60), tick=False):
        (owed,) = (await house.cases.view(case)).owed
    assert owed.late
