"""Others confirm: what the talk says about them, the link to pass on, and that a decision is told once."""

from __future__ import annotations

from bot.models import Message
from bot.news import News
from bot.stand_ins import PHONE
from forms.draft import Login
from forms.models import ConfirmationRow
from tests.bot.conftest import Chat
from tests.bot.test_conversation import ANSWERS

MOTHER = Login(name="李晓兰", id_number="330106199504080421", level=3)


async def at_the_check(chat: Chat) -> str:
    await chat.say("我媳妇刚生了，要办啥手续")
    await chat.say("同意")
    while (stage := await chat.stage()).kind in ("asking", "filling"):
        await chat.say(ANSWERS[stage.key])
    return chat.plain


async def decide(chat: Chat, decision: str, reason: str = "") -> str:
    """The mother decides behind the link that the talk gave; returns the id of the confirmation."""
    door = chat.conversations.parts.confirmations
    token = chat.plain.partition("/confirm/")[2].split()[0]
    read = await door.read(token, PHONE, MOTHER)
    await door.decide(token, PHONE, MOTHER, decision, read.seen, reason)  # type: ignore[arg-type]
    return str((await ConfirmationRow.get(state=decision)).id)


async def told(chat: Chat, confirmation_id: str) -> list[str]:
    """What the talk says by itself, when the job runs twice."""
    for _ in range(2):
        await News(chat.conversations).confirmed(confirmation_id)
    rows = await Message.filter(conversation_id=chat.id, client_id=f"confirmation:{confirmation_id}")
    return ["\n".join(block["plain"] for block in row.blocks) for row in rows]


async def test_the_check_says_who_is_missing_and_gives_a_link(chat: Chat) -> None:
    said = await at_the_check(chat)
    assert "妈妈 李*兰：还没确认" in said
    assert "都填好了，就差别人本人确认。" in await chat.say("都对，去签字")
    assert (await chat.stage()).kind == "checking"
    said = await chat.say("发给她")
    assert "/confirm/" in said
    assert "李晓兰" not in said
    assert (await chat.stage()).kind == "checking"


async def test_a_paper_instead_is_asked_for_in_words(chat: Chat) -> None:
    await at_the_check(chat)
    await chat.say("妈妈不方便，交书面的")
    stage = await chat.stage()
    assert (stage.kind, stage.what) == ("filling", "material")


async def test_a_confirmation_is_told_once_and_opens_the_way(chat: Chat) -> None:
    await at_the_check(chat)
    await chat.say("发给她")
    said = await told(chat, await decide(chat, "confirmed"))
    assert len(said) == 1
    assert "妈妈（李*兰）在「新生儿出生」里确认了" in said[0]
    await chat.say("都对，去签字")
    assert (await chat.stage()).kind == "signing"


async def test_a_refusal_is_told_with_its_reason_and_another_link_may_be_sent(chat: Chat) -> None:
    await at_the_check(chat)
    await chat.say("发给她")
    [said] = await told(chat, await decide(chat, "declined", "名字还没商量好"))
    assert "名字还没商量好" in said
    assert chat.conversations.parts.wording("others.refused") in said
    assert chat.conversations.parts.wording("others.only") not in said
    assert "【再发给妈妈确认】" in said
    assert "/confirm/" in await chat.say("再发给妈妈确认")


async def test_a_paper_may_be_given_instead(chat: Chat) -> None:
    await at_the_check(chat)
    said = await chat.press("act:change:material:other_parent_letter:mother")
    assert "另一方家长同意书" in said


async def test_told_elsewhere_nothing_on_the_table_moves(chat: Chat) -> None:
    await at_the_check(chat)
    await chat.say("发给她")
    confirmation = await decide(chat, "confirmed")
    await chat.say("先停一下")
    before = await chat.stage()
    [said] = await told(chat, confirmation)
    assert "接着办" in said
    assert await chat.stage() == before
