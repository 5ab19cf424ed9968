"""The promise in numbers: how many forms, fields, papers and visits there were, and how few are left."""

from __future__ import annotations

from forms.draft import Draft
from forms.merging import legs
from forms.merging.merge import Merge
from forms.merging.merged import Numbers, Slot
from forms.questions import missing

PREFILLED = ("source", "login", "derived", "default", "result")
SPARED = ("licence", "generated", "verified", "pledge", "deferred")


def numbers(draft: Draft, merge: Merge) -> Numbers:
    """Counted from the form as it stands: before is the sum over items, after is what is asked once."""
    form = merge.form
    items = {leg.item.code: leg.item for leg in form.legs}
    origins = {path: value.origin for path in merge.fields if (value := draft.values.get(path)) is not None}
    waiting = [path for path, field in merge.fields.items() if field.required and missing(draft, path)]
    chosen = [draft.materials[key].way for key in merge.slots if key in draft.materials]
    return Numbers(
        items=len(items),
        departments=len({item.department for item in items.values()}),
        forms_before=sum(item.mode == "apply" for item in items.values()),
        forms_after=1 if form.legs else 0,
        fields_before=sum(len(leg.needs) + len(leg.from_results) for leg in form.legs),
        fields_after=len(merge.fields),
        prefilled=sum(origin in PREFILLED for origin in origins.values()),
        asked=sum(origin == "citizen" for origin in origins.values()) + len(waiting),
        materials_before=sum(leg.demanded for leg in form.legs),
        materials_after=sum(_counts(slot, key in draft.materials) for key, slot in merge.slots.items()),
        without_upload=sum(way in SPARED for way in chosen),
        visits=sum(item.visits for item in items.values()),
        promised_days=legs.longest(form.legs),
    )


def _counts(slot: Slot, given: bool) -> bool:
    """Whether a paper is part of this case: demanded, or offered and taken up."""
    return given or (slot.required is not False and not slot.instead)
