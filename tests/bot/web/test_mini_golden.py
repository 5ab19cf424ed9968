"""What the mini-program's tests draw from: the answers of a real story. WRITE_GOLDEN=1 writes them anew.

Their words may grow old; the names and kinds of what is sent may not.
"""

from __future__ import annotations

import json
import os
from typing import Any

import time_machine

from bot.blocks import BLOCKS
from bot.house import House
from cases.actors import Demand
from tests.bot.web.conftest import FATHER, Person
from tests.bot.web.test_cases import REVIEWER
from tests.miniprogram.golden_files import FOLDER, shapes, steady, trimmed, written


async def story(someone: Person, house: House) -> dict[str, Any]:
    """Each answer once: the talk from a stranger on, the form, the case on its way, in correction, and withdrawn."""
    api, found = "/api/v1", {}
    await someone.post(f"{api}/session")
    for text in ("我媳妇刚生了，要办啥手续", "转人工"):
        await someone.say(text)
    found["guest"] = await someone.get(f"{api}/messages")
    await someone.sign_in(FATHER)
    found["begun"] = await someone.begun()
    found["draft"] = await someone.filled()
    await someone.change(found["draft"], "material:photo:baby[1]", "deferred")
    number = await someone.submitted()
    await someone.say("办到哪一步了")
    found["talk"] = await someone.get(f"{api}/messages")
    found["case"] = await someone.get(f"{api}/cases/{number}")
    case = await house.cases.case(number)
    await house.cases.open_review(case.id, REVIEWER)
    await house.cases.return_(case.id, REVIEWER, [Demand("baby[1].name", "名字和医院登记的不一样，请再看一遍")])
    found["returned"] = await someone.get(f"{api}/cases/{number}")
    found["correcting"] = await someone.get(f"{api}/drafts/{found['returned']['draft']}")
    found["cases"] = await someone.get(f"{api}/cases")
    found["consents"] = await someone.get(f"{api}/me/consents")
    found["guides"] = {"guides": (await someone.get(f"{api}/guides"))["guides"][:3]}
    found["guide"] = await someone.get(f"{api}/guides/newborn_birth/sections")
    return {name: trimmed(steady(body, (number, "330106000000000000001"))) for name, body in found.items()}


@time_machine.travel("2026-03-02T10:00:00+08:00", tick=True)
async def test_the_golden_answers_are_current(someone: Person, house: House) -> None:
    made = await story(someone, house)
    if os.environ.get("WRITE_GOLDEN"):
        FOLDER.mkdir(exist_ok=True)
        for name, body in made.items():
            FOLDER.joinpath(f"{name}.json").write_text(written(body), "utf-8")
    old = []
    for name, body in made.items():
        now, kept = shapes(body), shapes(json.loads(FOLDER.joinpath(f"{name}.json").read_text("utf-8")))
        old += [f"{name}{place}" for place, names in kept.items() if place in now and now[place] != names]
    assert old == [], "write them anew: WRITE_GOLDEN=1 pytest tests/bot/web/test_mini_golden.py"
    drawn = {block["type"] for name in ("guest", "talk") for one in made[name]["messages"] for block in one["blocks"]}
    assert drawn >= {"text", "card", "options", "progress", "hand_over"}
    BLOCKS.validate_python([block for one in made["talk"]["messages"] for block in one["blocks"]])
