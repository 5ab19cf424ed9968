import pytest

from core.audit import broken_line, record, seal
from core.kv import KV
from core.models import AuditEvent

pytestmark = [pytest.mark.everywhere, pytest.mark.usefixtures("database")]


async def test_a_sealed_log_is_sound(kv: KV) -> None:
    for number in range(5):
        await record("system", "test.done", f"case:{number}", details={"谁": "某人"})
    assert await seal(kv) == 5
    assert await seal(kv) == 0
    assert await broken_line() is None


async def test_an_altered_line_is_found(kv: KV) -> None:
    for number in range(3):
        await record("system", "test.done", f"case:{number}")
    await seal(kv)
    second = await AuditEvent.get(position=2)
    await AuditEvent.filter(id=second.id).update(outcome="refused")
    assert await broken_line() == second.id


async def test_a_deleted_line_is_found(kv: KV) -> None:
    for number in range(3):
        await record("system", "test.done", f"case:{number}")
    await seal(kv)
    await AuditEvent.filter(position=2).delete()
    assert await broken_line() == (await AuditEvent.get(position=3)).id


async def test_a_long_log_is_read_in_parts(kv: KV, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.audit.AT_ONCE", 3)
    for number in range(10):
        await record("system", "test.done", f"case:{number}")
    await seal(kv)
    assert await broken_line() is None
    await AuditEvent.filter(position=7).update(outcome="refused")
    assert await broken_line() == (await AuditEvent.get(position=7)).id
