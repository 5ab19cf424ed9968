"""A place sent from the phone's map answers the question for an address."""

from __future__ import annotations

from typing import Any

import pytest

from bot.models import Citizen, WechatUser
from bot.wechat.users import bind
from core.settings import Settings
from tests.bot.web.conftest import Person
from tests.bot.web.wechat.conftest import Phone

HOME = "杭州市西湖区三墩镇幸福养老院3楼"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"demo": True})


SITUATIONS = {"who": "self", "kinds": ["service", "longcare"], "live": "institution"}


async def test_a_place_fills_the_address_that_is_asked_for(phone: Phone, someone: Person) -> None:
    """An old woman shows by a pin on the map in which home she lives."""
    await someone.sign_in("elder_edge-1")
    draft = await someone.begun("elderly_welfare_subsidy")
    for code, value in SITUATIONS.items():
        draft = await someone.change(draft, f"situation:{code}", value)
    assert draft["next"] == "elder.living_address"
    await phone.say("您好")
    await bind(str((await WechatUser.get()).id), str((await Citizen.get()).id))
    assert "现在住在哪里" in await phone.say("继续")
    pin = {"Location_X": "30.32", "Location_Y": "120.07", "Scale": "16"}

    assert "地址" in await phone.push("location", **pin, Label="")
    assert (await someone.get(f"/api/v1/drafts/{draft['id']}"))["next"] == "elder.living_address"

    answered = await phone.push("location", **pin, Label=HOME)
    draft = await someone.get(f"/api/v1/drafts/{draft['id']}")
    fields: dict[str, Any] = {one["path"]: one for part in draft["sections"] for one in part["fields"]}
    assert fields["elder.living_address"]["value"] == HOME
    assert draft["next"] != "elder.living_address"
    assert HOME in answered
