"""How sure a reading is: begin, ask whether it is this, let choose, or say that nothing was understood. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from intents.settings import Bands
from intents.understanding import Band, OutKind, Says, Scored
from nlu.pinyin import syllables

LONG = 40
"""Characters above which resembling no single example says nothing: no two long stories are alike."""
VAGUE = 4
"""Syllables up to which a bare noun is asked about and not acted on: 「厂房」, 「补贴」, 「幼儿园」."""
_DOING = re.compile(r"[办开换补改领报查退销挂激注登申评卖买过继修迁建装接移转生育出撤]")
_NONE = Scored("", 0.0)


@dataclass(frozen=True)
class Reading:
    """The ranking of one clause."""

    ranked: tuple[Scored, ...]
    out_kind: OutKind | None
    out_score: float
    open_to: tuple[str, ...] = ()
    """The one-things that it may be about, where its words leave that open."""
    unwanted: bool = False
    """Whether it is known by nothing but a part of the message that refuses it: 「我没退休，我是给我妈办」."""

    @property
    def best(self) -> Scored | None:
        """The best one-thing."""
        return self.ranked[0] if self.ranked else None


def vague(plain: str) -> bool:
    """Whether a normalised message only names something, or is a word or two: what of it is wanted must be asked."""
    spoken = sum(sound.isalpha() for sound in syllables(plain))
    return spoken <= 2 or (spoken <= VAGUE and not _DOING.search(plain))


def outweighing(best: Scored | None) -> float:
    """How likely it must be that a message is beyond us, for it to be held so."""
    return max(0.5, best.score) if best else 0.0


def capped(band: Band, says: Says) -> Band:
    """What is done is begun only after asking, what is not wanted not at all."""
    if says == "denied" and band != "out_of_scope":
        return "unknown"
    return "confirm" if says == "done" and band == "act" else band


class Ruler:
    """Measures readings by the bands, and by the bar of each one-thing: its confidence and a share of errors."""

    def __init__(self, bands: Bands, bar: Callable[[str, float], float]) -> None:
        self.bands, self._bar = bands, bar

    def band(self, plain: str, reading: Reading, near: float) -> Band:
        """The band of a reading; ``near`` is how like the words are to the nearest example of its best one-thing."""
        best, bands = reading.best, self.bands
        if reading.open_to:
            return "choose" if len(reading.open_to) > 1 else "confirm"
        if best is None or reading.out_score >= outweighing(best):
            return "out_of_scope" if reading.out_kind else "unknown"
        if len(plain) <= LONG and near < bands.near:
            return "unknown"
        second = (*reading.ranked[1:2], _NONE)[0].score
        lead = 1 - second / best.score
        if best.score >= self._act_at(best) and lead >= bands.margin and (best.score == 1.0 or not vague(plain)):
            known = self._known(plain, near, doubtful=best.score < bands.act_doubtful or second >= bands.rival)
            return "act" if known and not reading.unwanted else "choose" if second >= bands.rival else "confirm"
        if best.score >= bands.confirm and lead >= bands.margin / 2:
            return "confirm" if self._known(plain, near) else "choose"
        return "choose" if best.score >= bands.choose else "unknown"

    def _act_at(self, best: Scored) -> float:
        """The confidence from which on this one-thing is begun without asking."""
        bar = self._bar(best.code, self.bands.errors)
        return min(max(bar, self.bands.act_from), self.bands.act_to) if bar else self.bands.act

    def _known(self, plain: str, near: float, doubtful: bool = False) -> bool:
        """Whether a message is near enough to what was taught, or too long for that to tell anything."""
        least, less = self.bands.near_doubtful if doubtful else self.bands.near_act
        return len(plain) > LONG or near >= least - less * len(plain)
