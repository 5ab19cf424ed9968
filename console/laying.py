"""A proposed text laid over what is published, in a temporary folder: what the check says, and what it changes."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from console.spoken import check_spoken
from forms.bank import Bank
from forms.content.shelf import ContentErrors
from forms.lint import Problem, check_content
from forms.merging.planning import build
from forms.walking.every import walk_apart


@dataclass(frozen=True)
class Judged:
    """What the check finds with a proposal in place, and (kind, titles gone, titles new) for what it changes."""

    problems: tuple[Problem, ...]
    changes: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]


@dataclass(frozen=True)
class DiffRow:
    """A line of a difference: sign ``+``, ``-``, blank, or ``@`` where lines were left out."""

    sign: str
    old: int | None
    new: int | None
    text: str


def judge(
    forms: list[Path], intents: list[Path], code: str, name: str, text: str, walked: Collection[str] = ()
) -> Judged:
    """Check a text under its name, laid over these folders, as ``yijianshi check`` does, and compare the plans of a
    one-thing. Where nothing else is wrong the worked examples of the ``walked`` ones are walked. Takes seconds."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / name
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
        if name.startswith("intents/"):
            return Judged(tuple(_spoken([*intents, Path(place) / "intents"], name)), ())
        over = [*forms, Path(place) / "forms"]
        found = check_content(over) or (walk_apart(over, walked) if walked else [])
        return Judged(tuple(found), tuple(_changes(_parts(forms, code), _parts(over, code))))


def _spoken(folders: list[Path], name: str) -> Iterator[Problem]:
    """What is wrong in the words with this file in place. Sentences are named by their own folder alone."""
    part, short = name.rpartition("/")[0], name.rpartition("/")[2]
    for one in check_spoken(folders):
        yield replace(one, file=f"{part}/{short}") if one.file == short else one


def _parts(folders: list[Path], code: str) -> dict[str, list[str]] | None:
    """Titles of the items, questions, fields and materials of a one-thing; None when it cannot be planned."""
    bank, _ = Bank.read(folders)
    try:
        plan = build(bank, code)
    except (ContentErrors, KeyError):
        return None
    needed = [need for planned in plan.items for need in planned.needs]
    subjects = plan.definition.subjects
    return {
        "items": [planned.item.title for planned in plan.items],
        "situations": [one.question for one in plan.definition.situations],
        "fields": [f"{subjects[need.subject].title} · {need.element.title}" for need in needed],
        "materials": [one.material.title for planned in plan.items for one in planned.materials],
    }


def _changes(
    before: dict[str, list[str]] | None, after: dict[str, list[str]] | None
) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    for kind in before if before and after else ():
        old, new = dict.fromkeys((before or {})[kind]), dict.fromkeys((after or {})[kind])
        gone, come = tuple(one for one in old if one not in new), tuple(one for one in new if one not in old)
        if gone or come:
            yield kind, gone, come


def difference(old: str, new: str) -> tuple[DiffRow, ...]:
    """What changed, line by line, with three lines around each change."""
    was, now = old.splitlines(), new.splitlines()
    rows: list[DiffRow] = []
    for group in SequenceMatcher(None, was, now, autojunk=False).get_grouped_opcodes(3):
        rows.append(DiffRow("@", None, None, str(group[0][3] + 1)))
        for word, a, b, c, d in group:
            if word == "equal":
                rows += [DiffRow(" ", a + n + 1, c + n + 1, was[a + n]) for n in range(b - a)]
                continue
            rows += [DiffRow("-", n + 1, None, was[n]) for n in range(a, b)]
            rows += [DiffRow("+", None, n + 1, now[n]) for n in range(c, d)]
    return tuple(rows)
