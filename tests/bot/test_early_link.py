"""Somebody else may confirm as soon as it is known who they are: what the systems know of them is then not typed."""

from __future__ import annotations

import pytest

from bot.conversation import Conversations
from bot.news import News
from bot.stand_ins import PHONE
from forms.draft import Login
from forms.models import ConfirmationRow
from tests.bot.conftest import Chat, citizen

SON = "330106198509112336"
PATIENT = Login(name="许大年", id_number="330106195603172112", level=3)
SITUATIONS = {"who_for": "family", "place": "local", "types": ["chronic"], "insured": "resident",
              "invoice": "electronic", "extras": ["none"], "relief": "yes"}
TYPED = {"patient.name": PATIENT.name, "patient.id_number": PATIENT.id_number, "patient.phone": "13800006047",
         "guardianship.relation": "儿子"}


@pytest.fixture
async def son(conversations: Conversations) -> Chat:
    return Chat(conversations, await conversations.of(f"citizen:{(await citizen(SON)).id}"))


async def answered(chat: Chat, until: str) -> str:
    """Answer what is asked until ``until`` was; returns what was said then."""
    await chat.press("act:begin:medical_reimbursement")
    said = await chat.press("act:consent:yes")
    for _ in range(30):
        stage = await chat.stage()
        if stage.kind == "asking":
            found = SITUATIONS[stage.key]
            for value in found if isinstance(found, list) else []:
                said = await chat.press(f"act:tick:situation:{stage.key}={value}")
            end = f"done:situation:{stage.key}" if isinstance(found, list) else f"answer:situation:{stage.key}={found}"
            said = await chat.press(f"act:{end}")
        else:
            said = await chat.say(TYPED[stage.key])
            if stage.key == until:
                return said
    raise AssertionError(chat.asked)


SPARED = {"id_card:patient", "account.bank", "account.number", "bill[1].hospital", "bill[1].total", "ground.categories",
          "insurance.region", "medical_invoice:bill[1]"}
OFFER = "act:confirm:patient_agrees:patient"


async def test_the_link_is_offered_once_it_is_known_who_they_are(son: Chat) -> None:
    said = await answered(son, "patient.name")
    assert OFFER in str(son.blocks)
    assert "把链接发给看病的人（许*年）" in said
    assert not SPARED & {(await son.stage()).key}
    said = await son.say(TYPED[(await son.stage()).key])
    assert OFFER not in str(son.blocks)


async def test_what_they_could_spare_is_asked_last(son: Chat) -> None:
    await answered(son, "guardianship.relation")
    assert not SPARED & set(son.asked[:-1])
    assert (await son.stage()).key in SPARED


async def test_a_link_taken_early_leaves_the_question_on_the_table(son: Chat) -> None:
    await answered(son, "patient.name")
    before = await son.stage()
    said = await son.press(OFFER)
    assert "/confirm/" in said
    assert "我们继续" in said
    assert await son.stage() == before


async def test_once_they_confirm_nothing_the_systems_know_is_asked(son: Chat) -> None:
    await answered(son, "patient.name")
    await son.press(OFFER)
    door = son.conversations.parts.confirmations
    token = son.plain.partition("/confirm/")[2].split()[0]
    read = await door.read(token, PHONE, PATIENT)
    await door.decide(token, PHONE, PATIENT, "confirmed", read.seen)
    await News(son.conversations).confirmed(str((await ConfirmationRow.get(state="confirmed")).id))
    draft = await son.draft()
    assert {draft.values[path].origin for path in SPARED if ":" not in path} == {"source"}
    assert draft.materials["id_card:patient"].way == "licence"
    assert (await son.stage()).kind == "filling"
    assert (await son.stage()).key not in SPARED


async def test_without_a_link_everything_may_be_typed(son: Chat) -> None:
    await answered(son, "guardianship.relation")
    assert (await son.stage()).key == "insurance.region"
    await son.say("杭州市西湖区")
    assert (await son.draft()).values["insurance.region"].origin == "citizen"
