"""A talk that a real Rasa server understands, over HTTP from the first words to the case number: `make test-rasa`."""

from __future__ import annotations

import json
import os
from pathlib import Path
from urllib.parse import quote

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr

from nlu.engines.rasa.client import Rasa
from nlu.training_data import load_examples
from tests.journeys.conftest import FATHER
from tests.journeys.people import Citizen
from tests.journeys.stories import submitted
from tests.journeys.town import Town

UTTERANCES = Path(__file__).parents[2] / "intents" / "utterances"
MARKER = "标记句甲乙丙丁"
WRONG = "a-token-that-does-not-fit"
ENOUGH = 0.9
"""Part of its own training sentences that a trained model must know again."""


@pytest.fixture
async def rasa() -> None:
    """What to ask of the server; skipped where none is named."""
    if "RASA_UNDER_TEST" not in os.environ:
        pytest.skip("`make test-rasa` asks a real Rasa server")
    server = Rasa(os.environ["RASA_UNDER_TEST"], os.environ["RASA_UNDER_TEST_TOKEN"], seconds=10)
    await server.use(os.environ["RASA_UNDER_TEST_MODEL"])
    await server.close()


@pytest.fixture
async def asked(rasa: None, quiet_town: Town) -> Town:
    """The town, its app reading with the real server."""
    await quiet_town.open_app(
        nlu="rasa", rasa_url=os.environ["RASA_UNDER_TEST"], rasa_timeout=5.0,
        rasa_token=SecretStr(os.environ["RASA_UNDER_TEST_TOKEN"]),
    )
    return quiet_town


async def test_a_talk_from_the_first_words_to_the_number(asked: Town) -> None:
    father = await Citizen(asked, FATHER).begin()
    await father.sign_in()
    assert await submitted(father)


async def test_it_is_rasa_that_read(asked: Town) -> None:
    heard = await asked.house.understander.hear("我媳妇刚生了，要办啥手续")
    assert heard.details["ranked_by"] == "rasa"
    assert heard.ranking[0].code == "newborn_birth"


async def test_it_knows_its_own_sentences(asked: Town) -> None:
    """A model that was trained on other files, or not at all, would not."""
    engine = asked.house.understander.engine
    pairs = load_examples([UTTERANCES]).pairs()[::40]
    right = [(await engine.rank(text))[0].intent == intent for text, intent in pairs]
    assert sum(right) >= ENOUGH * len(right)


async def test_what_it_prints_repeats_no_words_and_no_token(rasa: None) -> None:
    """Nor where it fails: its error messages have both in them."""
    url, token = os.environ["RASA_UNDER_TEST"], os.environ["RASA_UNDER_TEST_TOKEN"]
    example = f'version: "3.1"\nnlu:\n- intent: {MARKER}\n  examples: |\n    - {MARKER} [x]{{"entity": }}\n'
    async with ClientSession(url, headers={"Content-Type": "application/x-yaml"}) as session:

        async def told(path: str, body: str, token: str = token) -> int:
            async with session.post(path, params={"token": token}, data=body.encode()) as reply:
                return reply.status

        assert await told("/model/parse", json.dumps({"text": MARKER})) == 200
        assert await told("/model/parse", json.dumps({"text": MARKER}), WRONG) == 401
        assert await told("/model/parse", f'{{"text": "{MARKER}') >= 400
        assert await told("/model/parse", json.dumps([MARKER])) >= 400
        assert await told("/model/train", f"nlu: [{MARKER}") == 400
        assert await told("/model/train", example) >= 400
        assert await told("/model/test/intents", example) >= 400
        assert await told(f"/{MARKER}", MARKER) == 404
    printed = Path(os.environ["RASA_UNDER_TEST_LOG"]).read_text("utf-8", "replace")
    assert printed, "what it prints is caught"
    for secret in (MARKER, MARKER[:3], json.dumps(MARKER)[1:12], quote(MARKER), token, WRONG):
        assert secret not in printed
