"""Content published while a form is being filled: the citizen hears, by name, what became of each answer."""

from __future__ import annotations

from pathlib import Path

from bot.moved import told
from forms.bank import PACKAGED, Bank
from forms.changes import Moved
from forms.draft import Draft
from forms.engine import Engine
from tests.bot.conftest import Chat
from tests.bot.test_conversation import fill

NEWBORN = Path("forms/definitions/newborn_birth.yaml")


def published(folder: Path, *changes: tuple[str, str]) -> Engine:
    """The packaged content with the newborn's definition changed."""
    text = (PACKAGED.parent / NEWBORN).read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    place = folder / NEWBORN
    place.parent.mkdir(parents=True)
    place.write_text(text, "utf-8")
    return Engine(Bank.load([PACKAGED, folder / "forms"]))


async def test_the_answers_are_told_by_name_and_nothing_stale_is_signed(chat: Chat, tmp_path: Path) -> None:
    await chat.say("我媳妇刚生了，要办啥手续")
    await chat.say("同意")
    await fill(chat)
    before = await chat.draft()
    engine = published(tmp_path, ("value: father", "value: dad"))
    object.__setattr__(chat.conversations.parts, "engine", engine)
    said = await chat.say("都对，去签字")
    assert "这件事的办理内容有更新" in said
    assert before.situations["hukou_follow"].value == "father"
    assert "这几样要请您再答一次：宝宝的户口跟谁？" in said
    assert (await chat.draft()).version == engine.version_of("newborn_birth") != before.version
    assert (await chat.stage()).kind != "waiting"


def test_what_the_new_content_has_no_name_for_is_counted() -> None:
    engine = Engine(Bank.load())
    draft: Draft = engine.start("newborn_birth", "330106", None)
    event = told(engine, Moved(draft, ("a",), ("baby[1].name",), ("baby[1].nobody", "mother.phone", "situation:none")))
    assert (event.kept, event.gone) == (1, 2)
    assert event.again == ("宝宝姓名",)
    assert event.dropped == ("妈妈 · 手机号",)
