"""Finding the numbers of `Confidence` on margins of sentences that the model had not seen."""

from __future__ import annotations

from typing import Any

from nlu.engines.local.confidence import EDGE, ERRORS, LEAD, OUT, Confidence

SURE = 20.0
"""Log-odds of known ground where there is nothing beyond it."""
BEYOND = 0.5
"""How much a sentence out of scope counts when trust is found: people ask for what we have more often than not."""
NEAR = 0.5
"""How much of what likeness tells of wrong answers holds for what is none of ours, where nothing of that was taught;
found on public sets."""
LIKE_ALL = 25.0
"""How many answers of all intents together stand beside an intent's own where its bar is found: few prove little."""
TEMPERATURES = tuple(step / 100 for step in range(4, 200))


def calibrated(intents: list[str], labels: Any, margins: Any, ground: Any, alike: Any) -> Confidence:
    """From held-out margins (a row a sentence, a column an intent), those of known ground if there are any, and how
    like the nearest examples of either side are."""
    import numpy as np

    ours = [place for place, intent in enumerate(intents) if not intent.startswith(OUT)]
    beyond = [place for place, intent in enumerate(intents) if intent.startswith(OUT)]
    names = np.array(intents)[ours]
    inside = np.array([not label.startswith(OUT) for label in labels])
    own = margins[:, ours]
    temperature = _temperature(own[inside], np.searchsorted(names, labels[inside]))
    known: tuple[float, ...] = (SURE, 0.0, 0.0, 0.0, 0.0, 0.0)
    chances = np.ones(len(labels))
    right = names[own.argmax(axis=1)] == labels
    if ground is None and not right.all() and right.any():  # how far the best stands out, and how near it is
        told = np.stack([own.max(axis=1), alike[:, 0]], axis=1)
        (best, near), offset = _logistic(told, right, np.ones(len(labels)))
        near *= NEAR
        known, chances = (offset, 0.0, best, 0.0, near, 0.0), 1 / (1 + np.exp(-(told @ (best, near) + offset)))
    if ground is not None:
        told = np.column_stack([ground, own.max(axis=1), margins[:, beyond].max(axis=1), alike])
        slopes, offset = _logistic(told, inside, np.ones(len(labels)))
        known, chances = (offset, *slopes), 1 / (1 + np.exp(-(told @ np.array(slopes) + offset)))
    lead = 1 / np.exp((own - own.max(axis=1, keepdims=True)) / temperature).sum(axis=1)
    sure = np.clip(chances * lead**LEAD, EDGE, 1 - EDGE)
    odds = np.log(sure / (1 - sure))
    trust = _trust(odds, right, np.where(inside, 1.0, BEYOND))
    scores = 1 / (1 + np.exp(-(trust[0] * odds + trust[1])))
    return Confidence(known, temperature, trust, _bars(names[own.argmax(axis=1)], scores, right))


def _bars(answers: Any, scores: Any, right: Any) -> dict[str, tuple[float, ...]]:
    """For each intent the lowest confidence from which on at most each of `ERRORS` of its answers are wrong."""
    import numpy as np

    order = np.argsort(-scores, kind="stable")
    answers, scores, wrong = answers[order], scores[order], ~right[order]
    of_all = np.cumsum(wrong) / np.arange(1, len(wrong) + 1)
    found = {}
    for intent in np.unique(answers):
        mine = answers == intent
        share = (np.cumsum(wrong[mine]) + LIKE_ALL * of_all[mine]) / (np.arange(1, mine.sum() + 1) + LIKE_ALL)
        kept = [scores[mine][share <= errors] for errors in ERRORS]
        found[str(intent)] = tuple(round(float(one[-1]), 3) if len(one) else 1.0 for one in kept)
    return found


def _trust(odds: Any, right: Any, weights: Any) -> tuple[float, float]:
    if right.all() or not right.any():  # too few sentences to say how often it errs
        return 1.0, 0.0
    (slope,), offset = _logistic(odds.reshape(-1, 1), right, weights)
    return slope, offset


def _logistic(columns: Any, truth: Any, weights: Any) -> tuple[tuple[float, ...], float]:
    """Slopes and offset of the logistic curve."""
    from sklearn.linear_model import LogisticRegression

    curve = LogisticRegression(C=10.0).fit(columns, truth, sample_weight=weights)
    return tuple(round(float(slope), 4) for slope in curve.coef_[0]), round(float(curve.intercept_[0]), 4)


def _temperature(own: Any, truth: Any) -> float:
    """The temperature with the lowest log loss among intents of ours."""
    import numpy as np

    def loss(temperature: float) -> float:
        scaled = own / temperature
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        likelihood = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return float(-likelihood[np.arange(len(truth)), truth].mean())

    return min(TEMPERATURES, key=loss)
