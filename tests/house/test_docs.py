"""The documentation is true: what it lists is what the code has, what it names exists, and its links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from aiohttp import web
from ruamel.yaml import YAML

from bot.app import APIS
from bot.cli.main import COMMANDS
from bot.jobs import add_handlers
from bot.schemas import NAMES, schemas
from bot.web.routes.pages import add_pages
from console.app import ROUTES
from console.desk import ROOT as CONSOLE
from core.jobs import Jobs
from core.settings import Settings
from deploy.reference import FOLDER, PART, fresh
from deploy.reference_code import errors

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])
FRESH = fresh()
PICTURES = {f"docs/pictures/{name}.png" for name in ("chat", "form", "console", "mini-program")}
MADE_BY_RUNNING = {ROOT / picture for picture in PICTURES} | {FOLDER / "performance.md", FOLDER / "understanding.md"}
BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^\1```", re.DOTALL | re.MULTILINE)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def text_of(page: Path) -> str:
    return page.read_text("utf-8")


def test_every_schema_has_its_page() -> None:
    assert set(NAMES) == set(schemas())


@pytest.mark.parametrize("page", sorted(FRESH), ids=named)
def test_a_generated_page_is_what_the_code_says(page: Path) -> None:
    assert text_of(page) == FRESH[page](), "run `make docs`"


def test_each_decision_has_a_number_of_its_own() -> None:
    files = sorted((DOCS / "decisions").glob("*.md"))
    assert [path.name[:4] for path in files] == [f"{number:04}" for number in range(1, len(files) + 1)]
    assert [path.name for path in files if not path.read_text("utf-8").startswith(f"# {path.name[:4]} ")] == []


def test_every_setting_is_documented_and_no_other() -> None:
    listed = set(re.findall(r"^\| `(YJS_[A-Z_]+)`", text_of(FOLDER / "settings.md"), re.MULTILINE))
    assert listed == {f"YJS_{name.upper()}" for name in Settings.model_fields}


def test_every_route_is_documented() -> None:
    app = web.Application()
    for api in APIS:
        api.add_to(app)
    add_pages(app)
    routes = {(route.method, route.resource.canonical) for route in app.router.routes() if route.resource}
    page = text_of(FOLDER / "routes.md")
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    missing = [
        (method, path) for method, path in sorted(routes)
        if method != "HEAD" and not any(f"| {method} |" in row and f"`{path}`" in row for row in rows)
    ]
    assert missing == []


def test_every_page_of_the_console_is_documented() -> None:
    page = text_of(FOLDER / "routes.md")
    declared = [cast(web.RouteDef, route) for module in ROUTES for route in module.routes]
    assert [one for one in declared if f"| {one.method} | `{CONSOLE}{one.path}` |" not in page] == []


def test_every_error_has_its_line_and_a_meaning_of_its_own() -> None:
    page = text_of(FOLDER / "errors.md")
    for kind in errors():
        assert f"| `{kind.code}` | {kind.status} |" in page
        assert kind.__doc__, f"{kind.__name__} does not say what it means"


def test_every_job_is_documented_and_no_other() -> None:
    house: Any = SimpleNamespace(jobs=Jobs())
    add_handlers(house)
    listed = set(re.findall(r"^\| `([a-z_]+)`", text_of(FOLDER / "jobs.md"), re.MULTILINE))
    assert listed == house.jobs.names


def test_every_generated_part_is_closed() -> None:
    for page in FOLDER.glob("*.md"):
        assert len(PART.findall(text_of(page))) == text_of(page).count("<!-- generated:")


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    prose = BLOCK.sub("", text_of(page))
    broken = [link for link in re.findall(r"\]\(([^)\s]+)\)", prose) if not _leads(page, link)]
    assert broken == []


def _leads(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if target in MADE_BY_RUNNING:
        return True
    return target.exists() and (not anchor or anchor in _anchors(target))


def _anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", BLOCK.sub("", text_of(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_the_readmes_show_the_pictures() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        assert set(re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text_of(ROOT / name))) == PICTURES


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_commands_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    said = text_of(page)
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", said, re.MULTILINE)) <= targets
    assert set(re.findall(r"(?:^|[`/])yijianshi ([a-z-]+)", said, re.MULTILINE)) <= COMMANDS.keys()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_settings_and_files_that_are_named_exist(page: Path) -> None:
    said = text_of(page)
    known = {f"YJS_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"YJS_[A-Z]+(?:_[A-Z]+)*", said)) <= known
    files = re.findall(r"`((?:[a-z_]+/)+[\w.-]+\.(?:py|yaml|yml|js|html|toml))`", said)
    assert [file for file in files if not (ROOT / file).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_snippets_of_content_are_yaml(page: Path) -> None:
    for indent, language, block in BLOCK.findall(text_of(page)):
        if language == "yaml" and "[...]" not in block:
            YAML(typ="safe").load("\n".join(line.removeprefix(indent) for line in block.splitlines()))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_the_project_speaks_of_itself_alone(page: Path) -> None:
    workplace = ["/" + "work" + "/", "../" + "shared", "yj" + "/CONTRACT", "py" + "pi.", "#" + "issue"]
    assert [word for word in workplace if word in text_of(page)] == []


def test_the_licence_is_the_one_that_is_declared() -> None:
    licence = text_of(ROOT / "LICENSE")
    assert "Apache License" in licence
    assert "APPENDIX: How to apply" in licence
    assert 'license = "Apache-2.0"' in text_of(ROOT / "pyproject.toml")
    assert YAML(typ="safe").load(text_of(ROOT / "publiccode.yml"))["legal"]["license"] == "Apache-2.0"
