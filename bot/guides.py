"""Guides for whoever asks: the catalogue's introduction and the forms' content put together, made once for a region."""

from __future__ import annotations

from collections import OrderedDict
from weakref import WeakKeyDictionary

from bot.amounts import entry_in
from forms.bank import Bank
from forms.draft import Draft
from forms.engine import Engine
from forms.guides.making import guide
from forms.guides.view import Answered, Guide, Introduction
from intents.catalogue import Entry

KEPT = 96
"""Guides kept of those that were asked for last: all one-things of three regions, not all of a province."""
_MADE: WeakKeyDictionary[Bank, OrderedDict[tuple[Entry, str], Guide]] = WeakKeyDictionary()
"""Guides for all situations, by what they are made from. Those of drafts are made anew."""


def introduction(entry: Entry) -> Introduction:
    """What a catalogue entry tells a guide."""
    return Introduction(
        official_title=entry.official_title, audience=entry.audience, text=entry.guide,
        lead_department=entry.lead_department, fee=entry.fee, delivery=entry.delivery, complain=entry.complain,
        faq=tuple(Answered(q=one.q, a=one.a) for one in entry.faq), updated=entry.updated,
    )


def guide_of(engine: Engine, entry: Entry, region: str, draft: Draft | None = None) -> Guide:
    """The guide of a catalogue entry, for all situations or for one draft. Raises `NotFound` without a definition."""
    entry = entry_in(entry, engine.bank, draft.region if draft else region)
    if draft is not None:
        return guide(engine, entry.form, region, introduction(entry), draft)
    made = _MADE.setdefault(engine.bank, OrderedDict())
    found = made.pop((entry, region), None) or guide(engine, entry.form, region, introduction(entry))
    made[entry, region] = found
    if len(made) > KEPT:
        made.popitem(last=False)
    return found
