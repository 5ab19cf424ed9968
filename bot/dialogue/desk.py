"""What lies on the desk while a step is made: read-only access to wording, catalogue, engine and the draft in hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.guides import guide_of
from bot.places import Places
from bot.wording.wording import Wording
from forms.content.schema import Definition
from forms.draft import Draft
from forms.guides.view import Guide
from forms.merging.merged import Finding
from intents.catalogue import Entry

if TYPE_CHECKING:
    from forms.engine import Engine


@dataclass(frozen=True)
class Desk:
    """Everything a step may look at."""

    say: Wording
    matters: Mapping[str, Entry]
    """The catalogue, by code."""
    engine: Engine
    draft: Draft | None = None
    signed_in: bool = False
    name: str = ""
    """Of the person signed in."""
    region: str = ""
    """Where guides are for when no draft says it."""
    places: Places | None = None
    """The regions that are served; None where nobody may choose."""
    _seen: dict[str, tuple[Finding, ...]] = field(default_factory=dict, compare=False)
    """What was asked of the engine about this very draft."""

    @property
    def paper(self) -> Draft:
        """The draft in hand; a stage that works on one always has it."""
        if self.draft is None:
            raise LookupError("no draft on the desk")
        return self.draft

    @property
    def several(self) -> Places | None:
        """The regions to choose from, where there are several, or where the draft's is served no longer."""
        places, draft = self.places, self.draft
        if places is None or not places.served:
            return None
        return places if places.several or (draft is not None and draft.region not in places.served) else None

    @property
    def definition(self) -> Definition:
        """The one-thing of the draft in hand."""
        return self.engine.definition(self.paper)

    @property
    def can_file(self) -> frozenset[str]:
        """The one-things that can be handled here; of the others there is only the guide."""
        return frozenset(code for code, entry in self.matters.items() if entry.form in self.engine.bank.definitions)

    def blockers(self) -> tuple[Finding, ...]:
        """All that keeps the draft in hand from being submitted."""
        if "blockers" not in self._seen:
            self._seen["blockers"] = self.engine.blockers(self.paper)
        return self._seen["blockers"]

    def guide(self, code: str) -> Guide:
        """The guide of a one-thing that can be filed: for the draft in hand when it is of this one-thing."""
        entry = self.matters[code]
        draft = self.draft if self.draft is not None and self.draft.one_thing == entry.form else None
        return guide_of(self.engine, entry, self.region, draft)

    def title(self, code: str) -> str:
        """The title of a one-thing."""
        return self.matters[code].title if code in self.matters else code

    def place(self, region: str) -> str:
        """A served region by name."""
        return self.places.title(region) if self.places is not None else region

    def source_title(self, code: str) -> str:
        """The title of a source of shared data."""
        return self.engine.bank.titles.get(code, code)

    def holding(self, draft: Draft) -> Desk:
        """The same desk with another draft in hand."""
        return replace(self, draft=draft, _seen={})
