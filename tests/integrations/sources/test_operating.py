"""Running the demo exchange: switching faults, reading calls, the page."""

from __future__ import annotations

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from integrations.sources.demo.desk import Asked, Desk
from integrations.sources.demo.faults import Faults
from integrations.sources.demo.server import make_app
from tests.integrations.sources import world


@pytest.fixture
def desk() -> Desk:
    return world.desk()


@pytest.fixture
async def exchange(desk: Desk, aiohttp_client: AiohttpClient) -> TestClient:  # type: ignore[type-arg]
    return await aiohttp_client(make_app(app=world.APP, secret=world.SECRET, desk=desk))


async def test_faults_are_switched_by_json(exchange: TestClient, desk: Desk) -> None:  # type: ignore[type-arg]
    response = await exchange.post("/_faults", json={"source": "population", "fault": "slow", "seconds": 3})
    assert await response.json() == {"population": {"fault": "slow", "seconds": 3.0}}
    await exchange.post("/_faults", json={"source": "*", "fault": "down"})
    assert await (await exchange.get("/_faults")).json() == {
        "population": {"fault": "slow", "seconds": 3.0}, "*": {"fault": "down", "seconds": 5.0},
    }
    assert await (await exchange.post("/_faults", json={"source": "*", "fault": "none"})).json() == {}
    assert desk.faults.of("population") is None


@pytest.mark.parametrize(
    "said", [{"source": "nowhere", "fault": "down"}, {"source": "*", "fault": "fire"}, [], "x",
             {"source": "*", "fault": "slow", "seconds": "long"}, {"source": "*", "fault": "slow", "seconds": 1e9},
             {"source": "*", "fault": "slow", "seconds": "nan"}],
)
async def test_nonsense_is_refused(exchange: TestClient, desk: Desk, said: object) -> None:  # type: ignore[type-arg]
    assert (await exchange.post("/_faults", json=said)).status == 400
    assert desk.faults.shown() == {}


async def test_the_form_of_the_page_leads_back_to_it(exchange: TestClient, desk: Desk) -> None:  # type: ignore[type-arg]
    form = {"source": "marriage", "fault": "refused"}
    response = await exchange.post("/_faults", data=form, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "/#marriage")
    assert "不给查" in await (await exchange.get("/")).text()
    foreign = await exchange.post("/_faults", data=form, headers={"Origin": "http://elsewhere.example"})
    assert foreign.status == 403


async def test_the_page_masks_people_and_runs_nothing(exchange: TestClient, desk: Desk) -> None:  # type: ignore[type-arg]
    purpose = "<script>alert(1)</script>"
    desk.decide(Asked("population", {"id_number": world.FATHER}, ("name",), purpose, "x", ("i",), "c", "k", "o"))
    response = await exchange.get("/")
    html = await response.text()
    assert "人口信息" in html
    assert "河边一家" in html
    assert "陈*民" in html
    assert world.FATHER not in html
    assert "13800001001" not in html
    assert "<script>" not in html
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


async def test_calls_are_shown_without_personal_data(exchange: TestClient, desk: Desk) -> None:  # type: ignore[type-arg]
    for case in ("draft-1", world.FATHER):
        desk.decide(Asked("population", {"id_number": world.FATHER}, ("name",), "birth", "x", ("i",), case, "k", "o"))
    shown = await (await exchange.get("/_calls")).json()
    assert (shown["total"], shown["by_source"]) == (2, {"population": {"ok": 2}})
    assert shown["recent"][1]["case_no"] == "draft-1"
    assert world.FATHER not in str(shown)


def test_one_fault_hides_the_fault_of_all() -> None:
    faults = Faults()
    faults.switch("*", "down")
    faults.switch("marriage", "slow", 1)
    assert [fault.kind if (fault := faults.of(code)) else None for code in ("marriage", "pension")] == ["slow", "down"]
    faults.switch("marriage", "none")
    assert faults.shown() == {"*": {"fault": "down", "seconds": 5.0}}
