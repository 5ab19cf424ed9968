"""Sentences written for measuring alone: nothing here is ever trained on.

`inside.tsv` asks for one of the first twenty one-things in fourteen styles, `outside.tsv` for what is none of ours,
`two.tsv` for two at once, `ambiguous.tsv` for what could be several. Columns: id, text, labels (`+` between matters
that are both asked for, `|` between ones that are equally right), style.

`later/`, `latest/` and `blind/` hold the same four, of all one-things, each written when those before had been looked
at often; of `blind/` what was read wrong has never been looked at, only counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
SETS = {"first": FOLDER, "later": FOLDER / "later", "latest": FOLDER / "latest", "blind": FOLDER / "blind"}
OUT = "out_of_scope."


@dataclass(frozen=True)
class Sentence:
    """One line of a file."""

    id: str
    text: str
    labels: tuple[str, ...]
    style: str

    @property
    def outside(self) -> bool:
        """Whether it is none of our one-things."""
        return self.labels[0].startswith(OUT)


def sentences(name: str, folder: Path = FOLDER) -> list[Sentence]:
    """The sentences of ``inside``, ``outside``, ``two`` or ``ambiguous``."""
    rows = [line.split("\t") for line in (folder / f"{name}.tsv").read_text("utf-8").splitlines()[1:]]
    return [Sentence(id_, text, tuple(labels.replace("|", "+").split("+")), style) for id_, text, labels, style in rows]
