"""The wheel holds the program with its content, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = {"bot", "console", "cases", "forms", "intents", "nlu", "integrations", "core"}


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The files of a wheel built from this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, check=True, capture_output=True, timeout=120,
    )
    return set(zipfile.ZipFile(next(folder.glob("*.whl"))).namelist())


def test_only_our_packages_are_inside(names: set[str]) -> None:
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == PACKAGES


@pytest.mark.parametrize("suffix", [".py", ".yaml", ".yml", ".html", ".css", ".js", ".json", ".svg"])
def test_every_tracked_file_of_a_package_is_inside(names: set[str], suffix: str) -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    wanted = {name for name in tracked if name.split("/")[0] in PACKAGES and name.endswith(suffix)}
    assert wanted
    assert wanted <= names


def test_nothing_that_was_made_on_the_way_is_inside(names: set[str]) -> None:
    assert [name for name in names if "__pycache__" in name or name.endswith((".db", ".pyc", ".env"))] == []
