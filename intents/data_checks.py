"""What is looked at before a label is kept: would it contradict, leak, or give somebody away? Pure.

A remark of level ``stop`` must be mended first, ``ask`` may be overruled by whoever labels, ``note`` only tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process

from intents.acts import normal
from intents.masking import is_masked
from intents.training.reading import plain_truth
from nlu.normalise import has_words

Level = Literal["stop", "ask", "note"]
Kind = Literal[
    "empty", "long", "personal", "golden", "golden_near", "elsewhere", "elsewhere_near", "known", "same_near", "few",
    "learned", "learned_near", "learned_elsewhere", "learned_elsewhere_near",
]
LEVELS: dict[Kind, Level] = {
    "empty": "stop", "long": "stop", "personal": "stop", "golden": "stop", "elsewhere": "stop", "golden_near": "ask",
    "elsewhere_near": "ask", "known": "note", "same_near": "note", "few": "note", "learned": "note",
    "learned_near": "ask", "learned_elsewhere": "ask", "learned_elsewhere_near": "ask",
}
NEAR = 86.0
"""Likeness from which a sentence in another intent is a contradiction, or one in the golden set a leak."""
SAME = 92.0
"""Likeness from which a sentence of the same intent adds next to nothing, and sits on both sides of a test."""
SHORTEST, LONGEST = 2, 200
FEW = 15
"""Sentences an intent needs before it can be told apart."""


@dataclass(frozen=True)
class Sentence:
    """A labelled sentence and where it stands: a file, ``labels`` or ``golden``."""

    text: str
    intent: str
    where: str


@dataclass(frozen=True)
class Remark:
    """What is wrong with labelling ``text`` so, and the sentence it collides with, if there is one."""

    kind: Kind
    text: str
    other: Sentence | None = None
    count: int = 0

    @property
    def level(self) -> Level:
        """How serious it is."""
        return LEVELS[self.kind]


class Known:
    """All labelled sentences, ready to be compared with. Building it takes milliseconds; keep it while they last."""

    def __init__(self, sentences: Iterable[Sentence], golden: Iterable[Sentence] = ()) -> None:
        self._trained: list[Sentence] = []
        self._plain: list[str] = []
        self.counts: dict[str, int] = {}
        for one in sentences:
            self.add(one)
        self._golden = list(golden)
        self._plain_golden = [normal(one.text) for one in self._golden]

    def add(self, one: Sentence) -> None:
        """Know one more, which later ones are compared with."""
        self._trained.append(one)
        self._plain.append(normal(one.text))
        self.counts[one.intent] = self.counts.get(one.intent, 0) + 1

    def __contains__(self, text: str) -> bool:
        """Whether a labelled sentence reads the same."""
        return normal(text) in self._plain

    def copy(self) -> Known:
        """The same, to add to: what is kept for all must not grow."""
        made = Known(())
        made._trained, made._plain, made.counts = self._trained[:], self._plain[:], dict(self.counts)
        made._golden, made._plain_golden = self._golden, self._plain_golden
        return made

    def nearest(self, text: str, at_most: int = 12) -> list[tuple[Sentence, float]]:
        """The most alike labelled sentences, with their likeness, 0 to 100."""
        return _nearest(text, self._trained, self._plain, at_most)

    def nearest_golden(self, text: str) -> list[tuple[Sentence, float]]:
        """The same among the golden ones."""
        return _nearest(text, self._golden, self._plain_golden, 1)


def _nearest(
    text: str, sentences: Sequence[Sentence], plain: Sequence[str], at_most: int
) -> list[tuple[Sentence, float]]:
    found = process.extract(normal(text), plain, scorer=fuzz.ratio, score_cutoff=NEAR, limit=at_most)
    return [(sentences[place], score) for _, score, place in found]


def check(text: str, intent: str, known: Known) -> tuple[Remark, ...]:
    """Everything there is to say of labelling ``text`` as ``intent``, the most serious first."""
    if len(normal(text)) < SHORTEST or not has_words(text):
        return (Remark("empty", text),)
    if len(text) > LONGEST:
        return (Remark("long", text, count=LONGEST),)
    found = list(personal(text))
    found += _leaks(text, known)
    found += _beside(text, intent, known)
    if known.counts.get(intent, 0) < FEW:
        found.append(Remark("few", text, count=known.counts.get(intent, 0)))
    order: list[Level] = ["stop", "ask", "note"]
    return tuple(sorted(found, key=lambda one: order.index(one.level)))


def personal(text: str) -> tuple[Remark, ...]:
    """What stops words that look personal: those of a sentence, or those written beside it."""
    return () if is_masked(text) else (Remark("personal", text),)


def refuses(remarks: Iterable[Remark], sure: bool) -> bool:
    """Whether a label must not be kept: something has to be mended, or to be looked at first."""
    return any(one.level == "stop" or (one.level == "ask" and not sure) for one in remarks)


def check_all(texts: Iterable[str], intent: str, known: Known) -> tuple[Remark, ...]:
    """The same for a batch; what is true of the intent is said once."""
    found = [remark for text in texts for remark in check(text, intent, known)]
    few = [remark for remark in found if remark.kind == "few"][:1]
    return (*(remark for remark in found if remark.kind != "few"), *few)


def check_golden(text: str, intent: str, known: Known) -> tuple[Remark, ...]:
    """What there is to say of measuring with ``text``: it contradicts what is learned, is measured too kindly because
    one nearly the same is learned, or is learned itself, which ends."""
    plain, truth, found = normal(text), plain_truth(intent), dict[Kind, Remark]()
    for other, _ in known.nearest(text):
        same, ours = normal(other.text) == plain, plain_truth(other.intent) == truth
        kind: Kind = ("learned" if same else "learned_near") if ours else (
            "learned_elsewhere" if same else "learned_elsewhere_near")
        found.setdefault(kind, Remark(kind, text, other))
    return tuple(sorted(found.values(), key=lambda one: one.level == "note"))


def _leaks(text: str, known: Known) -> list[Remark]:
    near = known.nearest_golden(text)
    if not near:
        return []
    return [Remark("golden" if normal(near[0][0].text) == normal(text) else "golden_near", text, near[0][0])]


def _beside(text: str, intent: str, known: Known) -> list[Remark]:
    """At most one remark about another intent and one about the same: the nearest tells enough."""
    found: list[Remark] = []
    near = known.nearest(text)
    other = next((one for one, _ in near if one.intent != intent), None)
    if other is not None:
        same = normal(other.text) == normal(text)
        found.append(Remark("elsewhere" if same else "elsewhere_near", text, other))
    mine = next(((one, score) for one, score in near if one.intent == intent), None)
    if mine is not None and normal(mine[0].text) == normal(text):
        found.append(Remark("known", text, mine[0]))
    elif mine is not None and mine[1] >= SAME:
        found.append(Remark("same_near", text, mine[0]))
    return found
