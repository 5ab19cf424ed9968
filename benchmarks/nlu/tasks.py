"""What is read in: our own sentences in folds, and public sets that stand in a folder beside the project.

A label `OUTSIDE` is what should be refused. Data never enters the project; docs/how-to/measure-understanding.md says
where each set is from and under which licence.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.nlu.golden.sentences import sentences
from nlu.training_data import Examples, load_examples

Pairs = list[tuple[str, str]]
UTTERANCES = Path(__file__).parents[2] / "intents" / "utterances"
OUTSIDE = "OUTSIDE"
OUT = "out_of_scope."
FOLDS, SEED = 5, 11
ASIDE = ("general_quirky", "general_joke", "general_greet", "qa_factoid", "qa_definition")
"""Intents of MASSIVE that no list of services holds: what should be refused in its out-of-scope view."""


@dataclass(frozen=True)
class Task:
    """Sentences to learn from and sentences to read; ``tune`` is for choosing a threshold, where the protocol asks."""

    name: str
    train: Pairs
    test: Pairs
    tune: Pairs
    language: str = "zh"

    @property
    def texts(self) -> list[str]:
        """Everything that is read after training, the test first."""
        return [text for text, _ in (*self.test, *self.tune)]


def own(folder: Path = UTTERANCES) -> Iterator[Task]:
    """Each fifth of our own sentences, read by a model of the other four."""
    parts: dict[str, list[tuple[int, str]]] = {}
    dealer = random.Random(SEED)  # dealing, not secrecy
    for intent, texts in load_examples([folder]).by_intent.items():
        shuffled = list(texts)
        dealer.shuffle(shuffled)
        parts[intent] = [(number % FOLDS, text) for number, text in enumerate(shuffled)]
    for fold in range(FOLDS):
        yield Task(
            f"own {fold + 1}",
            [(text, intent) for intent, rows in parts.items() for part, text in rows if part != fold],
            [(text, truth(intent)) for intent, rows in parts.items() for part, text in rows if part == fold],
            [],
        )


def golden(folder: Path = UTTERANCES) -> Iterator[Task]:
    """The sentences that were written for measuring alone, read by models of few and of all of our own."""
    ours = [(one.text, one.labels[0]) for one in sentences("inside")]
    beyond = [(one.text, OUTSIDE) for one in sentences("outside")]
    taught = load_examples([folder]).pairs()
    for count in (10, 20):
        yield Task(f"golden {count}", few(taught, count), ours + beyond, [])
    yield Task("golden", taught, ours + beyond, [])


def truth(intent: str) -> str:
    """The label that counts: all kinds of out of scope are one."""
    return OUTSIDE if intent.startswith(OUT) else intent


def massive(folder: Path) -> Iterator[Task]:
    """MASSIVE zh-CN: few examples a class with five intents left outside, and all of it with none outside."""
    rows = {part: _massive(folder / "massive_zh_cn" / f"massive_zh-CN_{part}.csv") for part in ("train", "test")}
    test = [(text, OUTSIDE if label in ASIDE else label) for text, label in rows["test"]]
    inside = [pair for pair in rows["train"] if pair[1] not in ASIDE]
    for count in (10, 20, 50):
        yield Task(f"massive {count}", few(inside, count), test, [])
    yield Task("massive full", rows["train"], rows["test"], [])


def _massive(file: Path) -> Pairs:
    with file.open(encoding="utf-8", newline="") as lines:
        return [(row["text"], row["label_text"]) for row in csv.DictReader(lines)]


def smp(folder: Path) -> Iterator[Task]:
    """SMP2017-ECDT task 1: 30 classes, and chat as what should be refused."""
    view = folder / "smp2017" / "oos_view"
    train, test = _tsv(view / "train.tsv"), [(t, OUTSIDE if c == "OOS" else c) for t, c in _tsv(view / "test.tsv")]
    for count in (10, 20):
        yield Task(f"smp {count}", few(train, count), test, [])
    yield Task("smp full", train, test, [])


def _tsv(file: Path) -> Pairs:
    rows = (line.rsplit("\t", 1) for line in file.read_text("utf-8").splitlines() if "\t" in line)
    return [(text, label) for text, label in rows]


def clinc(folder: Path) -> Iterator[Task]:
    """CLINC150 by the paper's protocols: the threshold picked on validation, without and with outside examples."""
    data = json.loads((folder / "clinc150_en" / "data_full.json").read_text("utf-8"))
    outside = {part: [(text, OUTSIDE) for text, _ in data[f"oos_{part}"]] for part in ("val", "test")}
    rows = {part: [(text, label) for text, label in data[part]] for part in ("train", "val", "test")}
    test, tune = rows["test"] + outside["test"], rows["val"] + outside["val"]
    yield Task("clinc", rows["train"], test, tune, "en")
    taught = [(text, f"{OUT}other") for text, _ in data["oos_train"]]
    yield Task("clinc outside", rows["train"] + taught, test, tune, "en")


def few(pairs: Iterable[tuple[str, str]], count: int) -> Pairs:
    """At most ``count`` sentences of each label, dealt once with a fixed seed."""
    by_label: dict[str, list[str]] = {}
    for text, label in pairs:
        by_label.setdefault(label, []).append(text)
    dealer = random.Random(SEED)
    return [
        (text, label) for label, texts in sorted(by_label.items())
        for text in dealer.sample(texts, min(count, len(texts)))
    ]


def examples(pairs: Pairs) -> Examples:
    """The same sentences, as engines are trained on them."""
    found: dict[str, list[str]] = {}
    for text, label in pairs:
        found.setdefault(label, []).append(text)
    return Examples({label: tuple(dict.fromkeys(texts)) for label, texts in sorted(found.items())})
