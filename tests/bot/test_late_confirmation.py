"""A grandfather who is head of the household confirms after his son has handed in: only that leg waited for him."""

from __future__ import annotations

from pathlib import Path

from bot.conversation import Conversations
from bot.news import News
from bot.stand_ins import PHONE
from cases.actors import Staff
from cases.models import Case, Leg
from cases.outstanding.confirming import for_package
from forms.draft import Draft, Login
from forms.engine import Engine
from forms.lint.tree import Tree
from forms.models import ConfirmationRow
from forms.walk import walk_with_demo
from tests.bot.conftest import citizen

SON = "330106199108091372"
REVIEWER = Staff("r1", "审核员甲", "reviewer", "", "330106")
HEAD = "head_agrees:household"


async def filled(engine: Engine) -> Draft:
    """The worked case of the grandfather, before anybody else has said anything."""
    examples = Tree.load([Path(__file__).parents[2] / "forms"]).examples["newborn_birth"].thing.examples
    example = next(one for one in examples if one.code == "grandfather")
    done = await walk_with_demo(engine, "newborn_birth", example)
    assert done is not None
    return done.draft.model_copy(update={"confirmations": {}})


async def confirm(conversations: Conversations, draft_id: str, key: str) -> str:
    parts = conversations.parts
    held = await parts.forms.get(draft_id)
    who = next(one for one in parts.engine.confirmations(held.draft) if one.key == key)
    made = await parts.confirmations.ask(draft_id, held.citizen_id, key)
    login = Login(name=who.name, id_number=who.id_number, level=3)
    read = await parts.confirmations.read(made.token, PHONE, login)
    await parts.confirmations.decide(made.token, PHONE, login, "confirmed", read.seen)
    await News(conversations).confirmed(made.id)
    return made.id


async def test_a_leg_that_waited_goes_on_when_the_head_confirms(
    conversations: Conversations, engine: Engine
) -> None:
    parts, son = conversations.parts, await citizen(SON)
    held = await parts.forms.create(str(son.id), await filled(engine))
    await confirm(conversations, held.id, "mother_agrees:mother")
    case = await parts.cases.submit(held.id, str(son.id), son.name)
    await parts.cases.open_review(case.id, REVIEWER)
    await parts.cases.approve(case.id, REVIEWER)
    leg = await Leg.get(case_id=case.id, item="household_registration")
    assert (leg.state, leg.hold) == ("waiting", "head_agrees")
    view = await parts.cases.view(case.id)
    assert {one.key: one.state for one in view.confirmations} == {"mother_agrees:mother": "confirmed", HEAD: "open"}
    await confirm(conversations, held.id, HEAD)
    leg = await Leg.get(id=leg.id)
    assert leg.hold == ""
    view = await parts.cases.view(case.id)
    assert {one.key: one.state for one in view.confirmations} == {
        "mother_agrees:mother": "confirmed", HEAD: "confirmed"}
    assert "leg_released" in [line.what for line in view.timeline]
    seen = {one.code for one in await for_package(await Case.get(id=case.id), leg)}
    assert seen == {"mother_agrees", "head_agrees"}
    certificate = await Leg.get(case_id=case.id, item="birth_certificate")
    assert {one.code for one in await for_package(await Case.get(id=case.id), certificate)} == {"mother_agrees"}
    assert await ConfirmationRow.filter(tell_at__not_isnull=True).count() == 0
