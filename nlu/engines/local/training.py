"""Training of the local engine: scikit-learn fits, and only the numbers it found are kept.

Run in a process of its own (``python -m nlu.engines.local.training``), so that the app never carries the library.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import Any

from nlu.engines.local.features import grams, weigh
from nlu.engines.local.model import LocalEngine
from nlu.training_data import Examples, load_examples

STRENGTH = 12.0
FOLDS = 4
SEED = 7


def train(examples: Examples) -> LocalEngine:
    """Fit on all examples; the temperature is found on scores of held-out folds."""
    import numpy as np
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    pairs = examples.pairs()
    texts, labels = [text for text, _ in pairs], [label for _, label in pairs]
    rarity = _rarity(texts)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([weigh(text, rarity) for text in texts])
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=400)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    held_out = cross_val_predict(model, matrix, labels, cv=folds, method="decision_function")
    model.fit(matrix, labels)
    intents = [str(label) for label in model.classes_]
    truth = np.array([intents.index(label) for label in labels])
    names = vectorizer.get_feature_names_out()
    return LocalEngine(
        version=examples.digest,
        intents=intents,
        rarity=rarity,
        weights={str(name): [round(float(w), 5) for w in model.coef_[:, i]] for i, name in enumerate(names)},
        bias=[round(float(value), 5) for value in model.intercept_],
        temperature=_temperature(np, held_out, truth),
        examples={intent: list(texts) for intent, texts in examples.by_intent.items()},
    )


def _rarity(texts: list[str]) -> dict[str, float]:
    seen: dict[str, int] = {}
    for text in texts:
        for gram in set(grams(text)):
            seen[gram] = seen.get(gram, 0) + 1
    return {gram: round(math.log((1 + len(texts)) / (1 + count)) + 1, 5) for gram, count in sorted(seen.items())}


def _temperature(np: Any, scores: Any, truth: Any) -> float:
    """The temperature with the lowest log loss on held-out scores."""

    def loss(temperature: float) -> float:
        scaled = scores / temperature
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        likelihood = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return float(-likelihood[np.arange(len(truth)), truth].mean())

    return min((step / 20 for step in range(4, 60)), key=loss)


def main(folders: list[str]) -> None:
    """Train on ``folders[1:]`` and write the model to ``folders[0]``."""
    train(load_examples([Path(folder) for folder in folders[1:]])).save(Path(folders[0]))


if __name__ == "__main__":
    main(sys.argv[1:])
