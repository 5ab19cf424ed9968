"""What is wrong in the words of one-things: their catalogue and the sentences to train on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from core.content import files, read
from core.errors import ContentError
from forms.lint import Problem
from forms.lint.gaps import gaps_in
from forms.lint.parameters import everywhere, in_catalogue
from intents.catalogue import Catalogue, CatalogueWrong
from nlu.training_data import load_examples

FEWEST = 20
"""Sentences without which nobody would be understood."""


def check_spoken(folders: list[Path]) -> Iterator[Problem]:
    """Mistakes of the catalogue, gaps in its words, and one-things that nobody could ask for. Each folder holds
    ``catalogue/`` and ``utterances/`` and stands beside ``forms/``, whose parameters the words may name; a later
    one hides what an earlier one says."""
    try:
        catalogue = Catalogue.load(folders)
        asked = load_examples([folder / "utterances" for folder in folders]).by_intent
    except CatalogueWrong as found:
        yield from (_problem(one) for one in found.problems)
        return
    except ContentError as found:
        yield _problem(found)
        return
    values = everywhere([folder.parent / "forms" for folder in folders])
    for path, root in files(folders, "catalogue/*.yaml"):
        source = read(path, root.parent)
        yield from gaps_in(source)
        yield from in_catalogue(source, values)
    for code, entry in catalogue.entries.items():
        if len(asked.get(code, ())) < FEWEST:
            yield Problem(f"intents/utterances/{code}.yml", 1, f"nobody says how people ask for {entry.title}",
                          f"write at least {FEWEST} sentences")


def _problem(found: ContentError) -> Problem:
    return Problem(found.file, found.line, found.wrong, found.write)
