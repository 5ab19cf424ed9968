"""A small bench: few sentences, so that training takes no time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import orjson
import pytest
from aiohttp.test_utils import TestServer
from pydantic import SecretStr
from tortoise.context import TortoiseContext

from core.clock import now
from core.jobs import Jobs
from core.kv import KV
from core.settings import Settings
from intents.catalogue import PACKAGED, Catalogue
from intents.models import ModelVersion
from intents.training import files
from intents.training.bench import Bench
from intents.training.golden import By
from nlu.engines.choice import Chosen
from nlu.engines.local.trainable import LocalTrainable
from nlu.training_data import Examples
from tests.rasa_server import TOKEN, StandIn

ANNA, BERT = By("staff:anna", "甲"), By("staff:bert", "乙")
BIRTH = ("我媳妇刚生了", "孩子出生要办什么手续", "宝宝出生怎么上户口", "生了二胎去哪里登记", "新生儿证件一起办",
         "小孩刚出生要办啥")
RETIRE = ("我要办退休", "退休金怎么领", "到年龄了想退休", "父亲六十岁办退休手续", "退休去哪里申请", "想提前退休怎么办")
TALK = ("今天天气真好", "你叫什么名字", "给我讲个笑话", "你吃饭了吗", "哈哈哈太好笑了", "晚上看什么电影")
TINY = {"newborn_birth": BIRTH, "out_of_scope.chitchat": TALK, "retirement": RETIRE}
SWAPPED = {"newborn_birth": RETIRE, "out_of_scope.chitchat": TALK, "retirement": BIRTH}
"""The same sentences with two meanings changed round: what reads with it can be told from the other by one answer."""

KNOWN = {"newborn_birth": "新生儿出生", "retirement": "退休"}
GOLDEN = """宝宝生了要办什么	newborn_birth
小孩刚生下来要办啥	newborn_birth
想办退休	retirement
退休去哪办	retirement
"""


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Two trained models that answer the other way round."""
    folder, made = tmp_path_factory.mktemp("models"), {}
    for name, sentences in (("tiny", TINY), ("swapped", SWAPPED)):
        LocalTrainable().train(Examples(dict(sentences)), folder / name)
        made[name] = (folder / name).read_bytes()
    return made


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load()


@pytest.fixture
def utterances(tmp_path: Path) -> Path:
    """A folder of sentences in the files' own form."""
    folder = tmp_path / "utterances"
    folder.mkdir()
    for intent, texts in TINY.items():
        lines = "\n".join(f"    - {text}" for text in texts)
        text = f'version: "3.1"\nnlu:\n- intent: {intent}\n  examples: |\n{lines}\n'
        (folder / f"{intent}.yml").write_text(text, "utf-8")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "var", evaluation_folds=2)


@pytest.fixture
def bench(database: TortoiseContext, kv: KV, settings: Settings, utterances: Path) -> Bench:
    return Bench(settings, kv, Jobs(), [utterances], [PACKAGED])


Maker = Callable[..., Awaitable[ModelVersion]]


@pytest.fixture
def make_version(database: TortoiseContext, models: dict[str, bytes]) -> Maker:
    """A version of one of the two models, trained by Anna."""

    async def make(name: str = "tiny", by: By = ANNA) -> ModelVersion:
        sentences = TINY if name == "tiny" else SWAPPED
        return await ModelVersion.create(
            digest=name, engine="local", recipe="x", examples=await files.keep(orjson.dumps(sentences)),
            file=await files.keep(models[name]), sentences=18, intents=3, by=by.actor, by_name=by.name, at=now(),
        )

    return make


@pytest.fixture
def stand_in() -> StandIn:
    return StandIn()


@pytest.fixture
async def chosen(stand_in: StandIn, settings: Settings) -> AsyncIterator[Chosen]:
    """Settings that name the server, and the doors to it."""
    server = TestServer(stand_in.app())
    await server.start_server()
    url = str(server.make_url("")).rstrip("/")
    made = Chosen(settings.model_copy(update={"nlu": "rasa", "rasa_url": url, "rasa_token": SecretStr(TOKEN),
                                                "rasa_timeout": 60.0}))
    yield made
    await made.close()
    await server.close()
