"""What people answer, and the parts of a story that many tests begin with."""

from __future__ import annotations

from cases.models import Leg
from tests.journeys.people import Citizen, Reviewer
from tests.journeys.town import Town

FIRST_WORDS = "我媳妇刚生了，要办啥手续"
NEWBORN = {
    "situation:hukou_follow": "随爸爸", "situation:extras": "医保、社保卡和育儿补贴", "situation:delivery": "快递",
    "baby[1].name": "陈小满", "mother.phone": "13800000102",
}
TWINS = {
    "situation:hukou_follow": "随妈妈", "situation:extras": "医保、社保卡", "situation:delivery": "快递",
    "baby[1].name": "王子安", "baby[2].name": "王子宁", "mother.phone": "13800000104",
}


async def consented(citizen: Citizen, words: str = FIRST_WORDS) -> Citizen:
    """Said what it is about and agreed to look-ups."""
    await citizen.say(words)
    if citizen.stage == "confirming":
        await citizen.press("act:yes")
    assert citizen.stage == "consenting", citizen.plain
    await citizen.press("act:consent:yes")
    return citizen


async def ready_to_sign(citizen: Citizen) -> Citizen:
    """Everything is answered and on the table."""
    await consented(citizen)
    await citizen.answer(NEWBORN)
    assert citizen.stage == "checking", citizen.plain
    await citizen.others_confirm()
    return citizen


async def submitted(citizen: Citizen) -> str:
    """Signed; the case number."""
    await ready_to_sign(citizen)
    await citizen.sign()
    assert citizen.stage == "waiting", citizen.plain
    return await citizen.number()


async def dispatched(town: Town, citizen: Citizen, reviewer: Reviewer) -> str:
    """Approved, and at the departments that can start; the case number."""
    number = await submitted(citizen)
    await reviewer.approve(number)
    await town.settle()
    return number


async def legs_of(town: Town, number: str) -> dict[str, Leg]:
    """The legs of a case by item."""
    return {leg.item: leg for leg in await Leg.filter(case__number=number).order_by("position")}


async def finish(town: Town, citizen: Citizen, number: str, days: int = 240, step: float = 5) -> dict[str, list[str]]:
    """Offices work until the case has ended; for every item what was completed before it went out. Sound all the way.
    """
    gone: dict[str, list[str]] = {}
    for _ in range(int(days / step)):
        await town.work(step)
        await town.sound()
        legs = await legs_of(town, number)
        done = [item for item, leg in legs.items() if leg.state == "completed"]
        for item, leg in legs.items():
            if leg.state != "waiting":
                gone.setdefault(item, done)
        if not (await citizen.case(number))["open"]:
            return gone
    raise AssertionError({item: leg.state for item, leg in (await legs_of(town, number)).items()})


async def until_asked(town: Town, citizen: Citizen, number: str, days: int = 40, step: float = 1) -> None:
    """Offices work until one asks for a correction, and the citizen was told in the talk."""
    for _ in range(int(days / step)):
        await town.work(step)
        await town.sound()
        if (await citizen.case(number))["needs_you"]:
            await citizen.hear()
            assert f"act:fix:{number}" in citizen.buttons(), citizen.plain
            return
    raise AssertionError("nobody asked")
