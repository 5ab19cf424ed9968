"""Whose queue a talk belongs to when a person is asked for: the region where the matter at hand is handled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.stages import Resuming
from bot.parts import Parts
from cases.lifecycle import CASE_OPEN
from core.errors import NotFound, NotSignedIn

if TYPE_CHECKING:
    from bot.desks import Table


async def queue_region(parts: Parts, table: Table, stage: object) -> str:
    """The region of the draft in hand, or of the case that ``stage`` (the one below all others) is about.

    When nothing is at hand, that of the citizen's latest case that is still open: what they ask about before they say
    more. Else the default of the deployment.
    """
    if table.stored:
        return table.draft.region
    try:
        citizen = table.citizen_id
    except NotSignedIn:
        return parts.places.default
    try:
        if isinstance(stage, Resuming):
            return (await parts.forms.get(stage.draft, citizen)).draft.region
        if number := getattr(stage, "case", ""):
            return (await parts.cases.case(number, citizen)).region
    except NotFound:  # erased, or given back in between
        pass
    mine = await parts.cases.cases_of(citizen)
    return next((str(case.region) for case in mine if case.state in CASE_OPEN), parts.places.default)
