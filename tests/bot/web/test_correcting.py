"""What a notice of corrections asks stands on the form beside its place, also of what was looked up or spared."""

from __future__ import annotations

from bot.house import House
from cases.actors import Demand
from tests.bot.web.conftest import FATHER, Person
from tests.bot.web.test_cases import REVIEWER

CERTIFICATE = "material:marriage_certificate:marriage"


async def test_each_place_says_what_is_to_be_put_right(someone: Person, house: House) -> None:
    await someone.sign_in(FATHER)
    await someone.begun()
    await someone.filled()
    case = await house.cases.case(await someone.submitted())
    await house.cases.open_review(case.id, REVIEWER)
    demands = [Demand("mother.name", "和身份证上的不一样"), Demand(CERTIFICATE, "请拍一张结婚证")]
    await house.cases.return_(case.id, REVIEWER, demands)
    view = await someone.get(f"/api/v1/drafts/{case.draft_id}")
    fields = {field["path"]: field for section in view["sections"] for field in section["fields"]}
    asked = {path: field["demand"] for path, field in fields.items() if field["demand"]}
    assert asked == {"mother.name": "要改的是：和身份证上的不一样"}
    papers = {paper["key"]: paper for paper in view["materials"]}
    assert papers[CERTIFICATE]["demand"] == "要改的是：请拍一张结婚证"
    assert papers[CERTIFICATE]["editable"], "a paper that was spared may be handed in when it is asked for"
    assert not papers["material:id_card:mother"]["editable"]
