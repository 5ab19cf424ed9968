"""The registers of the demo exchange: records by source, found by their key attributes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from integrations.sources.catalogue import Catalogue, SourceEntry, catalogue
from integrations.sources.demo.people import Family

Record = dict[str, Any]

MARKS = ("odd",)
"""Words about a record that are no data of it."""


class Mismatch(Exception):
    """The key was found, but what was given to be compared is not what stands there."""


class Register:
    """All records of all families, indexed by (source, key attribute, value)."""

    def __init__(self, families: Iterable[Family], sources: Catalogue | None = None) -> None:
        self.families = tuple(families)
        self.sources = sources or catalogue()
        self._index: dict[tuple[str, str, str], list[Record]] = defaultdict(list)
        for family in self.families:
            for code, records in family.records.items():
                self._add(code, records)

    def _add(self, code: str, records: Iterable[Record]) -> None:
        entry = self.sources.get(code)
        names = {name for way in entry.key for name in way} if entry else set()
        for record in records:
            for name in names:
                value = _held(record, name, entry)
                if value is not None:
                    self._index[code, name, _same(value)].append(record)

    def find(self, source: str, key: dict[str, str], attributes: Iterable[str]) -> list[Record]:
        """The records under ``key``, cut down to ``attributes``; none is an answer too.

        Raises `Mismatch` when something given to be compared differs, and `LookupError` for a source or a key that
        is not there to be asked.
        """
        entry = self.sources.get(source)
        way = entry.takes(key) if entry else None
        if entry is None or way is None:
            raise LookupError(source)
        found = self._index.get((source, way[0], _same(key[way[0]])), [])
        found = [record for record in found if all(_same(_held(record, n, entry)) == _same(key[n]) for n in way)]
        compared = {name: key[name] for name in entry.also if name in key}
        return [_cut(_compare(record, compared), attributes) for record in found]


def _held(record: Record, name: str, entry: SourceEntry | None) -> Any:
    return record.get(name, record.get(entry.match.get(name, name)) if entry else None)


def _same(value: Any) -> str:
    return str(value).strip().upper()


def _compare(record: Record, compared: dict[str, str]) -> Record:
    differs = any(_same(record.get(name, value)) != _same(value) for name, value in compared.items())
    if not differs:
        return record
    if "name_match" in record:
        return {**record, "name_match": "no"}
    raise Mismatch


def _cut(record: Record, attributes: Iterable[str]) -> Record:
    return {name: record[name] for name in attributes if record.get(name) not in (None, "") and name not in MARKS}
