"""Node with the packages of the mini-program's checks."""

from __future__ import annotations

import shutil

import pytest

from tests.miniprogram.test_tree import modules


@pytest.fixture(scope="module")
def node() -> str:
    """Where Node is, with the packages of the checks: `make miniprogram` installs them."""
    found = shutil.which("node")
    if found is None:
        pytest.skip("node is not installed: the mini-program's own checks did not run")
    if not any((one / "miniprogram-simulate").is_dir() for one in modules()):
        pytest.skip("run `make miniprogram` once to install the Node packages of these checks")
    for one in modules():  # npm leaves the official compilers without the right to run
        for program in (one / "miniprogram-compiler/bin/linux").glob("wc*"):
            program.chmod(0o755)
    return found
