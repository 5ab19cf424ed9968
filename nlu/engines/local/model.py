"""The local engine at run time: a linear model over a sentence's features and meaning, and the nearest examples."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlu import arrays
from nlu.engine import Example, Explanation, Ranked, Word
from nlu.engines.local.confidence import Alike, Confidence
from nlu.engines.local.features import readable
from nlu.engines.local.likeness import Likeness, best_of_ours
from nlu.engines.local.meaning import Numbers, by_word, meaning
from nlu.engines.local.nearest import Nearest
from nlu.engines.local.vocabulary import Sparse, Vocabulary

REMEMBERED = 16
"""Texts whose reading is kept: a message and its parts are ranked, compared and explained in one go."""
SHOWN_WORDS, SHOWN_EXAMPLES = 12, 5


@dataclass
class _Seen:
    """What has been worked out of one text."""

    sentence: Sparse
    margins: NDArray[np.float64]
    alike: Alike
    near: dict[str, float] = field(default_factory=dict)
    """Similarity with the nearest example, by intent, as far as somebody asked."""


@dataclass
class LocalEngine:
    """Margins are sums over features: one says whether a sentence is known ground at all, the others which intent."""

    version: str
    made_with: str
    """The recipe: features are read as they were when it was trained, or not at all."""
    intents: list[str]
    vocabulary: Vocabulary
    weights: NDArray[np.float32]
    """A row a feature, then a row for each number of the meaning: one weight per intent, and the weight for known
    ground at the end. In the file they are half as long, and so they are rounded: that says the same, and it is the
    largest table there is."""
    bias: NDArray[np.float32]
    confidence: Confidence
    examples: list[tuple[str, str]]
    """(sentence, intent), those of one intent side by side; in the order of ``nearest``."""
    nearest: Nearest
    likeness: Likeness
    _places: dict[str, slice] = field(default_factory=dict, repr=False)
    _seen: dict[str, _Seen] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for number, (_, intent) in enumerate(self.examples):
            first = self._places.get(intent)
            self._places[intent] = slice(first.start if first else number, number + 1)

    async def rank(self, text: str) -> tuple[Ranked, ...]:
        """All intents, best first."""
        seen = self._look(text)
        return self.confidence.rank(self.intents, seen.margins, seen.alike)

    def similar(self, text: str, intent: str) -> float:
        """Cosine similarity with the nearest example of ``intent``."""
        place, seen = self._places.get(intent), self._look(text)
        if place is None:
            return 0.0
        if intent not in seen.near:
            seen.near[intent] = float(self.nearest.similarities(seen.sentence, place).max())
        return seen.near[intent]

    def bar(self, intent: str, errors: float) -> float:
        """The confidence from which on at most this share of what is read as ``intent`` is something else."""
        return self.confidence.bar(intent, errors)

    def explain(self, text: str, intent: str) -> Explanation:
        """The weightiest features for and against ``intent``, and the nearest examples of any."""
        alike = self.nearest.similarities(self._look(text).sentence, slice(0, len(self.examples)))
        order = [int(number) for number in np.argsort(-alike)[:SHOWN_EXAMPLES] if alike[number] > 0]
        return Explanation(intent, self._words(text, intent), tuple(
            Example(*self.examples[number], round(min(1.0, float(alike[number])), 4)) for number in order
        ))

    def _words(self, text: str, intent: str) -> tuple[Word, ...]:
        if intent not in self.intents:
            return ()
        sentence, column = self._look(text).sentence, self.weights[:, self.intents.index(intent)]
        meant, vectors = by_word(text)
        names = [readable(self.vocabulary.names[number]) for number in sentence.numbers] + [f"词义 {w}" for w in meant]
        shares = np.concatenate((
            column[sentence.numbers] * sentence.weights,
            vectors @ column[self._meant : self._meant + vectors.shape[1]],
        ))
        order = np.argsort(-np.abs(shares))[:SHOWN_WORDS].tolist()
        return tuple(Word(names[number], round(float(shares[number]), 4)) for number in order)

    @property
    def _meant(self) -> int:
        """The first row of ``weights`` that is about the meaning."""
        return len(self.vocabulary.names)

    def _look(self, text: str) -> _Seen:
        """The text in features and its margins, worked out once."""
        seen = self._seen.get(text)
        if seen is None:
            sentence, meant = self.vocabulary.weigh(text), meaning(text)
            margins = self._margins(text, sentence, meant)
            best = best_of_ours(self.intents, margins[None, :-1])[0]
            seen = self._seen[text] = _Seen(sentence, margins, self.likeness.to(meant, best))
            if len(self._seen) > REMEMBERED:
                del self._seen[next(iter(self._seen))]
        return seen

    def _margins(self, text: str, sentence: Sparse, meant: Numbers) -> NDArray[np.float64]:
        """One margin an intent, and that of known ground at the end."""
        rows = self.weights[self._meant : self._meant + len(meant)]
        found = self.bias + sentence.weights @ self.weights[sentence.numbers] + meant @ rows
        return np.asarray(found, dtype=np.float64)

    def save(self, path: Path) -> None:
        """Write the model to one file, whole or not at all."""
        arrays.write(path, {
            "version": self.version, "made_with": self.made_with, "intents": self.intents,
            "names": self.vocabulary.names,
            "confidence": asdict(self.confidence), "examples": self.examples, "example_count": self.nearest.examples,
        }, {
            "rarity": self.vocabulary.rarity, "weights": self.weights.astype(np.float16), "bias": self.bias,
            "holdings": self.nearest.holdings, "held": self.nearest.weights.astype(np.float16),
            "turn": self.likeness.turn.astype(np.float16), "meant": self.likeness.columns.astype(np.float16),
        })

    @classmethod
    def load(cls, path: Path) -> LocalEngine:
        """Read a model. Raises ``OSError``, ``ValueError``, ``TypeError`` or ``KeyError`` when it is not one."""
        told, tables = arrays.read(path)
        return cls(
            version=told["version"], made_with=told["made_with"], intents=told["intents"],
            vocabulary=Vocabulary(told["names"], tables["rarity"]),
            weights=tables["weights"].astype(np.float32), bias=tables["bias"],
            confidence=Confidence(**told["confidence"]), examples=[(one[0], one[1]) for one in told["examples"]],
            nearest=Nearest(tables["holdings"], tables["held"].astype(np.float32), told["example_count"]),
            likeness=Likeness(tables["turn"].astype(np.float32), tables["meant"].astype(np.float32),
                              [one[1] for one in told["examples"]]),
        )
