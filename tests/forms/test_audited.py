from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.crypto import keyring
from core.models import AuditEvent
from forms.audited import AuditedSource
from forms.engine import Engine
from integrations.health import Health
from integrations.sources.base import Answer, Query
from tests.forms.a_wedding import ME, PURPOSE, WIFE, Exchange, a_draft, an_engine

pytestmark = pytest.mark.usefixtures("database")


class Adapter(Exchange):
    """The exchange as an adapter that breaks its contract for some sources."""

    broken: frozenset[str] = frozenset()

    async def ask(self, query: Query) -> Answer:
        if query.source in self.broken:
            raise KeyError(query.source)
        return await super().ask(query)

    async def check(self) -> Health:
        return Health(True, "")

    async def close(self) -> None:
        return None


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return an_engine(tmp_path)


@pytest.fixture
def adapter() -> Adapter:
    return Adapter()


async def test_every_look_up_is_on_record(engine: Engine, adapter: Adapter) -> None:
    await AuditedSource(adapter).prefill(engine, a_draft(engine), PURPOSE, 5, actor="citizen:7")
    lines = await AuditEvent.filter(action="lookup").order_by("id")
    assert [line.details["source"] for line in lines] == ["marriage", "population", "population"]
    assert {(line.actor, line.subject, line.outcome) for line in lines} == {("citizen:7", "draft:draft-1", "got")}
    first = lines[0].details
    assert set(first["attributes"]) == {"status", "spouse_name", "spouse_id_number"}
    assert (first["purpose"], first["items"], first["consent"]) == ("为您办小事", ["register"], "consent-1")


async def test_whose_data_it_was_is_a_fingerprint(engine: Engine, adapter: Adapter) -> None:
    await AuditedSource(adapter).prefill(engine, a_draft(engine), PURPOSE, 5, actor="citizen:7")
    lines = await AuditEvent.filter(action="lookup").order_by("id")
    assert lines[0].details["whose"] == {"id_number": keyring().fingerprint(ME)}
    told = json.dumps([line.details for line in lines])
    assert ME not in told
    assert WIFE not in told


async def test_a_late_look_up_is_on_record_too(engine: Engine, adapter: Adapter) -> None:
    adapter.seconds = {"marriage": 30}
    await AuditedSource(adapter).prefill(engine, a_draft(engine), PURPOSE, 0.2, actor="citizen:7")
    assert await AuditEvent.filter(action="lookup", outcome="source_down").count() == 1


async def test_an_adapter_that_breaks_its_contract_is_a_source_that_is_down(engine: Engine, adapter: Adapter) -> None:
    adapter.broken = frozenset({"marriage"})
    draft = await AuditedSource(adapter).prefill(engine, a_draft(engine), PURPOSE, 5, actor="citizen:7")
    assert draft.facts["wed"].outcome == "source_down"
    assert draft.values["me.birth_date"].value == "1990-03-07"
    line = await AuditEvent.get(action="lookup", outcome="source_down")
    assert line.details["detail"] == "KeyError"


async def test_rechecking_is_on_record(engine: Engine, adapter: Adapter) -> None:
    source = AuditedSource(adapter)
    draft = await source.prefill(engine, a_draft(engine), PURPOSE, 5, actor="citizen:7")
    checked = await source.recheck(engine, draft, PURPOSE, 5, actor="system")
    assert checked.differences == ()
    assert await AuditEvent.filter(action="lookup", actor="system").count() == 3
