"""The Node packages of the mini-program's checks: installed once for their pins, by whichever test needs them first."""

from __future__ import annotations

import fcntl
import shutil
import subprocess

import pytest

from tests.miniprogram.test_tree import HERE, modules


def node_with_packages(config: pytest.Config) -> str:
    """Where Node is. Skips, with the reason, where Node is not installed or the packages cannot be."""
    found = shutil.which("node")
    if found is None:
        pytest.skip("node is not installed: the mini-program's own checks did not run")
    assert config.cache is not None
    with (config.cache.mkdir("miniprogram") / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not any((one / "miniprogram-simulate").is_dir() for one in modules()) and (wrong := _install()):
            pytest.skip(f"the Node packages of these checks could not be installed: {wrong}")
    for one in modules():  # npm leaves the official compilers without the right to run
        for program in (one / "miniprogram-compiler/bin/linux").glob("wc*"):
            program.chmod(0o755)
    return found


def _install() -> str:
    """What npm says of why it could not; empty when it could."""
    if shutil.which("npm") is None:
        return "npm is not installed"
    done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=HERE,
                          capture_output=True, text=True, timeout=400, check=False)
    return done.stderr.strip()[-300:] or str(done.returncode) if done.returncode else ""
