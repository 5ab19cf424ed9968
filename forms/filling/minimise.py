"""Keeping no more than the form needs: what only items that no longer apply asked for is cleared."""

from __future__ import annotations

from forms import paths
from forms.draft import Draft
from forms.filling.deriving import SOFT
from forms.merging.merge import Merge
from forms.merging.plan import Plan


def minimised(plan: Plan, draft: Draft, merge: Merge) -> Draft:
    """The draft without values, papers and passed-over marks that no item needs any more; itself when nothing goes."""
    values = {  # what was computed is computed again, or goes, when the draft is brought to rest
        path: value for path, value in draft.values.items() if value.origin in SOFT or _kept(plan, merge, path)
    }
    materials = {
        key: given for key, given in draft.materials.items() if key in merge.slots or key in merge.possible_slots
    }
    skipped = [path for path in draft.skipped if path in merge.fields or path.startswith("material:")]
    if (len(values), len(materials), len(skipped)) == (len(draft.values), len(draft.materials), len(draft.skipped)):
        return draft
    return draft.model_copy(update={"values": values, "materials": materials, "skipped": skipped})


def _kept(plan: Plan, merge: Merge, path: str) -> bool:
    """In the form, perhaps in it later, arriving as a result, a key of look-ups, or read by what decides."""
    bare = paths.unindexed(path)
    if path in merge.fields or path in merge.possible or path in merge.given or bare in plan.keys:
        return True
    return bare in plan.read and "[" not in path
