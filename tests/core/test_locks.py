import pytest

from core.errors import TooMany
from core.locks import Locks


async def test_locks_of_one_process_leave_nothing_behind() -> None:
    locks = Locks()
    async with locks.hold("door", 1):
        with pytest.raises(TooMany):
            async with locks.hold("door", 0.02):
                pass
        async with locks.hold("window", 1):
            pass
    assert not locks._locks
    assert not locks._wanted
