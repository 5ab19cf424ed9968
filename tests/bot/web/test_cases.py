"""Cases over HTTP: progress, one correction, withdrawal, rating; and the platform's callbacks."""

import json
from typing import Any

import pytest

from bot.house import House
from cases.actors import Demand, Staff
from cases.models import Case, Leg
from core.clock import now
from integrations.platforms.demo.province import Province
from integrations.platforms.demo.wire import write_event
from integrations.platforms.signing import sign_callback, stamp
from tests.bot.web.conftest import CALLBACK_KEY, MOTHER, Person

REVIEWER = Staff("r1", "审核员甲", "reviewer", "", "330106")
CALLBACK = "/api/v1/platform/callback"


async def approved(house: House, number: str) -> Case:
    case = await house.cases.case(number)
    await house.cases.open_review(case.id, REVIEWER)
    await house.cases.approve(case.id, REVIEWER)
    await house.cases.deliver_due()
    return case


async def test_a_case_shows_its_progress(signed: Person) -> None:
    number = await signed.submitted()
    shown = await signed.get(f"/api/v1/cases/{number}")
    assert shown["says"] == "已提交，等人审核"
    assert shown["clock"]["left"] > 0
    assert len(shown["legs"]) >= 5
    assert shown["may_withdraw"] is True
    assert (await signed.get("/api/v1/cases"))["cases"][0]["number"] == number


async def test_somebody_elses_case_is_not_shown(signed: Person, another: Person) -> None:
    number = await signed.submitted()
    await another.sign_in(MOTHER)
    nobodys = await another.get("/api/v1/cases/33010620261122870476984", 404)
    theirs = await another.get(f"/api/v1/cases/{number}", 404)
    assert {**nobodys, "instance": ""} == {**theirs, "instance": ""}
    await another.post(f"/api/v1/cases/{number}/withdraw", {}, 404)
    await another.post(f"/api/v1/cases/{number}/rating", {"stars": 1}, 404)
    await another.post(f"/api/v1/cases/{number}/corrections", {}, 404)
    assert (await another.get("/api/v1/cases"))["cases"] == []


@pytest.mark.parametrize("number", ["33010620261122870476984",
                                    "0f6d2c52-3a1e-4c52-9d57-6b7de4c1a111", "1", "%00", "' or 1=1", "x" * 400])
async def test_a_case_that_does_not_exist_is_not_found(signed: Person, number: str) -> None:
    await signed.get(f"/api/v1/cases/{number}", 404)


async def test_only_what_the_notice_names_can_be_corrected(signed: Person, house: House) -> None:
    number = await signed.submitted()
    case = await house.cases.case(number)
    await house.cases.open_review(case.id, REVIEWER)
    await house.cases.return_(case.id, REVIEWER, [Demand("baby[1].name", "名字和医院登记的不一样，请再看一遍")])
    shown = await signed.get(f"/api/v1/cases/{number}")
    assert [one["says"] for one in shown["correction"]["entries"]] == ["名字和医院登记的不一样，请再看一遍"]
    draft = await signed.get(f"/api/v1/drafts/{shown['draft']}")
    opened = [one["path"] for section in draft["sections"] for one in section["fields"] if one["editable"]]
    assert opened == ["baby[1].name"]
    assert (await signed.change(draft, "mother.phone", "13800000105", 409))["reason"] == "not_reopened"
    assert (await signed.post(f"/api/v1/cases/{number}/corrections", {}, 409))["reason"] == "unanswered"
    elsewhere = {"changes": {"mother.phone": "13800000105"}}
    problem = await signed.post(f"/api/v1/cases/{number}/corrections", elsewhere, 409)
    assert problem["reason"] == "not_reopened"
    done = await signed.post(f"/api/v1/cases/{number}/corrections", {"changes": {"baby[1].name": "陈小云"}})
    assert done["correction"] is None
    assert done["says"] == "补正已提交，等人审核"
    said = (await signed.get("/api/v1/messages"))["messages"]
    assert "补正已提交" in str(said[-1]["blocks"])


async def test_withdrawing(signed: Person) -> None:
    number = await signed.submitted()
    assert (await signed.post(f"/api/v1/cases/{number}/withdraw", {"reason": "先不办了\x00"}))["says"] == "已撤回"
    await signed.post(f"/api/v1/cases/{number}/withdraw", {}, 409)


async def test_rating_is_for_the_end_and_once(signed: Person, house: House) -> None:
    number = await signed.submitted()
    assert (await signed.post(f"/api/v1/cases/{number}/rating", {"stars": 5}, 409))["reason"] == "not_ended"
    case = await house.cases.case(number)
    await house.cases.open_review(case.id, REVIEWER)
    await house.cases.reject(case.id, REVIEWER, "不在本地", "请到户籍地办")
    shown = await signed.get(f"/api/v1/cases/{number}")
    assert (shown["reason"], shown["remedy"], shown["may_rate"]) == ("不在本地", "请到户籍地办", True)
    for wrong in ({"stars": 0}, {"stars": 6}, {"stars": "x"}, {}, {"stars": 5, "words": "x" * 501}):
        await signed.post(f"/api/v1/cases/{number}/rating", wrong, 422)
    low = {"stars": 2, "tags": ["没看懂\x00"], "words": "<b>慢</b>"}
    rated = await signed.post(f"/api/v1/cases/{number}/rating", low)
    assert rated["rating"] == {"stars": 2, "tags": ["没看懂"], "words": "<b>慢</b>"}
    assert (await signed.post(f"/api/v1/cases/{number}/rating", {"stars": 5}, 409))["reason"] == "rated"


class Post:
    """The province's pushes, carried by hand."""

    def __init__(self, who: Person, province: Province, leg: Leg) -> None:
        self.who, self.province, self.leg = who, province, leg

    def body(self, place: int = 0) -> bytes:
        event = self.province.events(self.leg.number)[1][place]
        return json.dumps(write_event(event), ensure_ascii=False).encode()

    def headers(self, body: bytes, key: str = CALLBACK_KEY, nonce: str = "n1", at: str = "") -> dict[str, str]:
        at = at or stamp(now())
        return {"X-Timestamp": at, "X-Nonce": nonce, "X-Sign": sign_callback(key, at, nonce, body),
                "Content-Type": "application/json"}

    async def send(self, body: bytes, headers: dict[str, str]) -> tuple[int, Any]:
        async with self.who.client.post(CALLBACK, data=body, headers=headers) as answer:
            return answer.status, await answer.json(content_type=None)

    async def state(self) -> int:
        return (await Leg.get(id=self.leg.id)).last_seq


@pytest.fixture
async def post(signed: Person, another: Person, house: House, province: Province) -> Post:
    """A case whose first leg the province has received."""
    case = await approved(house, await signed.submitted())
    leg = await Leg.get(case_id=case.id, state="sent", position=1)
    province.step(leg.number)
    return Post(another, province, leg)


async def test_a_callback_is_stored_before_it_is_acknowledged(post: Post) -> None:
    body = post.body()
    assert await post.send(body, post.headers(body)) == (200, {"code": "200", "message": "success"})
    assert await post.state() == 1


async def test_a_callback_sent_twice_or_replayed_counts_once(post: Post) -> None:
    body = post.body()
    headers = post.headers(body)
    assert (await post.send(body, headers))[0] == 200
    assert (await post.send(body, headers))[0] == 200
    assert (await post.send(body, post.headers(body, nonce="n2")))[0] == 200
    assert await post.state() == 1


async def test_a_forged_or_stale_callback_is_refused(post: Post) -> None:
    body = post.body()
    for headers in (
        post.headers(body, key="another key"), post.headers(body, at="1"), post.headers(body, at="x"),
        post.headers(b"other"), {}, {"X-Sign": "é"},
    ):
        status, answer = await post.send(body, headers)
        assert status == 401
        assert answer["code"] == "bad_signature"
    assert await post.state() == 0


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"not json", b'{"PROJID": "x", "event_seq": 1}', b"\xff\xfe"])
async def test_a_signed_callback_that_cannot_be_read_is_refused(post: Post, body: bytes) -> None:
    status, answer = await post.send(body, post.headers(body))
    assert status == 400
    assert answer["detail"]
