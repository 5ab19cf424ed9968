"""Fixtures of what runs outside of the test's own process: the town of the journeys on real servers."""

from tests.journeys.conftest import empty_file, patience, quiet_town, swift

__all__ = ["empty_file", "patience", "quiet_town", "swift"]
