"""Every error code of WeChat that we know: what it becomes, how often it is tried, and what is left alone after it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from core.errors import NotAuthorised, OutsideError, Refused, Unavailable
from core.kv import KV
from core.settings import Settings
from integrations.channels.wechat.accounts import accounts_of
from integrations.channels.wechat.base import (
    AddressDead,
    Barred,
    CodeUsed,
    Nobody,
    NotHere,
    TooLong,
    Unsure,
    WindowClosed,
)
from integrations.channels.wechat.demo.server import make_app
from integrations.channels.wechat.demo.world import World
from integrations.channels.wechat.http import calling, failures
from integrations.channels.wechat.http.api import HttpApi
from integrations.channels.wechat.http.failures import pause_after
from integrations.channels.wechat.http.guard import Guard
from integrations.demo_server import running

ACCOUNT = accounts_of(Settings(secret_key="k"))[0]
WHO = "demo-1"
INFORM, SAY, TOKEN = "/cgi-bin/message/template/send", "/cgi-bin/message/custom/send", "/cgi-bin/stable_token"
FIELDS = {"thing1": "新生儿出生"}
ONCE, TWICE = 1, 2
MEANT: dict[int, tuple[type[OutsideError], int, str]] = {
    -1: (Unavailable, TWICE, ""),
    **dict.fromkeys((40001, 40014, 42001), (NotAuthorised, TWICE, "")),
    **dict.fromkeys((40125, 40013, 40243, 41002, 41004), (NotAuthorised, ONCE, "alarm")),
    **dict.fromkeys((40164, 89503, 89506, 89507), (NotAuthorised, ONCE, "alarm")),
    **dict.fromkeys((48001, 48004, 50002, 43107), (NotAuthorised, ONCE, "alarm")),
    **dict.fromkeys((40003, 43004, 43104, 43101), (AddressDead, ONCE, "")),
    **dict.fromkeys((40029, 40163, 87009), (CodeUsed, ONCE, "")),
    40226: (Barred, ONCE, ""),
    43108: (Unavailable, ONCE, ""),
    **dict.fromkeys((45002, 45008), (TooLong, ONCE, "")),
    45009: (Unavailable, ONCE, "day"),
    **dict.fromkeys((45011, 44991), (Unavailable, ONCE, "minute")),
    **dict.fromkeys((45015, 45047), (WindowClosed, ONCE, "")),
    **dict.fromkeys((47001, 47003, 40037, 99999), (Refused, ONCE, "")),
    61010: (NotHere, ONCE, ""),
}
LASTS = {"": 0, "alarm": 60, "minute": 30 + 5, "day": 43_170 + 5}
"""Seconds after which the call is made again, from noon in China and thirty seconds on."""


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 5, 4, 0, 30, tzinfo=UTC).timestamp()  # 12:00:30 in China

    def __call__(self) -> float:
        return self.now


class Heard(Nobody):
    """What the watch of an account heard."""

    def __init__(self) -> None:
        self.codes: list[tuple[str, int]] = []
        self.alarms: list[tuple[str, int]] = []

    def answered(self, call: str, code: int) -> None:
        self.codes.append((call, code))

    async def alarm(self, call: str, code: int) -> None:
        self.alarms.append((call, code))


@pytest.fixture
def world() -> World:
    made = World((ACCOUNT,))
    made.phones[WHO].follows.add(ACCOUNT.app_id)
    made.acted(made.phones[WHO], ACCOUNT.app_id, "message")
    return made


@pytest.fixture
def openid(world: World) -> str:
    return world.openid(WHO, ACCOUNT.app_id)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
async def api(
    world: World, kv: KV, clock: Clock, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[HttpApi]:
    monkeypatch.setattr(calling, "AGAIN", (0.0, 0.0))
    async with running(make_app((ACCOUNT,), "http://127.0.0.1:9", world)) as url:
        made = HttpApi(url, ACCOUNT, kv, 60, watch=heard, guard=Guard(clock))
        yield made
        await made.close()


@pytest.mark.parametrize("code", MEANT)
async def test_a_code(api: HttpApi, world: World, heard: Heard, clock: Clock, openid: str, code: int) -> None:
    kind, tries, pause = MEANT[code]
    world.codes[INFORM] = [code] * tries
    with capture_logs() as logs, pytest.raises(kind) as raised:
        await api.inform(openid, ACCOUNT.templates["case"], FIELDS)
    assert (type(raised.value), raised.value.details["errcode"]) == (kind, code)
    assert world.calls.count(INFORM) == tries
    assert heard.codes.count((INFORM, code)) == tries
    said = [one for one in logs if one.get("errcode") == code and one["event"] == "wechat.call_refused"]
    assert [(one["call"], one["rid"]) for one in said] == [(INFORM, f"demo-{code}")]
    assert not any(secret in str(logs) for secret in (openid, "新生儿出生", "access_token"))
    assert heard.alarms == ([(INFORM, code)] if pause == "alarm" else [])
    alarms = [one["log_level"] for one in logs if one["event"] == "wechat.not_authorised"]
    assert alarms == (["error"] if pause == "alarm" else [])
    if pause:
        clock.now += LASTS[pause] - 6
        with capture_logs() as logs, pytest.raises(kind) as again:
            await api.inform(openid, ACCOUNT.templates["case"], FIELDS)
        assert (again.value.details["why"], world.calls.count(INFORM), logs) == ("paused", tries, [])
        await api.say(openid, "别的照常")
        clock.now += 7
    await api.inform(openid, ACCOUNT.templates["case"], FIELDS)
    assert world.calls.count(INFORM) == tries + 1


def test_all_known_codes_stand_in_the_table() -> None:
    assert set(failures._KIND) <= set(MEANT)


@pytest.mark.parametrize("code", [45080, 45081])
async def test_what_is_said_to_a_typing_signal_is_nothing(api: HttpApi, world: World, openid: str, code: int) -> None:
    world.codes["/cgi-bin/message/custom/typing"] = [code]
    await api.typing(openid)


async def test_who_is_busy_once_is_asked_once_more(api: HttpApi, world: World, openid: str) -> None:
    world.codes[INFORM] = [-1]
    await api.inform(openid, ACCOUNT.templates["case"], FIELDS)
    assert world.calls.count(INFORM) == 2


async def test_what_is_too_long_goes_in_parts(api: HttpApi, world: World, openid: str) -> None:
    world.codes[SAY] = [45002]
    await api.say(openid, "第一行\n第二行\n")
    assert [one.text for one in world.phones[WHO].chats[ACCOUNT.app_id]] == ["第一行", "第二行"]


async def test_bad_data_names_the_fields_and_no_value(api: HttpApi, world: World, openid: str) -> None:
    world.codes[INFORM] = [47003]
    with capture_logs() as logs, pytest.raises(Refused):
        await api.inform(openid, ACCOUNT.templates["case"], FIELDS)
    assert "data.thing1" in next(one for one in logs if one["event"] == "wechat.call_refused")["fields"]


async def test_a_wrong_secret_is_tried_once_a_minute(api: HttpApi, world: World, heard: Heard, clock: Clock) -> None:
    world.codes[TOKEN] = [40125]
    for _ in range(3):
        with pytest.raises(NotAuthorised):
            await api.typing("x")
    assert (world.calls, heard.alarms) == ([TOKEN], [(TOKEN, 40125)])
    clock.now += 61
    assert (await api.check()).ok


async def test_a_call_that_fails_again_and_again_is_left_alone(
    api: HttpApi, world: World, clock: Clock, openid: str
) -> None:
    await api.typing(openid)
    world.fault = "down"
    for _ in range(5):
        with pytest.raises(Unsure):
            await api.say(openid, "x")
    before = len(world.calls)
    with pytest.raises(Unavailable) as raised:
        await api.say(openid, "x")
    assert (raised.value.details["why"], len(world.calls)) == ("paused", before)
    world.fault = ""
    await api.typing(openid)
    clock.now += 31
    await asyncio.gather(api.say(openid, "好了"), return_exceptions=True)
    assert world.phones[WHO].chats[ACCOUNT.app_id][-1].text == "好了"


@pytest.mark.parametrize(("code", "moment", "seconds"), [
    (45009, "2026-03-05T15:59:30+00:00", 30), (45009, "2026-03-05T16:00:00+00:00", 86_400),
    (45011, "2026-03-05T04:00:59+00:00", 1), (44991, "2026-03-05T04:00:00+00:00", 60), (45047, "2026-03-05", 0),
])
def test_how_long_a_quota_is_waited_for(code: int, moment: str, seconds: float) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert pause_after(code, at, 0.0) == seconds
    assert pause_after(code, at, 2.0) == (seconds + 2 if seconds else 0)
    assert timedelta(seconds=pause_after(code, at, 0.0)) <= timedelta(days=1)
