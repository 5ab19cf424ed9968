"""The engines that the bench can train, by name."""

from __future__ import annotations

from nlu.engines.local.trainable import LocalTrainable
from nlu.trainable import Trainable

LOCAL = "local"
"""The engine that every version has: a server beside us may read instead, and this one stands in for it."""
TRAINABLE: dict[str, Trainable] = {LOCAL: LocalTrainable()}


def trainable(name: str) -> Trainable:
    """The engine of that name. Raises ``KeyError``."""
    return TRAINABLE[name]
