"""Speech: every adapter hears the same, refuses the same, and the one over HTTP bears what goes wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import structlog
from aiohttp import web

from core.errors import Garbled, NotAuthorised, OutsideError, Refused, Unavailable
from core.settings import Settings
from integrations.demo_exchange import make_app
from integrations.demo_server import running
from integrations.speech.base import LARGEST, Recording, Transcriber, Unheard, WrongSound
from integrations.speech.demo.server import Ear, add_speech
from integrations.speech.demo.sounds import HEADS, SAMPLE, DemoTranscriber, recorded
from integrations.speech.http import HttpTranscriber, Shape, transcriber_of

SHAPES = {
    "bytes": Shape(formats=tuple(HEADS), fields=(("language", "zh"),)),
    "form": Shape("form", "file", "result.0.text", (("model", "m"),), tuple(HEADS)),
    "json": Shape("json", "audio", "text", (), tuple(HEADS)),
}


@pytest.fixture
def ear() -> Ear:
    return Ear("a secret")


@pytest.fixture
async def url(ear: Ear) -> AsyncIterator[str]:
    app = web.Application(client_max_size=8_000_000)
    add_speech(app, ear)
    async with running(app) as address:
        yield f"{address}/speech"


@pytest.fixture(params=["in_process", *SHAPES])
async def hears(request: pytest.FixtureRequest, url: str) -> AsyncIterator[Transcriber]:
    made: Transcriber = DemoTranscriber()
    if request.param != "in_process":
        made = HttpTranscriber(url, "a secret", SHAPES[request.param], timeout=30)
    yield made
    await made.close()


@pytest.fixture
async def http(url: str) -> AsyncIterator[HttpTranscriber]:
    made = HttpTranscriber(url, "a secret", timeout=30)
    yield made
    await made.close()


async def test_a_recording_becomes_words(hears: Transcriber) -> None:
    assert await hears.words(recorded("我媳妇刚生了，要办啥手续", "amr")) == "我媳妇刚生了，要办啥手续"
    assert (await hears.check()).ok


@pytest.mark.parametrize(("recording", "problem"), [
    (recorded(" "), Unheard), (Recording("amr", b""), WrongSound), (Recording("ogg", b"x"), WrongSound),
    (Recording("amr", b"x" * (LARGEST + 1)), WrongSound),
])
async def test_what_is_no_speech(hears: Transcriber, recording: Recording, problem: type[OutsideError]) -> None:
    with pytest.raises(problem):
        await hears.words(recording)


async def test_a_format_that_is_not_set_up_never_leaves_the_house(http: HttpTranscriber, ear: Ear) -> None:
    for kind in ("amr", "speex"):
        with pytest.raises(WrongSound, match=f"{kind} is not in YJS_SPEECH_FORMATS"):
            await http.words(recorded("你好", kind))
    assert ear.asked == 0
    assert await http.words(recorded("你好", "mp3")) == "你好"


@pytest.mark.parametrize(("fault", "problem"), [("down", Unavailable), ("garbled", Garbled), ("empty", Unheard)])
async def test_faults(http: HttpTranscriber, ear: Ear, fault: str, problem: type[OutsideError]) -> None:
    ear.fault = fault
    with pytest.raises(problem):
        await http.words(recorded("你好", "mp3"))


async def test_it_is_not_waited_for_longer_than_the_limit(url: str, ear: Ear) -> None:
    ear.fault, made = "slow", HttpTranscriber(url, "a secret", timeout=0.2)
    with pytest.raises(Unavailable, match="in time"):
        await made.words(recorded("你好", "mp3"))
    await made.close()


async def test_a_recogniser_that_is_down_is_left_alone_for_a_while(http: HttpTranscriber, ear: Ear) -> None:
    ear.fault = "down"
    for _ in range(8):
        with pytest.raises(Unavailable):
            await http.words(recorded("你好", "mp3"))
    assert ear.asked == 5


async def test_what_an_operator_got_wrong_is_said(url: str) -> None:
    for made, problem, says in (
        (HttpTranscriber(url, "another"), NotAuthorised, "YJS_SPEECH_SECRET"),
        (HttpTranscriber(url, "a secret", Shape(answer="nothing.here")), Garbled, "YJS_SPEECH_ANSWER"),
        (HttpTranscriber(f"{url}/elsewhere", "a secret"), Refused, "404"),
    ):
        with pytest.raises(problem, match=says):
            await made.words(recorded("你好", "mp3"))
        await made.close()


async def test_the_demo_takes_a_whole_minute() -> None:
    """Where the other routes beside it take little."""
    minute = b"RIFF" + b"\1\2" * 950_000
    async with running(make_app(app="bot", secret="invented")) as url:
        transcriber = HttpTranscriber(f"{url}/speech", timeout=30)
        assert await transcriber.words(Recording("wav", minute)) == SAMPLE
        with pytest.raises(Unheard):
            await transcriber.words(Recording("wav", b"RIFF" + bytes(1_900_000)))
        await transcriber.close()


def test_by_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert transcriber_of(Settings(demo=False)) is None
    assert Settings().hears_at.endswith(":8001/speech")
    assert "amr" in Settings().hears_formats
    for name, value in (("URL", "https://asr.example/v1"), ("FORMATS", '["mp3"]'), ("FIELDS", '{"model": "m"}')):
        monkeypatch.setenv(f"YJS_SPEECH_{name}", value)
    named = Settings()
    assert (named.hears_at, named.hears_formats) == ("https://asr.example/v1", ("mp3",))
    assert isinstance(transcriber_of(named), HttpTranscriber)


@pytest.fixture
def everything_logged() -> Iterator[None]:
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(0))
    yield
    structlog.configure(**before)


async def test_neither_words_nor_secrets_stand_in_the_log(
    http: HttpTranscriber, everything_logged: None, capsys: pytest.CaptureFixture[str]
) -> None:
    await http.words(recorded("我的身份证号", "mp3"))
    logged = capsys.readouterr().out
    assert "speech.asked" in logged
    for private in ("身份证", "a secret"):
        assert private not in logged
