"""Faults that can be switched on while the demo exchange runs, for all sources or for one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["slow", "down", "no_data", "refused", "garbled", "none"]
KINDS: tuple[Kind, ...] = get_args(Kind)
EVERY = "*"
SLOWEST = 60.0


@dataclass(frozen=True)
class Fault:
    """What is wrong with a source; ``seconds`` is how long a slow one takes."""

    kind: Kind
    seconds: float = 5.0


class Faults:
    """The faults that are on. One of a source hides the one of all sources."""

    def __init__(self) -> None:
        self._on: dict[str, Fault] = {}

    def switch(self, source: str, kind: str, seconds: float = 5.0) -> None:
        """Switch a fault on; ``none`` switches it off, and off for every source when ``source`` is ``*``.

        Raises `ValueError` for a fault there is not.
        """
        if kind not in KINDS or not 0 <= seconds <= SLOWEST:
            raise ValueError(f"a fault is one of {', '.join(KINDS)}, seconds are 0 to {SLOWEST:.0f}")
        if kind != "none":
            self._on[source] = Fault(kind, seconds)
        elif source == EVERY:
            self._on.clear()
        else:
            self._on.pop(source, None)

    def of(self, source: str) -> Fault | None:
        """The fault a look-up of ``source`` meets."""
        return self._on.get(source) or self._on.get(EVERY)

    def shown(self) -> dict[str, dict[str, object]]:
        """What is on, for operators."""
        return {source: {"fault": fault.kind, "seconds": fault.seconds} for source, fault in self._on.items()}
