"""What the demo exchange remembers of look-ups: counts and the last ones, never a key or a value."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import asdict, dataclass
from datetime import datetime

from core.masking import mask_text

KEPT = 500


@dataclass(frozen=True)
class Call:
    """One look-up: what was asked of whom, in whose name, and how it ended."""

    at: datetime
    source: str
    purpose: str
    case_no: str
    consent: str
    attributes: int
    outcome: str
    """``ok``, ``no_data``, ``mismatch``, or the reason of a refusal."""
    records: int = 0


class Calls:
    """The audit of this process, in memory."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._last: deque[Call] = deque(maxlen=KEPT)

    def add(self, call: Call) -> None:
        """Count a look-up; foreign words are masked and cut."""
        self._counts[call.source, call.outcome] += 1
        words = {name: mask_text(getattr(call, name))[:80] for name in ("purpose", "case_no", "consent")}
        self._last.append(Call(**{**asdict(call), **words}))

    def count(self, source: str | None = None, outcome: str | None = None) -> int:
        """How many look-ups there were, of one source or with one outcome when given."""
        return sum(
            number for (code, ended), number in self._counts.items()
            if source in (None, code) and outcome in (None, ended)
        )

    def last(self, at_most: int = 50) -> list[Call]:
        """The latest look-ups, newest first."""
        return list(self._last)[: -at_most - 1 : -1]

    def shown(self) -> dict[str, object]:
        """Counts by source and outcome and the latest look-ups, as JSON."""
        by_source: dict[str, dict[str, int]] = {}
        for (source, outcome), number in sorted(self._counts.items()):
            by_source.setdefault(source, {})[outcome] = number
        recent = [{**asdict(call), "at": call.at.isoformat()} for call in self.last()]
        return {"total": self.count(), "by_source": by_source, "recent": recent}
