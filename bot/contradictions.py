"""The report of contradictions: all content gathered, each trap looked for, one HTML and one JSON file written."""

from __future__ import annotations

import json
from pathlib import Path

import jinja2

from bot.web.routes.pages import PAGES
from core.clock import today
from core.content import files, read
from core.errors import ContentError
from forms.bank import Bank
from forms.lint.tree import Place, Problem, Tree
from forms.traps import Judged, Matter, Spoken, accepted, judged, report

FORMS = ("elements", "code_sets", "materials", "items", "definitions", "parameters")
"""Folders of forms content that are looked through; examples and their people are invented anyway."""


def contradictions(forms: list[Path], intents: list[Path], problems: list[Problem]) -> Judged:
    """Look for every trap in these folders, and set apart what may stand. ``problems`` are the mistakes the check has
    found in them already."""
    bank, _ = Bank.read(forms)
    places = [place for folder in FORMS for place in _places(forms, f"{folder}/*.yaml")]
    entries = _places(intents, "catalogue/*.yaml")
    spoken = {str(at.source.data.get("form", "")): Spoken(at.source.data, at) for at in entries}
    matter = Matter(Tree.load(forms), bank, spoken, problems, today(), [*places, *entries])
    return judged(report(matter), accepted())


def write(made: Judged, folder: Path) -> tuple[Path, Path]:
    """``contradictions.html`` and ``contradictions.json`` in a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    page, data = folder / "contradictions.html", folder / "contradictions.json"
    pages = jinja2.Environment(loader=jinja2.FileSystemLoader(PAGES), autoescape=True, trim_blocks=True,
                               lstrip_blocks=True, undefined=jinja2.StrictUndefined)
    told = made.as_data()
    page.write_text(pages.get_template("contradictions.html").render(report=told, day=today()), "utf-8")
    data.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return page, data


def _places(folders: list[Path], pattern: str) -> list[Place]:
    found = []
    for path, root in files(folders, pattern):
        try:
            found.append(Place(read(path, root.parent)))
        except ContentError:  # the check tells of it
            continue
    return found
