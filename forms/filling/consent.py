"""What a citizen is asked to agree to before anything is looked up: purpose, sources, items, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forms.filling import lookups
from forms.logic.scene import Scene
from forms.logic.truth import FALSE, TRUE, UNANSWERED, UNAVAILABLE
from forms.merging.merge import Merge
from forms.merging.plan import Plan
from forms.wording import words


@dataclass(frozen=True)
class ConsentRequest:
    """The request to show. ``sources`` is (code, title) of every source that may be asked."""

    purpose: str
    sources: tuple[tuple[str, str], ...]
    items: tuple[str, ...]
    subjects: tuple[str, ...]
    text: str


def request(plan: Plan, scene: Scene, merge: Merge, titles: Mapping[str, str]) -> ConsentRequest:
    """Built from what the items that may apply would look up, whoever's data that is."""
    wanted = list(lookups.wanted(plan, scene, merge, (TRUE, UNANSWERED, UNAVAILABLE)))
    codes = dict.fromkeys(want.source for want in wanted)
    sources = tuple((code, titles.get(code, code)) for code in codes)
    named = dict.fromkeys(want.subject.partition("[")[0] for want in wanted if want.subject)
    subjects = tuple(
        plan.definition.subjects[name].title for name in plan.definition.subjects
        if name in named and plan.subject_when[name](scene) is not FALSE
    )
    applying = merge.active | merge.maybe
    items = tuple(dict.fromkeys(p.item.title for p in plan.items if p.item.code in applying))
    between = words("join")
    blanks = {"purpose": plan.definition.purpose.removeprefix("为了"), "items": between.join(items)}
    if sources:
        told = {"sources": between.join(title for _, title in sources), "subjects": between.join(subjects)}
        text = words("consent", **blanks, **told)
    else:
        text = words("consent_none", **blanks)
    return ConsentRequest(plan.definition.purpose, sources, items, subjects, text)
