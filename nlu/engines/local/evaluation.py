"""Cross-validation of the local engine: every sentence is read by a model that has not seen it."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field

from nlu.engines.local.training import train
from nlu.training_data import Examples

FOLDS = 5
SEED = 11


@dataclass
class Evaluation:
    """What came out. ``confused`` counts (truth, answer) pairs that differ."""

    sentences: int = 0
    right: int = 0
    accepted: int = 0
    """Out-of-scope sentences whose best intent was a one-thing."""
    outside: int = 0
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_intent: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Intent to (right, all)."""

    @property
    def accuracy(self) -> float:
        """Share of sentences whose best intent is the true one."""
        return self.right / self.sentences if self.sentences else 0.0

    @property
    def falsely_accepted(self) -> float:
        """Share of out-of-scope sentences taken for a one-thing."""
        return self.accepted / self.outside if self.outside else 0.0


def cross_validate(examples: Examples, folds: int = FOLDS) -> Evaluation:
    """Train ``folds`` times, each time without a part, and read that part."""
    return asyncio.run(_cross_validate(examples, folds))


async def _cross_validate(examples: Examples, folds: int) -> Evaluation:
    done = Evaluation()
    parts = _parts(examples, folds)
    for number in range(folds):
        kept = {i: tuple(t for n, t in rows if n != number) for i, rows in parts.items()}
        engine = train(Examples(kept))
        for intent, rows in parts.items():
            for part, text in rows:
                if part == number:
                    _count(done, intent, (await engine.rank(text))[0].intent)
    return done


def _parts(examples: Examples, folds: int) -> dict[str, list[tuple[int, str]]]:
    """Each intent's sentences, shuffled once and dealt out to the folds."""
    dealer = random.Random(SEED)  # dealing, not secrecy
    parts = {}
    for intent, texts in examples.by_intent.items():
        shuffled = list(texts)
        dealer.shuffle(shuffled)
        parts[intent] = [(number % folds, text) for number, text in enumerate(shuffled)]
    return parts


def _count(done: Evaluation, truth: str, answer: str) -> None:
    outside = truth.startswith("out_of_scope.")
    right = truth == answer or (outside and answer.startswith("out_of_scope."))
    good, all_ = done.by_intent.get(truth, (0, 0))
    done.by_intent[truth] = (good + right, all_ + 1)
    done.sentences += 1
    done.right += right
    done.outside += outside
    done.accepted += outside and not right
    if not right:
        done.confused[truth, answer] += 1
