"""Voice in the account: taken as words, said back, or the wish to type."""

from __future__ import annotations

import pytest

from bot.house import House
from bot.models import Message
from integrations.speech.demo.sounds import DemoTranscriber, recorded
from tests.bot.web.wechat.conftest import Phone
from tests.bot.web.wechat.small import SmallWechat


@pytest.fixture
def says(wechat: SmallWechat, phone: Phone):
    """Somebody speaks into their phone."""
    async def speak(words: str, format_: str = "amr", **fields: str) -> str:
        wechat.pictures["m"] = ("audio/amr", recorded(words).content)
        return await phone.push("voice", MediaId="m", Format=format_, Recognition="", **fields)

    return speak


async def test_what_was_heard_is_said_back_and_answered(house: House, says) -> None:
    house.speech = DemoTranscriber()
    answer = await says("我媳妇刚生了，要办啥手续")
    assert answer.startswith("我听到的是：“我媳妇刚生了，要办啥手续”")
    assert "新生儿出生" in answer
    assert [one.text async for one in Message.filter(role="citizen")] == ["我媳妇刚生了，要办啥手续"]


async def test_words_recognised_by_wechat_are_taken_as_they_are(phone: Phone) -> None:
    assert "我听到的是" not in await phone.push("voice", MediaId="m", Format="amr", Recognition="我要退休")


@pytest.mark.parametrize(("formats", "words", "format_", "asks"), [
    (None, "我要退休", "amr", "语音我还听不懂"), (("mp3",), "我要退休", "speex", "语音我还听不懂"),
    (("amr",), "", "amr", "没有听清"),
])
async def test_what_cannot_be_heard_is_asked_for_in_writing(
    house: House, says, formats: tuple[str, ...] | None, words: str, format_: str, asks: str
) -> None:
    house.speech = DemoTranscriber(formats) if formats else None
    assert asks in await says(words, format_)
    assert await Message.filter(role="citizen").count() == 0


async def test_a_recording_that_wechat_does_not_give(house: House, phone: Phone) -> None:
    house.speech = DemoTranscriber()
    assert "现在听不了语音" in await phone.push("voice", MediaId="gone", Format="amr")


async def test_a_person_who_has_the_word_gets_what_was_said(house: House, phone: Phone, says) -> None:
    house.speech = DemoTranscriber()
    await phone.say("人工")
    assert await says("派出所周六上班吗") == "success"
    said = [one.text async for one in Message.filter(role="citizen").order_by("seq")]
    assert said == ["人工", "派出所周六上班吗"]
