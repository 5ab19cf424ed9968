"""Every engine through one test: the local one, Rasa as a stand-in over HTTP, and a real Rasa when one is named."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from structlog.testing import capture_logs

from core.breaker import Breaker
from core.errors import Garbled, NotAuthorised, OutsideError, Refused
from integrations.demo_server import running
from intents.catalogue import Catalogue
from intents.understand import Understander
from nlu.engine import Engine, Ranked
from nlu.engines.local.model import LocalEngine
from nlu.engines.local.training import train
from nlu.engines.rasa.client import Rasa
from nlu.engines.rasa.engine import RasaEngine
from nlu.notes import fresh_notes
from nlu.training_data import Examples
from tests.personal import PERSONAL
from tests.rasa_server import TOKEN, StandIn

TAUGHT = Examples({
    "newborn_birth": ("我媳妇刚生了", "宝宝出生要办什么手续", "给孩子上户口", "办出生证", "新生儿落户", "娃上户口要啥"),
    "open_restaurant": ("我要开饭店", "想开一家餐馆", "开小吃店要办什么证", "办餐饮许可证", "开面馆手续", "开个火锅店"),
    "retirement": ("我要退休了", "办退休手续", "退休金怎么领", "到年龄了办退休", "申请养老金", "退休要交什么材料"),
    "out_of_scope.chitchat": ("你好呀", "今天天气真好", "讲个笑话", "你是谁", "你吃了吗", "唱首歌听听"),
})
MORE = Examples({**TAUGHT.by_intent, "post_death": ("老人去世了要办什么", "办死亡证明", "注销户口丧葬费", "亲人过世")})
HOSTILE = ("", " ", "\x00", "😀😀", "？？？", "a" * 5000, "我要" * 3000, "[退休](intent)", '{"text": 1}', "\u202e休退",
           "\ud800", "- intent: x\n  examples: |", "'; drop table --", "<script>alert(1)</script>",
           "110101199003070134")
PATIENCE, HASTE = 60.0, 0.5
"""Seconds a stand-in may take, also on a busy machine; and when somebody is not to wait for one that is slow."""


@dataclass
class Clock:
    """Seconds that pass when told to."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Bench:
    """An engine that was taught `TAUGHT`."""

    engine: Engine


@dataclass
class Desk(Bench):
    """A Rasa engine, the stand-in it talks to, and the clock of its breaker."""

    engine: RasaEngine
    server: StandIn
    clock: Clock


@pytest.fixture(scope="module")
def local() -> LocalEngine:
    return train(TAUGHT)


@asynccontextmanager
async def standing_in(local: LocalEngine, seconds: float = PATIENCE) -> AsyncIterator[Desk]:
    server, clock = StandIn(), Clock()
    async with running(server.app()) as url:
        engine = RasaEngine(Rasa(url, TOKEN, seconds=seconds), local, Breaker(failures=3, pause=30, clock=clock))
        server.models["nlu-taught.tar.gz"] = local
        await engine.use("nlu-taught.tar.gz")
        yield Desk(engine, server, clock)
        await engine.close()


@asynccontextmanager
async def real(local: LocalEngine, models: dict[str, str]) -> AsyncIterator[Bench]:
    """The real server that `make test-rasa` names, reading with a model of `TAUGHT` that it trained itself, once."""
    url = os.environ.get("RASA_UNDER_TEST", "")
    if not url:
        pytest.skip("`make test-rasa` asks a real Rasa server")
    engine = RasaEngine(Rasa(url, os.environ["RASA_UNDER_TEST_TOKEN"], seconds=3), local)
    if url not in models:
        models[url] = await engine.train(TAUGHT)
        await engine.use(models[url])
    yield Bench(engine)
    await engine.close()


@pytest.fixture
async def desk(local: LocalEngine) -> AsyncIterator[Desk]:
    async with standing_in(local) as found:
        yield found


@pytest.fixture(scope="module")
def real_models() -> dict[str, str]:
    return {}


@pytest.fixture(params=["local", "rasa", "real_rasa"])
async def bench(
    request: pytest.FixtureRequest, local: LocalEngine, real_models: dict[str, str]
) -> AsyncIterator[Bench]:
    if request.param == "local":
        yield Bench(local)
        return
    async with real(local, real_models) if request.param == "real_rasa" else standing_in(local) as found:
        yield found


def intents_of(ranked: tuple[Ranked, ...]) -> set[str]:
    return {one.intent for one in ranked}


@pytest.mark.parametrize("text", ["我要退休了", "我老婆生了个娃，户口怎么上", "想开个饭馆", "讲笑话", "月亮上有水吗"])
async def test_every_intent_is_ranked_best_first_between_nought_and_one(bench: Bench, text: str) -> None:
    ranked = await bench.engine.rank(text)
    scores = [one.score for one in ranked]
    assert intents_of(ranked) == set(TAUGHT.by_intent)
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize(("text", "intent"), [
    ("我要退休了", "retirement"), ("想开一家餐馆", "open_restaurant"), ("宝宝出生要办什么手续", "newborn_birth"),
    ("我想開一家餐館", "open_restaurant"), ("今天天气真好", "out_of_scope.chitchat"),
])
async def test_what_was_taught_comes_first(bench: Bench, text: str, intent: str) -> None:
    assert (await bench.engine.rank(text))[0].intent == intent


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
async def test_no_text_raises(bench: Bench, text: str) -> None:
    ranked = await bench.engine.rank(text)
    assert intents_of(ranked) == set(TAUGHT.by_intent)
    assert 0 <= bench.engine.similar(text, "retirement") <= 1


async def test_hostile_text_leaves_it_as_it_was(bench: Bench) -> None:
    for text in HOSTILE:
        await bench.engine.rank(text)
    notes = fresh_notes()
    assert (await bench.engine.rank("我要退休了"))[0].intent == "retirement"
    assert notes.get("ranked_by", "") != "local"


async def test_many_at_once_do_not_mix(bench: Bench) -> None:
    asked = [(text, intent) for intent, texts in TAUGHT.by_intent.items() for text in texts[:3]]
    found = await asyncio.gather(*(bench.engine.rank(text) for text, _ in asked))
    assert [ranked[0].intent for ranked in found] == [intent for _, intent in asked]


async def test_similarity_is_nearness_to_examples(bench: Bench) -> None:
    assert bench.engine.similar("我要退休了", "retirement") > 0.95
    assert bench.engine.similar("我要退休了", "open_restaurant") < 0.5


async def test_operators_get_an_explanation(bench: Bench) -> None:
    told = bench.engine.explain("我想退休", "retirement")
    assert told.intent == "retirement"
    assert told.examples[0].intent == "retirement"


async def test_an_understander_says_who_ranked(desk: Desk) -> None:
    understander = Understander(desk.engine, Catalogue.load())
    assert (await understander.hear("我要退休了")).details["ranked_by"] == "rasa"
    desk.server.fault = "error"
    heard = await understander.hear("我要退休了")
    assert (heard.details["ranked_by"], heard.details["because"]) == ("local", "status_500")
    assert heard.ranking[0].code == "retirement"


@pytest.mark.parametrize(("fault", "why"), [
    ("error", "status_500"), ("garbage", "not_json"), ("html", "not_json"), ("empty", "no_ranking"),
    ("list", "no_ranking"), ("nan", "no_ranking"), ("redirect", "redirect"), ("huge", "too_big"),
])
async def test_a_fault_is_the_local_engine_s_turn(desk: Desk, local: LocalEngine, fault: str, why: str) -> None:
    desk.server.fault = fault
    notes = fresh_notes()
    assert await desk.engine.rank("我要退休了") == await local.rank("我要退休了")
    assert notes == {"ranked_by": "local", "instead_of": "rasa", "because": why}


async def test_a_server_that_is_slow_is_not_waited_for(local: LocalEngine) -> None:
    async with standing_in(local, HASTE) as desk:
        desk.server.fault = "slow"
        notes = fresh_notes()
        assert await desk.engine.rank("我要退休了") == await local.rank("我要退休了")
        assert notes == {"ranked_by": "local", "instead_of": "rasa", "because": "timeout"}


async def test_a_server_that_is_not_there(local: LocalEngine) -> None:
    engine = RasaEngine(Rasa("http://127.0.0.1:9", TOKEN, seconds=PATIENCE), local)
    notes = fresh_notes()
    assert (await engine.rank("我要退休了"))[0].intent == "retirement"
    assert notes["because"] == "connect"
    await engine.close()


async def test_a_wrong_token_is_an_alarm(desk: Desk, local: LocalEngine) -> None:
    desk.engine.rasa._token = "another"
    with capture_logs() as lines:
        assert (await desk.engine.rank("我要退休了"))[0].intent == "retirement"
    assert [line["event"] for line in lines if line["log_level"] == "error"] == ["nlu.rasa.token"]
    with pytest.raises(NotAuthorised):
        await desk.engine.status()


async def test_the_breaker_opens_and_closes(desk: Desk) -> None:
    desk.server.fault = "error"
    for _ in range(3):
        await desk.engine.rank("我要退休了")
    asked = len(desk.server.read)
    desk.server.fault = "none"
    notes = fresh_notes()
    await desk.engine.rank("我要退休了")
    assert (len(desk.server.read), notes["because"]) == (asked, "breaker_open")
    desk.clock.seconds += 31
    notes = fresh_notes()
    await desk.engine.rank("我要退休了")
    assert (desk.engine.breaker.state, notes) == ("closed", {"ranked_by": "rasa"})


async def test_who_leaves_before_the_answer_does_not_shut_rasa_off(desk: Desk) -> None:
    desk.server.fault = "slow"
    for asked in range(3):
        asking = asyncio.create_task(desk.engine.rank("我要退休了"))
        async with asyncio.timeout(PATIENCE):
            while desk.server.asked == asked:
                await asyncio.sleep(0.01)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
    assert desk.engine.breaker.state == "closed"
    desk.server.fault = "none"
    notes = fresh_notes()
    await desk.engine.rank("我要退休了")
    assert notes == {"ranked_by": "rasa"}


@pytest.mark.parametrize("fault", ["error", "garbage", "html", "gone"])
async def test_what_needs_the_examples_does_without_the_server(
    desk: Desk, local: LocalEngine, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Similarity and explanations are those of the local engine, and there is no bar for a confidence of Rasa's."""
    desk.server.fault = fault
    if fault == "gone":
        monkeypatch.setattr(desk.engine.rasa, "_url", "http://127.0.0.1:9")
    for _ in range(4):  # the breaker opens on the way
        await desk.engine.rank("我要退休了")
    asked = len(desk.server.read)
    for text in ("我要退休了", "月亮上有水吗", "", "\ud800", "退休" * 3000):
        for intent in ("retirement", "nobody_knows_it"):
            assert desk.engine.similar(text, intent) == local.similar(text, intent)
            assert desk.engine.explain(text, intent) == local.explain(text, intent)
            assert desk.engine.bar(intent, 0.08) == 0.0
    assert (desk.engine.breaker.state, len(desk.server.read)) == ("open", asked)
    heard = await Understander(desk.engine, Catalogue.load()).hear("我要退休了")
    assert (heard.ranking[0].code, heard.details["ranked_by"]) == ("retirement", "local")


async def test_a_swapped_local_engine_explains_at_once(desk: Desk) -> None:
    assert desk.engine.similar("办死亡证明", "post_death") == 0.0
    desk.engine.local = train(MORE)
    assert desk.engine.similar("办死亡证明", "post_death") > 0.95
    assert desk.engine.explain("办死亡证明", "post_death").examples[0].intent == "post_death"


CROSSED = Examples({
    **TAUGHT.by_intent,
    "retirement": TAUGHT.by_intent["newborn_birth"], "newborn_birth": TAUGHT.by_intent["retirement"],
})


@pytest.mark.parametrize("bench", ["rasa", "real_rasa"], indirect=True)
async def test_a_model_reads_without_serving(bench: Bench) -> None:
    assert isinstance(bench.engine, RasaEngine)
    rasa = bench.engine.rasa
    serving, other = (await rasa.status()).model, await rasa.train(CROSSED)
    texts = ["我要退休了", "宝宝出生要办什么手续", "我想開一家餐館", "？？？", "退休" * 200, "我要退休了！ "]
    read = await rasa.read(other, texts)
    assert {text: ranked[0].intent for text, ranked in read.items()} == {
        "我要退休了": "newborn_birth", "宝宝出生要办什么手续": "retirement", "我想開一家餐館": "open_restaurant",
        "我要退休了！ ": "newborn_birth",
    }
    assert (await rasa.status()).model == serving
    served = (await bench.engine.rank("我要退休了"))[0]
    assert served.intent == "retirement", "whatever serves goes on serving"
    mine = (await rasa.read(serving, texts[:1]))["我要退休了"][0]
    assert (mine.intent, mine.score) == (served.intent, pytest.approx(served.score, abs=1e-6))
    with pytest.raises(OutsideError):
        await rasa.read("nlu-none.tar.gz", texts)
    with pytest.raises(Refused):
        await rasa.read("../secrets.env", texts)


async def test_sentences_left_unread_are_no_reading(desk: Desk) -> None:
    texts = ["我要退休了", "宝宝出生要办什么手续"]
    desk.server.deaf_to = "退休"
    with pytest.raises(Garbled):
        await desk.engine.rasa.read("nlu-taught.tar.gz", texts)
    desk.server.deaf_to = ""
    assert set(await desk.engine.rasa.read("nlu-taught.tar.gz", texts)) == set(texts)
    assert await desk.engine.rasa.read("nlu-taught.tar.gz", ["？？？"]) == {}


async def test_a_swap_drops_no_request(desk: Desk) -> None:
    """A server that is busy loading is slow: then the local engine answers, and nobody is left without."""
    going, found = True, list[set[str]]()

    async def asking() -> None:
        while going:
            found.append(intents_of(await desk.engine.rank("我要退休了")))
            await asyncio.sleep(0)

    people = [asyncio.create_task(asking()) for _ in range(4)]
    model = await desk.engine.train(MORE)
    await desk.engine.use(model)
    async with asyncio.timeout(90):
        while found[-1:] != [set(MORE.by_intent)]:
            await asyncio.sleep(0.01)
    going = False
    await asyncio.gather(*people)
    assert found[0] == set(TAUGHT.by_intent)
    assert all(one in (set(TAUGHT.by_intent), set(MORE.by_intent)) for one in found)
    assert (await desk.engine.status()).model == model


async def test_a_model_that_is_not_there_changes_nothing(desk: Desk) -> None:
    for name in ("nlu-none.tar.gz", "../secrets.env", "models/x.tar.gz", ""):
        with pytest.raises(Refused):
            await desk.engine.use(name)
    assert (await desk.engine.status()).model == "nlu-taught.tar.gz"


async def test_training_sends_every_sentence_normalised(desk: Desk) -> None:
    taught = ("我要退休", "身份证110101199003070134退休", "[辦](x)退休")
    await desk.engine.train(Examples({"retirement": taught, "other": ("甲乙", "丙丁", "戊己")}))
    assert "    - 我要退休\n" in desk.server.body
    assert "110101199003070134" not in desk.server.body
    assert "(办)(x)退休" in desk.server.body
    assert "JiebaTokenizer" in desk.server.body


async def test_what_rasa_reads_names_nobody(desk: Desk) -> None:
    with capture_logs() as lines:
        for said, _ in PERSONAL:
            await desk.engine.rank(f"我要退休了，{said}")
    assert desk.server.read == [f"我要退休了,{read}" for _, read in PERSONAL]
    assert "退休" not in str(lines)
    assert TOKEN not in str(lines)


async def test_a_very_long_message_is_not_sent(desk: Desk) -> None:
    """DIET's time grows with the square of the length, and a server reads one message at a time."""
    notes = fresh_notes()
    await desk.engine.rank("我要退休，" * 100)
    assert (notes["because"], desk.server.read) == ("too_long", [])


async def test_without_a_model_the_local_engine_reads(desk: Desk) -> None:
    desk.server.model = ""
    notes = fresh_notes()
    await desk.engine.rank("我要退休了")
    assert (notes["because"], (await desk.engine.status()).model, desk.engine.breaker.state) == (
        "status_409", "", "closed")


async def test_a_server_that_is_down_says_so_to_operators(local: LocalEngine) -> None:
    engine = RasaEngine(Rasa("http://127.0.0.1:9", TOKEN, seconds=PATIENCE), local)
    for asked in (engine.status(), engine.train(TAUGHT), engine.use("x.tar.gz")):
        with pytest.raises(OutsideError):
            await asked
    await engine.close()
