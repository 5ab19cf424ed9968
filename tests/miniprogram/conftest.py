"""Node for the mini-program's checks."""

from __future__ import annotations

import pytest

from tests.miniprogram.packages import node_with_packages


@pytest.fixture(scope="session")
def node(pytestconfig: pytest.Config) -> str:
    """Where Node is, with the packages of the checks."""
    return node_with_packages(pytestconfig)
