from __future__ import annotations

import aiohttp
import pytest

from tests.integrations.platforms.conftest import Lab
from tests.integrations.platforms.world import package, words

LEG = package().leg_number


async def post(lab: Lab, path: str, **kind: object) -> tuple[int, str]:
    url = f"{lab.url}/{path}"
    async with aiohttp.ClientSession() as session, session.post(url, allow_redirects=False, **kind) as response:
        return response.status, response.headers.get("Location", "") or await response.text()


async def page(lab: Lab, path: str = "") -> str:
    async with aiohttp.ClientSession() as session, session.get(f"{lab.url}/{path}") as response:
        assert response.status == 200
        assert "script-src" not in response.headers.get("Content-Security-Policy", "")
        return await response.text()


async def test_the_page_shows_what_arrived_and_nothing_personal(lab: Lab) -> None:
    assert "还没有收到申请" in await page(lab)
    await lab.platform.submit(package(form={**package().form, "father.phone": "13800000001",
                                            "father.household_address": "浙江省杭州市西湖区文一路88号502室"}))
    await lab.days(10)
    html = await page(lab)
    for word in ("公安", "出生登记", "已送达", "陈*民", "陈*满", "138****0001", "公民身份号码"):
        assert word in html
    for secret in ("陈一民", "陈小满", "33010619920512001X", "13800000001", "502室", "33010620260715"):
        assert secret not in html
    assert "<script" not in html
    assert "http://" not in html.replace(lab.url, "")


async def test_a_button_pushes_a_leg_on(lab: Lab) -> None:
    await lab.platform.submit(package())
    assert await post(lab, "_step", data={"leg": LEG}) == (303, "/")
    assert words(await lab.platform.events(LEG)) == ["received"]


async def test_a_correction_is_asked_from_the_page(lab: Lab) -> None:
    await lab.platform.submit(package())
    wish = {"leg": LEG, "event": "correct", "about": "baby[1].name", "says": "名字里的字不规范"}
    assert (await post(lab, "_press", data=wish))[0] == 303
    asked = (await lab.platform.events(LEG))[-1]
    assert [(demand.about, demand.says) for demand in asked.demands] == [("baby[1].name", "名字里的字不规范")]


async def test_a_denial_goes_through_the_steps_before_it(lab: Lab) -> None:
    await lab.platform.submit(package())
    await post(lab, "_press", json={"leg": LEG, "event": "deny"})
    await lab.days(1)
    events = await lab.platform.events(LEG)
    assert words(events) == ["received", "accepted", "reviewing", "denied", "closed", "delivered"]
    assert "行政复议" in events[3].says
    assert events[3].document == "不予许可决定书"
    assert events[4].extra["ending"] == "returned"
    assert not events[4].results


async def test_what_cannot_be_done_is_said(lab: Lab) -> None:
    await lab.platform.submit(package())
    await lab.days(10)
    status, told = await post(lab, "_press", json={"leg": LEG, "event": "correct"})
    assert status == 409
    assert "已送达" in told
    status, location = await post(lab, "_step", data={"leg": LEG})
    assert (status, location.startswith("/?says=")) == (303, True)
    assert "没有办成" in await page(lab, location.removeprefix("/"))


@pytest.mark.parametrize(("path", "wish"), [
    ("_behave", {"do": "dance"}), ("_callbacks", {"mode": "loud"}), ("_speed", {"speed": -1}), ("_speed", {}),
    ("_speed", {"speed": "nan"}), ("_tick", {"seconds": "x"}), ("_step", {"leg": "none"}), ("_behave", {}),
    ("_press", {"leg": LEG, "event": "dance"}),
])
async def test_a_wrong_switch_changes_nothing(lab: Lab, path: str, wish: dict[str, object]) -> None:
    await lab.platform.submit(package())
    before = await page(lab, "_state")
    status, _ = await post(lab, path, json=wish)
    assert status == 409
    assert await page(lab, "_state") == before


async def test_junk_and_foreign_pages_are_turned_away(lab: Lab) -> None:
    assert (await post(lab, "_tick", data="junk", headers={"Content-Type": "application/json"}))[0] == 400
    assert (await post(lab, "_tick", json=[1]))[0] == 400
    assert (await post(lab, "_down", json={"on": True}, headers={"Origin": "http://elsewhere.example"}))[0] == 403
    assert not lab.province.down


async def test_a_department_is_closed_and_opened(lab: Lab) -> None:
    await lab.platform.submit(package())
    await post(lab, "_behave", data={"department": "公安", "do": "down"})
    assert "公安：暂停服务" in await page(lab)
    await post(lab, "_behave", data={"department": "公安", "do": "nothing"})
    assert "公安：暂停服务" not in await page(lab)


async def test_switches_outlive_the_page(lab: Lab) -> None:
    await post(lab, "_speed", json={"speed": 6000})
    await post(lab, "_callbacks", data={"mode": "late"})
    await post(lab, "_down", json={"on": True})
    assert (lab.province.speed, lab.province.announcer.mode, lab.province.down) == (6000, "late", True)
    assert "平台已停机" in await page(lab, "?watch=1")
