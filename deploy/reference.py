"""Writes the generated parts of docs/reference/ from the code: `python -m deploy.reference`.

A page holds hand-written text and parts between ``<!-- generated: NAME -->`` and ``<!-- end -->``; settings.md is
generated whole. `tests/house/test_docs.py` fails when a part is not what the code says now.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bot.cli.settings import reference as settings_page
from bot.schemas import NAMES, schemas
from deploy.reference_catalogue import catalogue_table, depth_table, goals_table
from deploy.reference_code import errors_table, lifecycle_diagram, lifecycle_table, pages_table, routes_table
from deploy.reference_content import checks_table, functions_table, kind_table, traps_table

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
PART = re.compile(r"(<!-- generated: ([a-zA-Z_.]+) -->\n).*?(<!-- end -->)", re.DOTALL)

PARTS: dict[str, Callable[[], str]] = {
    "errors": errors_table,
    "api": routes_table,
    "pages": lambda: pages_table(console=False),
    "console": lambda: pages_table(console=True),
    "case_moves": lambda: lifecycle_table("case"),
    "leg_moves": lambda: lifecycle_table("leg"),
    "case_diagram": lambda: lifecycle_diagram("case"),
    "leg_diagram": lambda: lifecycle_diagram("leg"),
    "functions": functions_table,
    "checks": checks_table,
    "traps": traps_table,
    "catalogue": catalogue_table,
    "goals": goals_table,
    "depth": depth_table,
}
"""Name of a part to what makes it; ``kind.<Class>`` is the table of one shape of content."""


def made(name: str) -> str:
    """The text of one part."""
    return kind_table(name.removeprefix("kind.")) if name.startswith("kind.") else PARTS[name]()


def filled(page: str) -> str:
    """A page with every generated part made anew."""
    return PART.sub(lambda found: f"{found[1]}\n{made(found[2])}\n{found[3]}", page)


def fresh() -> dict[Path, Callable[[], str]]:
    """Every reference page to what makes it as it should be."""
    pages = {path: partial(_anew, path) for path in sorted(FOLDER.glob("*.md"))}
    made_whole = {FOLDER / "schemas" / name: partial(_schema, name) for name in NAMES}
    return pages | {FOLDER / "settings.md": settings_page} | made_whole


def _anew(page: Path) -> str:
    return filled(page.read_text("utf-8"))


def _schema(name: str) -> str:
    return schemas()[name]


def main() -> None:
    """Write the pages."""
    for path, make in fresh().items():
        text = make()
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
