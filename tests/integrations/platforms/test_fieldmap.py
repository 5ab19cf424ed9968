from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from aiohttp import web

from core import clock
from core.errors import ContentError, Garbled, NotAuthorised, Refused
from integrations.demo_server import running
from integrations.platforms.gateway import GatewayPlatform
from integrations.platforms.gateway.fieldmap import MAPS, load_map
from integrations.platforms.gateway.reading import read_event
from integrations.platforms.gateway.template import fill
from integrations.platforms.signing import sign
from tests.integrations.platforms.world import CALLBACK_KEY, CALLER, SECRET, package

NOW = datetime(2026, 7, 20, 1, 30, tzinfo=UTC)


def filled(name: str) -> dict[str, object]:
    fields = load_map(name)
    values = {**asdict(package(callback_url="https://y.example/cb")), "caller": CALLER, "now": NOW}
    return json.loads(json.dumps(fill(fields.calls["submit"].body, values, fields.filters)))


def test_a_package_in_the_provincial_shape() -> None:
    body = filled("demo")
    assert list(body) == ["baseInfo", "attrs", "form", "apasPost", "callInfo"]
    base = body["baseInfo"]
    assert base["PROJID"] == "33010620260720CS0000011-01"
    assert base["REL_BUS_ID"] == "33010620260720CS0000011"
    assert base["PROJECTNAME"] == "新生儿出生-出生登记"
    assert (base["APPLY_CARDTYPE"], base["APPLY_PROPERTY"]) == ("111", "自然人")
    assert (base["AREACODE"], base["RECEIVETIME"], base["DATAVERSION"]) == ("330106000000", "2026-07-20 09:00:00", "1")
    assert [attr["TAKETYPE"] for attr in body["attrs"]] == ["电子证照", "电子"]
    assert body["attrs"][1]["FILES"] == [{"FILENAME": "a.pdf", "FILEURL": "/f", "FILEHASH": "0"}]
    assert body["form"]["baby[1].name"] == "陈小满"
    assert body["callInfo"]["CALLBACK_URL"] == "https://y.example/cb"
    assert body["callInfo"]["CALLTIME"] == "2026-07-20 09:30:00"


def test_the_same_package_in_another_province_is_another_file() -> None:
    body = filled("numbered")
    project = body["project"]
    assert (project["ITEMNO"], project["INFOTYPE"], project["REGION_ID"]) == ("33010620260720CS0000011-01", 3, "330106")
    assert (project["SUBMIT_TIME"], project["DATAVER"], project["PROMISE_DAY"]) == ("20260720090000", 1, 3)
    assert [one["GET_TYPE"] for one in body["materials"]] == ["1", "2"]


def test_their_events_become_ours() -> None:
    event = read_event(load_map("numbered"), {
        "ITEMNO": "L-01", "SN": 2, "PROJECTSTATE": 11, "EVENT_TIME": "20260720093000", "HANDLER": "公安",
        "LACK": [{"TYPE": "M", "CODE": "consent_letter", "TEXT": "缺签名"},
                 {"TYPE": "F", "CODE": "baby[1].name", "TEXT": "错"}],
    })
    assert (event.kind, event.at, event.seq) == ("correction_asked", NOW, 2)
    assert [demand.about for demand in event.demands] == ["material:consent_letter", "baby[1].name"]
    bare = read_event(load_map("numbered"), {
        "ITEMNO": "L-01", "SN": 2, "PROJECTSTATE": 11, "EVENT_TIME": "20260720093000", "LACK": [{"TEXT": "缺材料"}],
    })
    assert [(demand.about, demand.says) for demand in bare.demands] == [("", "缺材料")]
    closed = read_event(load_map("numbered"), {
        "ITEMNO": "L-01", "SN": 3, "PROJECTSTATE": "40", "EVENT_TIME": "20260720093000", "BJJGDM": 0, "PAPER": "77",
        "CERTS": [{"NAME": "营业执照", "NO": "N1", "DATUM": "N1"}],
    })
    assert (closed.kind, closed.extra["ending"], closed.document) == ("closed", "licence_issued", "其他文书")
    assert closed.results[0].licence_number == "N1"


@pytest.mark.parametrize("change", [
    {"PROJECTSTATE": "77"}, {"SN": "two"}, {"EVENT_TIME": "yesterday"}, {"CERTS": "none"}, {"ITEMNO": None},
    {"LACK": ["x"]},
])
def test_what_the_map_does_not_know_is_garbled(change: dict[str, object]) -> None:
    raw = {"ITEMNO": "L-01", "SN": 1, "PROJECTSTATE": "1", "EVENT_TIME": "20260720093000"}
    assert read_event(load_map("numbered"), raw).kind == "received"
    with pytest.raises(Garbled):
        read_event(load_map("numbered"), raw | change)


async def test_the_other_province_over_http() -> None:
    """Signature, address, codes and duplicates of the numbered build, all from its file."""
    seen: list[web.Request] = []
    answers = [{"status": {"no": 0}, "row": {"SERIAL": "S1", "TIME": "20260720093000"}},
               {"status": {"no": "1"}, "row": {"SERIAL": "S1", "TIME": "20260720093000"}},
               {"status": {"no": 21, "text": "same number"}}]

    async def save(request: web.Request) -> web.Response:
        body, head = await request.read(), request.headers
        parts = [head["x-app-time"].encode(), head["x-app-nonce"].encode(), request.path_qs.encode(), body]
        signed = sign(SECRET, parts, algorithm="hmac-sha256", encoding="base64", join="")
        assert head["x-app-sign"] == signed
        assert head["x-app-id"] == CALLER
        seen.append(request)
        return web.json_response(answers[len(seen) - 1])

    app = web.Application()
    app.router.add_post("/sp/project/save", save)
    async with running(app) as url:
        platform = GatewayPlatform(url, CALLER, SECRET, CALLBACK_KEY, load_map("numbered"), 2)
        first, second = await platform.submit(package()), await platform.submit(package())
        assert (first.platform_number, first.received_at, first.duplicate) == ("S1", NOW, False)
        assert second.duplicate
        with pytest.raises(Refused):
            await platform.submit(package())
        await platform.close()


@time_machine.travel(NOW, tick=False)
def test_the_other_provinces_callbacks_are_signed_its_own_way() -> None:
    gateway = GatewayPlatform("http://127.0.0.1:9", CALLER, SECRET, CALLBACK_KEY, load_map("numbered"))
    body = b'{"ITEMNO":"L-01","SN":1,"PROJECTSTATE":"1","EVENT_TIME":"20260720093000"}'
    timestamp = str(int(clock.now().timestamp()))
    signed = sign(CALLBACK_KEY, [timestamp.encode(), b"n", body], algorithm="hmac-sha256", encoding="base64", join="&")
    headers = {"X-App-Time": timestamp, "X-App-Nonce": "n", "X-App-Sign": signed}
    assert gateway.read_callback(headers, body)[0].kind == "received"
    with pytest.raises(NotAuthorised):
        gateway.read_callback({**headers, "X-App-Sign": "x"}, body)


@pytest.mark.parametrize("name", [file.stem for file in MAPS.glob("*.yaml")])
def test_every_packaged_map_loads(name: str) -> None:
    assert load_map(name).title


@pytest.mark.parametrize(("old", "new", "says"), [
    ("title: 演示省政务服务平台", "titel: 演示省", "title. is missing"), ("| written", "| writen", "writen"),
    ('"200": OK', '"200": FINE', "FINE"), ("ping: {", "pong: {", "pong"),
])
def test_a_mistake_in_a_map_is_named(tmp_path: Path, old: str, new: str, says: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text((MAPS / "demo.yaml").read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(ContentError, match=says):
        load_map(str(file))


def test_a_map_that_is_not_there_is_named() -> None:
    with pytest.raises(ContentError, match="demo, numbered"):
        load_map("atlantis")
