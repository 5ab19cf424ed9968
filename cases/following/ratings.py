"""好差评: one rating a case, passed on to the platform; a low one is looked into by a person, in time."""

from __future__ import annotations

from collections.abc import Sequence

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from cases.actors import citizen
from cases.lifecycle import hold
from cases.models import Case, Outbox, Rating
from cases.tasks import open_task
from cases.timeline.events import Said, say
from cases.tools import Tools
from core import audit
from core.clock import now
from core.errors import InvalidAnswer, NotNow

RATEABLE = ("completed", "rejected")
LOW = 2
"""不满意 and 非常不满意."""
_LONGEST = 500
_MOST_TAGS = 10


async def rate(tools: Tools, case: Case, stars: int, words: str = "", tags: Sequence[str] = ()) -> Rating:
    """Rate 1 to 5, once. Raises `InvalidAnswer` about ``stars`` or ``words``, `NotNow` (``not_ended``, ``rated``)."""
    if isinstance(stars, bool) or not 1 <= stars <= 5:
        raise InvalidAnswer("stars", "range", at_least=1, at_most=5)
    if len(words) > _LONGEST:
        raise InvalidAnswer("words", "too_long", at_most=_LONGEST)
    if case.state not in RATEABLE:
        raise NotNow(reason="not_ended")
    try:
        return await _write(tools, case, stars, words, [str(tag)[:30] for tag in tags][:_MOST_TAGS])
    except IntegrityError as problem:
        raise NotNow(reason="rated") from problem


async def _write(tools: Tools, case: Case, stars: int, words: str, tags: list[str]) -> Rating:
    actor = citizen(case.citizen_id)
    async with in_transaction():
        await hold(case.id)
        rating = await Rating.create(case_id=case.id, stars=stars, tags=tags, words=words or None, at=now())
        await Outbox.create(
            case_id=case.id, kind="rate", key=f"{case.number}:rate", department="rating", state="due", next_at=now(),
            since=now(),
        )
        if stars <= LOW:
            days = tools.policy.rectification_days
            await open_task("rectification", case, None, reason=f"stars_{stars}", says=words, days=days)
        await say(case.id, Said(actor, "rated", {"stars": stars}))
        await audit.record(actor, "case.rated", f"case:{case.id}", details={"stars": stars})
    return rating
