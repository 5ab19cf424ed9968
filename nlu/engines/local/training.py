"""Training of the local engine: scikit-learn fits, and only the numbers it found are kept.

Run in a process of its own (``python -m nlu.engines.local.training``), so that the app never carries the library.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NamedTuple

from nlu.engines.local.features import features
from nlu.engines.local.model import OUT, LocalEngine
from nlu.engines.local.nearest import Nearest
from nlu.engines.local.vocabulary import Sparse, Vocabulary
from nlu.training_data import Examples, load_examples

STRENGTH = 0.3
"""How far the margins may bend to single examples; found by cross-validation."""
LEAST = ((3000, 3), (200, 2), (0, 1))
"""Above how many sentences a feature must occur in how many of them: a rare one says more about a sentence than about
an intent, and would only make the model heavy."""
FOLDS = 3
SEED = 7
SURE = 20.0
"""Where there are no examples of what is out of scope, everything is known ground."""


def train(examples: Examples) -> LocalEngine:
    """Fit on all examples; what turns margins into confidence is found on scores of held-out folds."""
    import numpy as np

    pairs = examples.pairs()
    found = [features(text) for text, _ in pairs]
    labels = np.array([label for _, label in pairs])
    vocabulary = Vocabulary.of(found, next(least for above, least in LEAST if len(pairs) > above))
    sentences = [vocabulary.weighed(one) for one in found]
    matrix = _matrix(sentences, len(vocabulary.names))
    kinds = _fitted(matrix, labels)
    intents = [str(label) for label in kinds.names]
    inside = np.array([not label.startswith(OUT) for label in labels])
    ground = _fitted(matrix, inside) if 0 < inside.sum() < len(inside) else None
    columns = np.vstack([kinds.weights, ground.weights if ground else np.zeros((1, matrix.shape[1]))])
    slope, offset = _platt(ground.held_out[:, -1], inside) if ground else (0.0, SURE)
    return LocalEngine(
        version=examples.digest,
        intents=intents,
        vocabulary=vocabulary,
        weights=columns.T.astype(np.float16).astype(np.float32),  # as they will be stored: it says the same then
        bias=np.array([*kinds.bias, *(ground.bias if ground else (0.0,))], dtype=np.float32),
        temperature=_temperature(np, kinds.held_out, labels, intents),
        ground=(slope, offset),
        examples=pairs,
        nearest=Nearest.of(sentences, len(vocabulary.names)),
    )


def _matrix(sentences: list[Sparse], features: int) -> Any:
    """The sentences as rows of a sparse matrix."""
    import numpy as np
    from scipy.sparse import csr_matrix

    lengths = [len(one.numbers) for one in sentences]
    rows = np.cumsum([0, *lengths], dtype=np.int32)
    numbers = np.concatenate([one.numbers for one in sentences])
    weights = np.concatenate([one.weights for one in sentences]).astype(np.float64)
    return csr_matrix((weights, numbers, rows), shape=(len(sentences), features))


class _Fitted(NamedTuple):
    """Weights (a row a class), bias, class names, and the margins that held-out folds gave each sentence."""

    weights: Any
    bias: Any
    names: Any
    held_out: Any


def _fitted(matrix: Any, labels: Any) -> _Fitted:
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.svm import LinearSVC

    model = LinearSVC(C=STRENGTH, class_weight="balanced", random_state=SEED)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    held_out = cross_val_predict(model, matrix, labels, cv=folds, method="decision_function")
    model.fit(matrix, labels)
    weights, bias = model.coef_, model.intercept_
    if held_out.ndim == 1:  # two classes have one margin: for the second, and against the first
        held_out = held_out.reshape(-1, 1)
        if len(model.classes_) == 2 and labels.dtype != bool:
            weights, bias = [-weights[0], weights[0]], [-bias[0], bias[0]]
            held_out = held_out @ [[-1.0, 1.0]]
    return _Fitted(weights, bias, model.classes_, held_out)


def _platt(margins: Any, inside: Any) -> tuple[float, float]:
    """Slope and offset of the logistic curve from a margin to the chance of known ground."""
    from sklearn.linear_model import LogisticRegression

    curve = LogisticRegression(class_weight="balanced").fit(margins.reshape(-1, 1), inside)
    return round(float(curve.coef_[0][0]), 4), round(float(curve.intercept_[0]), 4)


def _temperature(np: Any, scores: Any, labels: Any, intents: list[str]) -> float:
    """The temperature with the lowest log loss on held-out scores of what is in scope, among what is in scope."""
    columns = [place for place, intent in enumerate(intents) if not intent.startswith(OUT)]
    rows = [place for place, label in enumerate(labels) if not label.startswith(OUT)]
    known = scores[np.ix_(rows, columns)]
    names = [intents[place] for place in columns]
    truth = np.array([names.index(str(labels[row])) for row in rows])

    def loss(temperature: float) -> float:
        scaled = known / temperature
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        likelihood = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return float(-likelihood[np.arange(len(truth)), truth].mean())

    return min((step / 100 for step in range(4, 200)), key=loss)


def main(folders: list[str]) -> None:
    """Train on ``folders[1:]`` and write the model to ``folders[0]``."""
    train(load_examples([Path(folder) for folder in folders[1:]])).save(Path(folders[0]))


if __name__ == "__main__":
    main(sys.argv[1:])
