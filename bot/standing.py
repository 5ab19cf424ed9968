"""What must hold before the app stands: it is alone with an embedded store, and its keys fit the stored data."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from bot.models import Citizen
from core.crypto import CannotDecrypt, keyring
from core.errors import YijianshiError
from core.models import AuditEvent
from core.settings import Settings


@contextmanager
def alone_with(settings: Settings) -> Iterator[None]:
    """Be the only app on a data folder for the length of a block, where locks live inside the process (no Redis).

    Raises `YijianshiError`. The system lets go of it when a process dies, however it dies.
    """
    if settings.redis_url:
        yield
        return
    with (settings.data_dir / "running.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise YijianshiError(
                f"another yijianshi works with {settings.data_dir}: stop it, or give this one a folder of its own with "
                "YJS_DATA_DIR. Several at once need YJS_REDIS_URL"
            ) from problem
        yield


async def keys_fit() -> None:
    """Raise `YijianshiError` when the stored data was sealed or indexed with other keys: going on would only add data
    that no single key opens, and make every citizen a stranger."""
    try:
        await AuditEvent.filter(details__isnull=False).order_by("id").first()
        one = await Citizen.filter(deleted_at__isnull=True).order_by("created_at").first()
    except CannotDecrypt as problem:
        raise YijianshiError("the stored data was sealed with another key: give the right YJS_PII_KEY") from problem
    if one is not None and keyring().fingerprint(one.id_number) != one.id_index:
        raise YijianshiError("the stored data was indexed with another key: give the right YJS_INDEX_KEY")
