"""Training of the local engine: scikit-learn fits, and only the numbers it found are kept.

Run in a process of its own (``python -m nlu.engines.local.training``), so that the app never carries the library.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NamedTuple

from nlu.engines.local.calibration import calibrated
from nlu.engines.local.confidence import OUT
from nlu.engines.local.features import features
from nlu.engines.local.likeness import Likeness, best_of_ours, held_out
from nlu.engines.local.meaning import meaning
from nlu.engines.local.model import LocalEngine
from nlu.engines.local.nearest import Nearest
from nlu.engines.local.recipe import recipe
from nlu.engines.local.vocabulary import Sparse, Vocabulary
from nlu.training_data import Examples, load_examples

LEAST = ((6000, 3), (200, 2), (0, 1))
"""Above how many sentences a feature must occur in how many of them: a rare one says more about a sentence than about
an intent, and would only make the model heavy."""
FOLDS = 4
SEED = 7
UNTAUGHT = -1.0
"""The margin of a class of which a fold was taught nothing."""


class Fit(NamedTuple):
    """How planes are fitted."""

    strength: float
    """How far the margins may bend to single examples."""
    balanced: bool
    """Whether an intent with few examples counts as much as one with many."""


OURS = Fit(0.6, True)
"""Found by cross-validation on our own sentences."""


def train(examples: Examples, more: Any = None, fit: Fit = OURS) -> LocalEngine:
    """Fit on all examples; what turns margins into confidence is found on scores of held-out folds.

    ``more`` adds columns to what is known of each example, a row an example (`Examples.pairs`): their weights stand
    after those of the vocabulary and of the meaning.
    """
    import numpy as np

    pairs = examples.pairs()
    found = [features(text) for text, _ in pairs]
    labels = np.array([label for _, label in pairs])
    vocabulary = Vocabulary.of(found, next(least for above, least in LEAST if len(pairs) > above))
    sentences = [vocabulary.weighed(one) for one in found]
    meant = np.stack([meaning(text) for text, _ in pairs])
    matrix = _beside(_matrix(sentences, len(vocabulary.names)), meant if more is None else np.hstack([meant, more]))
    kinds = _fitted(matrix, labels, fit)
    intents = [str(label) for label in kinds.names]
    inside = np.array([not label.startswith(OUT) for label in labels])
    ground = _fitted(matrix, inside, fit) if 0 < inside.sum() < len(inside) else None
    best = best_of_ours(intents, kinds.held_out)
    alike = held_out(meant, labels, best, _fold(np.unique(labels, return_inverse=True)[1]))
    columns = np.vstack([kinds.weights, ground.weights[-1:] if ground else np.zeros((1, matrix.shape[1]))])
    return LocalEngine(
        version=examples.digest,
        made_with=recipe(),
        intents=intents,
        vocabulary=vocabulary,
        weights=np.ascontiguousarray(columns.T, dtype=np.float16).astype(np.float32),
        bias=np.array([*kinds.bias, ground.bias[-1] if ground else 0.0], dtype=np.float32),
        confidence=calibrated(intents, labels, kinds.held_out, ground.held_out[:, -1] if ground else None, alike),
        examples=pairs,
        nearest=Nearest.of(sentences, len(vocabulary.names)),
        likeness=Likeness.of(meant, labels.tolist()),
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


def _beside(matrix: Any, more: Any) -> Any:
    """Columns beside columns, in the form that the learner wants."""
    from scipy.sparse import csr_matrix, hstack

    found = hstack([matrix, csr_matrix(more)]).tocsr()
    found.indices, found.indptr = found.indices.astype("int32"), found.indptr.astype("int32")
    return found


class _Fitted(NamedTuple):
    """Weights (a row a class), bias, class names, and the margins that held-out folds gave each sentence."""

    weights: Any
    bias: Any
    names: Any
    held_out: Any


def _fitted(matrix: Any, labels: Any, fit: Fit) -> _Fitted:
    import numpy as np

    names, truth = np.unique(labels, return_inverse=True)
    held_out = np.full((len(labels), len(names)), UNTAUGHT)
    for number in range(FOLDS):
        held = _fold(truth) == number
        if held.any() and len(set(truth[~held])) > 1:
            columns, weights, bias = _separated(matrix[~held], truth[~held], fit)
            held_out[np.ix_(held, columns)] = matrix[held] @ weights.T + bias
    _, weights, bias = _separated(matrix, truth, fit)
    return _Fitted(weights, bias, names, held_out)


def _fold(truth: Any) -> Any:
    """The fold of each sentence: those of a class are dealt out in turn, so that every fold holds some of each."""
    import numpy as np

    order = np.random.default_rng(SEED).permutation(len(truth))
    folds, dealt = np.zeros(len(truth), dtype=int), dict[int, int]()
    for place in order.tolist():
        folds[place] = dealt.get(int(truth[place]), 0) % FOLDS
        dealt[int(truth[place])] = dealt.get(int(truth[place]), 0) + 1
    return folds


def _separated(matrix: Any, truth: Any, fit: Fit) -> tuple[Any, Any, Any]:
    """The classes there are, and the weights and the bias of the plane that parts each from all others."""
    import numpy as np
    from sklearn.svm import LinearSVC

    weight = "balanced" if fit.balanced else None
    model = LinearSVC(C=fit.strength, class_weight=weight, random_state=SEED).fit(matrix, truth)
    weights, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # one plane does for two: each has its own side of it
        weights, bias = np.vstack([-weights, weights]), np.array([-bias[0], bias[0]])
    return model.classes_, weights, bias


def main(folders: list[str]) -> None:
    """Train on ``folders[1:]`` and write the model to ``folders[0]``."""
    train(load_examples([Path(folder) for folder in folders[1:]])).save(Path(folders[0]))


if __name__ == "__main__":
    main(sys.argv[1:])
