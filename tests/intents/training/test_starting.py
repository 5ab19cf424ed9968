"""The golden set that an installation begins with: sound, never trained on, and given once."""

from __future__ import annotations

from collections import Counter

import pytest

from core.kv import KV
from core.models import AuditEvent
from intents.catalogue import PACKAGED, Catalogue
from intents.models import GoldenSentence
from intents.training import golden
from intents.training.keys import key_of
from intents.training.starting import FILE, begin_golden
from nlu.training_data import load_examples
from tests.intents.training.conftest import ANNA

LINES = [tuple(line.split("\t")) for line in FILE.read_text("utf-8").splitlines()[1:]]
needs_database = [pytest.mark.everywhere, pytest.mark.usefixtures("database")]


def test_every_one_thing_is_measured_and_nothing_is_trained_on(catalogue: Catalogue) -> None:
    counts = Counter(intent for _, intent, _ in LINES)
    assert min(counts[code] for code in catalogue.entries) >= 5
    assert {f"out_of_scope.{kind}" for kind in golden.KINDS} < set(counts)
    assert set(counts) <= {*catalogue.entries, *(f"out_of_scope.{kind}" for kind in golden.KINDS)}
    taught = {key_of(text) for text, _ in load_examples([PACKAGED / "utterances"]).pairs()}
    keys = [key_of(text) for text, _, _ in LINES]
    assert not taught & set(keys)
    assert len(set(keys)) == len(keys)


class TestFirstStart:
    pytestmark = needs_database

    async def test_the_set_comes_in_once(self, kv: KV, catalogue: Catalogue) -> None:
        assert await begin_golden(kv, catalogue) == len(LINES)
        assert await AuditEvent.filter(action="golden.imported", actor="system").count() == 1
        await GoldenSentence.all().delete()
        assert await begin_golden(kv, catalogue) == 0

    async def test_who_has_begun_a_set_keeps_it(self, kv: KV, catalogue: Catalogue) -> None:
        await golden.add("我想办退休", "retirement", "", ANNA, {"retirement": "退休"})
        assert await begin_golden(kv, catalogue) == 0
        assert await GoldenSentence.all().count() == 1

    async def test_what_is_not_done_here_is_left_out(self, kv: KV, catalogue: Catalogue) -> None:
        fewer = Catalogue({"retirement": catalogue.entries["retirement"]})
        came = await begin_golden(kv, fewer)
        assert came == sum(intent == "retirement" or intent.startswith("out_of_scope") for _, intent, _ in LINES)
