"""Accepted labels into the files of sentences, which stay the book of record. Never anything personal."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tortoise.transactions import in_transaction

from core import audit
from core.clock import now
from intents.data_checks import Known, Sentence, check
from intents.heard import key_of
from intents.labels import OUT, accepted_labels
from intents.models import Label
from intents.phrase_files import added, one_line
from intents.sentences import LABELS, file_of, golden_sentences
from intents.training.golden import By
from nlu.training_data import load_examples

Left = Literal["personal", "golden", "elsewhere", "nobody", "empty", "long"]
"""Why a label stays out: it looks personal · it is a golden sentence · it stands in another intent · there is no such
one-thing any more · there are no words in it · it is too long."""


@dataclass
class Exported:
    """What was written, by file name, and what was left out with the reason."""

    written: dict[str, list[Label]] = field(default_factory=dict)
    known: list[Label] = field(default_factory=list)
    """Already in the files; only marked."""
    left: list[tuple[Label, Left]] = field(default_factory=list)
    in_force: bool = True
    """Whether all that was written stands in the files in force; if not, the labels go on counting as such."""

    @property
    def done(self) -> list[Label]:
        """The labels that stand in the files now."""
        return [*(label for labels in self.written.values() for label in labels), *self.known]


async def export(
    folders: Sequence[Path], target: Path, codes: Collection[str], by: By, *, dry: bool = False
) -> Exported:
    """Write every accepted label that is in no file yet. Raises `intents.phrase_files.CannotAdd`, `OSError`.

    ``folders`` hold the files in force, later ones laid over earlier ones; ``target`` is the folder that is written to,
    and what stands there already is kept. ``codes`` are the one-things there are. Marked as exported is what stands in
    the files in force afterwards: what was written elsewhere counts as a label until those files are in force. With
    ``dry`` nothing is written or marked.
    """
    labels = await accepted_labels()
    read = [*folders] if target in folders else [*folders, target]
    plan = await asyncio.to_thread(_sorted_out, labels, read, codes, await golden_sentences())
    if dry:
        return plan
    await asyncio.to_thread(_write, plan, read, target)
    stands = await asyncio.to_thread(_standing, folders)
    marked = [label for label in plan.done if (key_of(label.text), label.intent) in stands]
    plan.in_force = len(marked) == len(plan.done)
    async with in_transaction():
        await Label.filter(id__in=[label.id for label in marked]).update(exported_at=now())
        if plan.done:
            count = {name: len(found) for name, found in plan.written.items()}
            await audit.record(by.actor, "understanding.exported", "labels",
                               details={**count, "in_force": plan.in_force})
    return plan


def _standing(folders: Sequence[Path]) -> set[tuple[str, str]]:
    return {(key_of(text), intent) for text, intent in load_examples(list(folders)).pairs()}


def _sorted_out(
    labels: Sequence[Label], folders: Sequence[Path], codes: Collection[str], golden: list[Sentence]
) -> Exported:
    filed = [Sentence(text, intent, file_of(intent)) for text, intent in load_examples(list(folders)).pairs()]
    known, plan = Known(filed, golden), Exported()
    for label in labels:
        if label.exported_at and label.text in known:
            continue  # what the files say of it now is their word
        kinds = {remark.kind for remark in check(label.text, label.intent, known)}
        wrong: list[Left] = [why for why in _STOPS if why in kinds]
        if not label.intent.startswith(OUT) and label.intent not in codes:
            wrong.insert(0, "nobody")
        if wrong:
            plan.left.append((label, wrong[0]))
        elif label.exported_at and "same_near" in kinds:
            continue  # somebody worded it better in the file
        elif "known" in kinds:
            plan.known.append(label)
        else:
            plan.written.setdefault(file_of(label.intent).rpartition("/")[2], []).append(label)
            known.add(Sentence(label.text, label.intent, LABELS))
    return plan


_STOPS: tuple[Left, ...] = ("personal", "golden", "elsewhere", "empty", "long")


def _write(plan: Exported, folders: Sequence[Path], target: Path) -> None:
    """All files are made before the first is written; each is written whole or not at all."""
    made: dict[Path, str] = {}
    for name, labels in sorted(plan.written.items()):
        places = [folder / name for folder in folders if (folder / name).is_file()]
        new: dict[str, list[str]] = {}
        for label in labels:
            new.setdefault(label.intent, []).append(one_line(label.text))
        made[target / name] = added(places[-1].read_text("utf-8") if places else "", name, new)
    target.mkdir(parents=True, exist_ok=True)
    for path, text in made.items():
        part = path.with_name(f".{path.name}.part")
        part.write_text(text, "utf-8")
        part.replace(path)
