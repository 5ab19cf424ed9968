"""The catalogue's words with the numbers of a region in them: what a fee, an answer or a guide says there."""

from __future__ import annotations

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from forms.bank import Bank
from forms.content import worded
from intents.catalogue import Entry

_Entries = Mapping[str, Entry]
_MADE: WeakKeyDictionary[Bank, dict[str, tuple[_Entries, _Entries]]] = WeakKeyDictionary()
"""By region: the entries as they are written, and as they are said there."""


def entry_in(entry: Entry, bank: Bank, region: str) -> Entry:
    """An entry as it is said in a region."""
    return worded.put(entry, worded.FILLED_OF_CATALOGUE, bank.parameters(region))


def entries_in(entries: _Entries, bank: Bank, region: str) -> _Entries:
    """All entries as they are said in a region; made once until content is read anew."""
    made = _MADE.setdefault(bank, {})
    written, spoken = made.get(region, (None, {}))
    if written is not entries:
        spoken = {code: entry_in(entry, bank, region) for code, entry in entries.items()}
        made[region] = (entries, spoken)
    return spoken
