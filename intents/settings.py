"""Thresholds of the bands. The recogniser's report says how they were chosen."""

from __future__ import annotations

from dataclasses import dataclass

from core.settings import Settings


@dataclass(frozen=True)
class Bands:
    """Where one band ends and the next begins, on calibrated confidence: of ten read at 0.7, seven are right."""

    errors: float = 0.08
    """Go straight on from the confidence at which at most this share of an intent's answers were wrong ..."""
    act_from: float = 0.60
    """... but not below this,"""
    act_to: float = 0.94
    """and always from this on."""
    act: float = 0.70
    """Go straight on from this where nobody knows how often an intent's answers are wrong."""
    confirm: float = 0.50
    """At least this: ask 「您是要办…吗」."""
    choose: float = 0.22
    """At least this for the best in-scope one: offer the likeliest."""
    margin: float = 0.45
    """A lead over the second that acting needs, as a part of the best."""
    near: float = 0.12
    """Similarity with the nearest example below which nothing is known ground."""
    near_act: tuple[float, float] = (0.33, 0.008)
    """The same for going straight on: so much, and so much less for every character. No two long stories are alike."""
    near_doubtful: tuple[float, float] = (0.45, 0.012)
    """The same where another one-thing is likely at all, or this one not very."""
    act_doubtful: float = 0.80
    """Confidence below which a one-thing is not very likely."""
    rival: float = 0.05
    """Confidence of a second from which on it is likely at all."""
    near_outside: float = 0.30
    """The same for what is beyond us: a name or 「自己取」 resembles no complaint, whatever the statistics say."""
    matter: float = 0.90
    """Confidence of a part of a message that makes it a matter of its own."""
    matter_joined: float = 0.60
    """The same where the part says so: 「另外…」, 「还有…」."""

    @classmethod
    def of(cls, settings: Settings) -> Bands:
        """As the operators set them."""
        return cls(errors=settings.act_errors)
