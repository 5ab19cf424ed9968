"""The numbers cases run by. A deployment changes them where the service is built; tests make them small."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Policy:
    """Seconds, hours and working days; each says which."""

    review_days: int = 1
    """Working days in which a reviewer looks at a submission."""
    correction_days: int = 15
    """Working days a citizen has for a correction, as told to them; nothing is withdrawn by itself after it."""
    rectification_days: int = 5
    """Working days in which a low rating is looked into."""
    remind_days: int = 2
    """Working days before its last day on which a citizen is reminded of a paper that is still to come."""
    task_days: int = 1
    """Working days in which a person takes over what the machine could not deliver."""
    regions: tuple[str, ...] = ()
    """The only regions in which a draft becomes a case; any when empty."""
    pauses: tuple[float, ...] = (1, 5, 30, 120, 600, 3600)
    """Seconds between attempts; the last one repeats."""
    jitter: float = 0.2
    """Share by which a pause may be shorter or longer."""
    give_up_hours: float = 24.0
    """Hours of trying after which a person takes over."""
    claim_seconds: float = 90.0
    """Seconds a claim on a row holds; longer than one hand-over may take."""
    at_once: int = 2
    """Hand-overs to one department at the same time."""
    breaker_after: int = 3
    """Failures in a row after which a department gets a single attempt a round only."""
    silent_seconds: float = 300.0
    """Seconds without a word from the platform after which a leg is asked about."""
    notice_pauses: tuple[float, ...] = (30, 300, 3600, 14400)
    """Seconds between nudges to tell a citizen something; the last one repeats."""
    gather_seconds: float = 0.0
    """Seconds that steps of departments wait for others, to be told together."""
    talk_minutes: float = 10.0
    """Minutes a citizen's words may wait for a person before the citizen is told that nobody has come yet."""
    talk_idle_hours: float = 2.0
    """Hours without a word after a person's answer, after which the bot has the talk back."""
    notice_overdue_hours: float = 12.0
    """Hours after which a notice nobody delivered is a breach."""
