"""The other two one-things, shorter: they share every part of the house with the first."""

from __future__ import annotations

from aiohttp import FormData

from tests.journeys.conftest import signed_in
from tests.journeys.people import Citizen, Reviewer
from tests.journeys.stories import consented, finish
from tests.journeys.town import Town

PICTURE = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000"
                        "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082")
NOODLES = {
    "situation:biz_form": "面馆", "situation:extras": "都没有", "shop.area_total": "80", "shop.area_kitchen": "20",
    "shop.seats": "24", "shop.use_right": "租的", "shop.lease_end": "2029年6月30日",
}


async def test_retirement_with_two_questions(town: Town, reviewer: Reviewer) -> None:
    worker = await signed_in(town, "worker_normal-1")
    await consented(worker, "我到岁数了，退休咋弄")
    await worker.answer({"situation:retire_type": "正常退休", "situation:extras": "都不用"})
    assert worker.stage == "checking", worker.plain
    assert len(worker.asked) <= 2, worker.asked
    await worker.sign()
    number = await worker.number()
    await reviewer.approve(number)
    gone = await finish(town, worker, number, step=20)
    assert "normal_retirement" in gone["pension_grant"]
    assert "household_verification" in gone["normal_retirement"]
    case = await worker.case(number)
    assert case["state"] == "completed_full"


async def test_a_noodle_shop_with_one_photo(town: Town, reviewer: Reviewer) -> None:
    owner = await signed_in(town, "shop_noodles-1")
    await consented(owner, "执照下来了，接着办啥才能营业")
    await owner.answer(NOODLES)
    assert await owner.next() == "material:kitchen_layout:shop", owner.plain
    await upload(owner, "kitchen_layout:shop")
    await owner.press("act:uploaded:material:kitchen_layout:shop")
    assert "先办，20 个工作日内再交" in owner.plain
    await owner.press("act:way:material:waste_agreement:catering=deferred")
    assert owner.stage == "checking", owner.plain
    await owner.sign()
    number = await owner.number()
    await reviewer.approve(number)
    gone = await finish(town, owner, number, step=20)
    assert "business_licence_check" in gone["food_licence"]
    assert (await owner.case(number))["state"] == "completed_full"


async def upload(citizen: Citizen, slot: str) -> None:
    """A picture for a material, in the form page."""
    form = FormData()
    form.add_field("slot", slot)
    form.add_field("file", PICTURE, filename="厨房.png", content_type="image/png")
    status, answer = await citizen.send("POST", f"/api/v1/drafts/{citizen.draft_id}/files", data=form)
    assert status == 200, answer
