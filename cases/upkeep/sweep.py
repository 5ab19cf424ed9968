"""The sweep: makes up for every nudge that was lost and every process that died. Safe in any number of processes."""

from __future__ import annotations

from datetime import timedelta

from cases.delivery import platform_events, sending
from cases.outstanding.reminding import remind
from cases.talks.unanswered import look_after_talks
from cases.talks.waiting import nudge_replies
from cases.timeline.bundling import due as due_notices
from cases.timeline.events import nudge_notices
from cases.tools import Tools
from cases.upkeep.alarms import alarm
from core import workdays
from core.clock import today

_AHEAD = timedelta(days=40)


async def sweep(tools: Tools) -> None:
    """Reclaim, deliver, apply, pull, remind, tell; then ask for the audit log to be sealed."""
    await sending.reclaim()
    await sending.deliver_due(tools)
    await platform_events.apply_waiting(tools)
    await platform_events.pull_silent(tools)
    await remind(tools)
    await nudge_notices(tools.jobs, tools.policy.notice_pauses, due_notices(tools.policy.gather_seconds))
    await look_after_talks(tools.policy)
    await nudge_replies(tools)
    await calendar_alarm()
    await tools.jobs.ask("seal_audit")


async def calendar_alarm() -> None:
    """A person is asked for the calendar of a year that promises already reach into."""
    year = (today() + _AHEAD).year
    if not workdays.is_known(year):
        await alarm("calendar", str(year))
