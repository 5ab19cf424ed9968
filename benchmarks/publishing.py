"""Training a version and publishing it while citizens are talking: how long it takes, and what they notice."""

from __future__ import annotations

import asyncio
import resource
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measure import Row, quantile
from core.crypto import use_keyring
from core.database import database, migrate
from core.jobs import Jobs
from core.kv import KV
from core.settings import Settings
from intents.catalogue import PACKAGED, Catalogue
from intents.models import ModelVersion
from intents.training.bench import Bench
from intents.training.following import Follower, begun, following
from intents.training.golden import By
from intents.training.publishing import publish
from nlu.engine import Engine
from nlu.engines.choice import Chosen
from nlu.training_data import load_examples

INTENTS, EACH = 20, 50
TALKING = 4
"""Citizens who write all the time."""
PAUSE = 0.02
"""Seconds between an answer and the next message of one of them."""
LOOK, PATIENCE = 0.005, 6000
"""Seconds between two looks whether this process has changed over, and how many looks at most."""
TRAINER, PUBLISHER = By("staff:trainer", "trainer"), By("staff:publisher", "publisher")
WHY = "the first version there is"


@dataclass
class Noticed:
    """What citizens noticed: seconds that each answer took, and messages that got none."""

    took: list[float] = field(default_factory=list)
    lost: int = 0


def rows() -> list[Row]:
    """Without and with cross-validation."""
    return list(asyncio.run(_measured()))


async def _measured() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        use_keyring("00112233445566778899aabbccddeeff", "ab" * 32)
        settings = Settings(data_dir=place, publish_by_another=True)
        await migrate(settings.db_url)
        async with database(settings.db_url):
            return [row async for row in _rows(settings, _sentences(place / "utterances"))]


def _sentences(folder: Path) -> Path:
    """`INTENTS` of our one-things and all that is none of ours, `EACH` of each."""
    folder.mkdir()
    found = load_examples([PACKAGED / "utterances"]).by_intent
    ours = [intent for intent, texts in found.items() if len(texts) >= EACH and "." not in intent][:INTENTS]
    for intent in [*ours, *(intent for intent in found if "." in intent)]:
        _write(folder, intent, found[intent][:EACH])
    return folder


def _write(folder: Path, intent: str, texts: tuple[str, ...]) -> None:
    lines = "\n".join(f"    - {text}" for text in texts)
    (folder / f"{intent}.yml").write_text(f"nlu:\n- intent: {intent}\n  examples: |\n{lines}\n", "utf-8")


async def _rows(settings: Settings, utterances: Path) -> AsyncIterator[Row]:
    kv, chosen = KV.open(""), Chosen(settings)
    bench = Bench(settings, kv, Jobs(), [utterances], [PACKAGED])
    await publish(await _version(bench, 0), PUBLISHER, settings, kv, WHY)
    follower = await begun(Catalogue.load(), kv, settings.data_dir / "models", _never, chosen)
    async with following(follower):
        for folds, limit in ((0, 5.0), (5, None)):
            noticed, before = Noticed(), _worked()
            seconds = await _published_while_talking(bench, follower, folds, noticed)
            worked = _worked() - before
            how = f"cross-validated in {folds}" if folds else "golden set only"
            note = (f"{len(noticed.took)} messages answered meanwhile, {noticed.lost} lost, half of them within "
                    f"{1000 * quantile(noticed.took, 0.5):.1f} ms, the slowest in {1000 * max(noticed.took):.0f} ms")
            name = f"Retrain {INTENTS} one-things x {EACH} and publish, {how}"
            yield Row(name, seconds, "s", limit=limit, note=note)
            yield Row(f"Processor time of the training, {how}", worked, "s", limit=limit)
            yield Row(f"Messages lost meanwhile, {how}", noticed.lost, "", limit=0)
    await kv.close()


def _worked() -> float:
    """Seconds of processor time of the processes that this one started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def _never() -> Engine:
    raise AssertionError("a version is published")


async def _version(bench: Bench, folds: int) -> ModelVersion:
    run = await bench.ask_train(TRAINER, folds=folds, again=True)
    await bench.work(str(run.id))
    await run.refresh_from_db()
    return await ModelVersion.get(id=run.version_id)


async def _published_while_talking(bench: Bench, follower: Follower, folds: int, noticed: Noticed) -> float:
    """Seconds from the wish to the moment when this process reads with the new version."""
    talking = [asyncio.create_task(_talk(follower, noticed, number)) for number in range(TALKING)]
    began = time.perf_counter()
    version = await _version(bench, folds)
    await publish(version, PUBLISHER, bench.settings, bench.kv)
    for _ in range(PATIENCE):
        if follower.version == version.id:
            break
        await asyncio.sleep(LOOK)
    took = time.perf_counter() - began
    await asyncio.sleep(0.3)
    for one in talking:
        one.cancel()
    await asyncio.gather(*talking, return_exceptions=True)
    return took


async def _talk(follower: Follower, noticed: Noticed, number: int) -> None:
    said = ("我媳妇刚生了，要办啥手续", "想开个小饭馆", "公司不干了要注销", "今天天气不错")[number % 4]
    while True:
        began = time.perf_counter()
        try:
            heard = await follower.recogniser.hear(said)
            noticed.lost += not heard.ranking
        except Exception:  # whatever goes wrong here is a message lost
            noticed.lost += 1
        noticed.took.append(time.perf_counter() - began)
        await asyncio.sleep(PAUSE)
