"""Saying it instead of typing it: a recording becomes words for whoever said them, and nothing else happens."""

from __future__ import annotations

import io
from typing import Any

import pytest
from aiohttp import FormData

from bot.house import House
from core.errors import Garbled, NotAuthorised, Unavailable
from integrations.speech.base import LARGEST, Recording
from integrations.speech.demo.sounds import SAMPLE, DemoTranscriber, recorded
from tests.bot.web.conftest import Person


@pytest.fixture
async def guest(someone: Person, house: House) -> Person:
    house.speech = DemoTranscriber(("mp3", "wav"))
    await someone.post("/api/v1/session")
    return someone


async def spoken(who: Person, content: bytes, status: int = 200, *, name: str = "v.wav", mime: str = "audio/wav",
                 part: str = "sound") -> Any:
    form = FormData()
    form.add_field(part, io.BytesIO(content), filename=name, content_type=mime)
    async with who.client.post("/api/v1/voice", data=form) as answer:
        assert answer.status == status, await answer.text()
        return await answer.json(content_type=None)


async def test_where_nobody_listens_no_client_offers_to(someone: Person, house: House) -> None:
    house.speech = None
    assert (await someone.get("/api/v1/voice"))["formats"] == []
    await someone.post("/api/v1/session")
    refused = await spoken(someone, recorded("我要退休", "wav").content, 409)
    assert (refused["reason"], refused["detail"]) == ("no_voice", "语音我还听不懂，请打字告诉我，几个字就行。")


async def test_what_was_said_comes_back_and_is_not_said_yet(guest: Person) -> None:
    offered = await guest.get("/api/v1/voice")
    assert "wav" in offered["formats"]
    assert offered["pretends"] is True
    before = (await guest.get("/api/v1/messages"))["seq"]
    words = "我媳妇刚生了，要办啥手续"
    assert await spoken(guest, recorded(words, "wav").content) == {"words": words}
    assert await spoken(guest, recorded(words, "mp3").content, name="tmp_1.mp3", mime="") == {"words": words}
    assert await spoken(guest, recorded(words, "wav").content, name="blob", mime="audio/x-wav") == {"words": words}
    assert (await guest.get("/api/v1/messages"))["seq"] == before


@pytest.mark.parametrize(("content", "name", "mime", "reason"), [
    (recorded("", "wav").content, "v.wav", "audio/wav", "voice_unheard"), (b"", "v.wav", "audio/wav", "voice_unheard"),
    (bytes(LARGEST + 1), "v.wav", "audio/wav", "voice_long"), (b"x" * 90, "v.webm", "audio/webm", "voice_format"),
    (b"x" * 90, "", "", "voice_format"),
])
async def test_what_cannot_be_heard_is_told_in_words(
    guest: Person, content: bytes, name: str, mime: str, reason: str
) -> None:
    refused = await spoken(guest, content, 422, name=name, mime=mime)
    assert refused["reason"] == reason
    assert refused["detail"].startswith(("没有听清", "您说得太长", "这种录音"))


@pytest.mark.parametrize("problem", [Unavailable, Garbled, NotAuthorised])
async def test_a_recogniser_that_fails_is_the_wish_to_type(
    guest: Person, house: House, monkeypatch: pytest.MonkeyPatch, problem: type[Exception]
) -> None:
    async def words(self: DemoTranscriber, recording: Recording) -> str:
        raise problem

    monkeypatch.setattr(DemoTranscriber, "words", words)
    refused = await spoken(guest, recorded("我要退休", "wav").content, 409)
    assert refused["detail"] == "现在听不了语音，请打字告诉我，几个字就行。"


async def test_only_a_recording_is_read_and_only_of_a_visitor(guest: Person, another: Person) -> None:
    await spoken(guest, b"x", 422, part="file")
    await guest.post("/api/v1/voice", {}, 422)
    await spoken(another, recorded("我要退休", "wav").content, 401)


async def test_a_real_microphone_in_the_demo_says_the_sample(guest: Person) -> None:
    assert (await spoken(guest, b"RIFF" + bytes(60) + b"\1\2" * 5000))["words"] == SAMPLE
    await spoken(guest, b"RIFF" + bytes(20_000), 422)
