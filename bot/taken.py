"""Which messages were taken already: kept in mind for the last talks, so that a new message needs no look to know."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from bot.models import Conversation, Message

TALKS = 1024
"""Talks kept in mind."""
MOST = 2000
"""Messages of one talk kept in mind; longer talks are looked up."""


@dataclass
class _Known:
    seq: int
    ids: set[str]


class Taken:
    """The client ids of the messages of each talk, up to a number.

    Messages only ever come with a higher number of their conversation, so what another process took in between is seen
    by the number, and read.
    """

    def __init__(self) -> None:
        self._talks: OrderedDict[UUID, _Known] = OrderedDict()

    async def has(self, row: Conversation, client_id: str) -> bool:
        """Whether a message with this id was taken in the talk as ``row`` has just been read."""
        known = self._talks.pop(row.id, None) or _Known(0, set())
        if known.seq != row.seq:
            since = 0 if known.seq > row.seq else known.seq
            fresh = Message.filter(conversation_id=row.id, seq__gt=since, client_id__not_isnull=True)
            known.ids.update(str(one) for one in await fresh.values_list("client_id", flat=True))
            known.seq = row.seq
        if len(known.ids) <= MOST:
            self._keep(row.id, known)
        return client_id in known.ids

    def wrote(self, row: Conversation, last: int, ids: Iterable[str]) -> None:
        """Messages with ``ids`` were written after ``row`` was read; ``last`` is the number of the last one."""
        known = self._talks.get(row.id)
        if known is not None and known.seq == row.seq:
            known.ids.update(ids)
            known.seq = last

    def _keep(self, talk: UUID, known: _Known) -> None:
        self._talks[talk] = known
        if len(self._talks) > TALKS:
            self._talks.popitem(last=False)
