"""`.ci/run` says what is missing before it begins, and installs it where it may."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

RUN = Path(__file__).parents[2] / ".ci" / "run"


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """Programs of a machine that has a browser and no Node."""
    for name in ("dirname", "bash", "sh", "cat"):
        (tmp_path / name).symlink_to(str(shutil.which(name)))
    given(tmp_path, "chromium", "exit 0")
    given(tmp_path, "id", "echo 1000")
    given(tmp_path, "make", "echo the checks begin; exit 7")
    return tmp_path


def given(machine: Path, name: str, does: str) -> None:
    (machine / name).write_text(f"#!{machine}/bash\n{does}\n")
    (machine / name).chmod(0o755)


def run(machine: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(machine / "bash"), str(RUN)], env={**os.environ, "PATH": str(machine)},
                          capture_output=True, text=True, timeout=120, check=False)


def test_without_node_it_stops_and_says_what_to_install(bare: Path) -> None:
    done = run(bare)
    assert done.returncode == 1
    assert "Node and npm are missing" in done.stderr
    assert "apt-get install nodejs npm" in done.stderr
    assert "begin" not in done.stdout


def test_where_it_may_it_installs_node_and_only_what_is_missing(bare: Path) -> None:
    given(bare, "id", "echo 0")
    given(bare, "apt-get", f'echo "$@" >> {bare}/asked')
    assert run(bare).returncode == 1, "it believes what it finds, not what was promised"
    asked = (bare / "asked").read_text().splitlines()
    assert asked[0].startswith("update")
    assert asked[1].endswith("nodejs npm")
    assert "chromium" not in asked[1]
