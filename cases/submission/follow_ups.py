"""What a submission leaves for people besides its review: records the citizen contests, papers to be brought later."""

from __future__ import annotations

from collections.abc import Sequence

from cases.models import Case, Leg
from cases.tasks import open_task
from cases.tools import Tools
from forms.draft import Draft
from integrations.sources.catalogue import catalogue


async def open_follow_ups(tools: Tools, case: Case, draft: Draft, legs: Sequence[Leg]) -> None:
    """Open a task for each source that is contested and each paper deferred. Call it in the case's transaction."""
    await _contested(tools, case, draft, {leg.department for leg in legs})
    await _deferred(tools, case, draft, legs)


async def _contested(tools: Tools, case: Case, draft: Draft, departments: set[str]) -> None:
    """One request for each source, to the department that owns it, or to a reviewer when it has no part here."""
    by_source: dict[str, list[str]] = {}
    for path, value in draft.values.items():
        if value.did == "contested":
            by_source.setdefault(value.source or "", []).append(tools.engine.title(draft, path))
    for source, titles in by_source.items():
        entry = catalogue().get(source)
        owner = entry.owner if entry else ""
        whose = [part for part in (owner, entry.title if entry else source) if part]
        await open_task(
            "contested", case, None, what=source, department=owner if owner in departments else "",
            says=f"{' · '.join(whose)}: {' · '.join(titles)}", days=tools.policy.rectification_days,
        )


async def _deferred(tools: Tools, case: Case, draft: Draft, legs: Sequence[Leg]) -> None:
    """One reminder for each paper that may come later, due on its last day, with the department that wants it."""
    wanted = {key: view.item.department for view in reversed(tools.engine.legs(draft)) for key in view.materials}
    for slot in tools.engine.merged(draft).slots:
        given = draft.materials.get(slot.key)
        if given is None or given.way != "deferred":
            continue
        days = next((way.within_days for way in slot.ways if way.way == "deferred"), None)
        await open_task(
            "deferred", case, None, what=slot.key, department=wanted.get(slot.key, ""), says=slot.title,
            days=days or tools.policy.correction_days,
        )
