"""Thresholds of the bands. The recogniser's report says how they were chosen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bands:
    """Where one band ends and the next begins, on calibrated confidence."""

    act: float = 0.62
    """At least this: go straight on."""
    confirm: float = 0.40
    """At least this: ask 「您是要办…吗」."""
    choose: float = 0.22
    """At least this for the best in-scope one: offer the likeliest."""
    margin: float = 0.18
    """A lead over the second that acting needs."""
    near: float = 0.12
    """Similarity with the nearest example below which nothing is known ground."""
    near_outside: float = 0.30
    """The same for what is beyond us: a name or 「自己取」 resembles no complaint, whatever the statistics say."""
