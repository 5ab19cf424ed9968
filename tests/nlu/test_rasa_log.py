"""What the Rasa server of `make rasa` may print: places in the program, and never a word of a message."""

from __future__ import annotations

import logging
import os
import runpy
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

SERVER = Path(__file__).parents[2] / "deploy" / "rasa" / "server.py"
MARKER, TOKEN = "标记句甲乙丙丁", "a-token-nobody-may-read"


@pytest.fixture(scope="module")
def server() -> dict[str, Any]:
    """The module, without Rasa: it wants that only to serve."""
    with patch.dict(os.environ):
        return runpy.run_path(str(SERVER))


@pytest.fixture
def lines(server: dict[str, Any]) -> list[str]:
    """What comes out when records are made as the server makes them."""
    return []


@pytest.fixture
def log(server: dict[str, Any], lines: list[str], monkeypatch: pytest.MonkeyPatch) -> logging.Logger:
    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    before = logging.getLogRecordFactory()
    monkeypatch.setattr(logging, "_logRecordFactory", before)  # put back afterwards
    logging.setLogRecordFactory(server["quiet_record"])
    made = logging.Logger("rasa.core.processor", logging.DEBUG)
    made.addHandler(Kept())
    return made


def failing() -> None:
    raise ValueError(f"cannot read {MARKER} of {TOKEN}")


Said = Callable[[logging.Logger], None]
SAID: dict[str, Said] = {
    "message": lambda log: log.warning(f"Received {MARKER} with token={TOKEN}"),
    "arguments": lambda log: log.error("Received %s with %s", MARKER, TOKEN),
    "named arguments": lambda log: log.error("Received %(text)s", {"text": MARKER + TOKEN}),
    "extra": lambda log: log.critical("x", extra={"text": MARKER}),
    "wrong arguments": lambda log: log.info("%d %d", MARKER),
    "stack": lambda log: log.error(MARKER, stack_info=True),
}


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_a_line_is_a_place_and_no_words(log: logging.Logger, lines: list[str], said: Said) -> None:
    said(log)
    assert len(lines) == 1
    assert lines[0].startswith("rasa.core.processor:")
    assert MARKER not in lines[0]
    assert TOKEN not in lines[0]


def test_an_error_is_its_kind_and_not_its_message(log: logging.Logger, lines: list[str]) -> None:
    try:
        failing()
    except ValueError:
        log.exception(f"it failed at {MARKER}")
    assert len(lines) == 1
    assert lines[0].endswith(" ValueError")
    for secret in (MARKER, TOKEN, "Traceback"):
        assert secret not in lines[0]


def test_a_warning_says_nothing(server: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = server["nothing"]
        warnings.warn(MARKER, UserWarning, stacklevel=1)
    assert capsys.readouterr() == ("", "")


def test_what_libraries_may_print_is_settled_before_they_are_loaded() -> None:
    with patch.dict(os.environ, clear=True):
        runpy.run_path(str(SERVER))
        settled = {name: os.environ[name] for name in ("LOG_LEVEL", "LOG_LEVEL_LIBRARIES", "RASA_TELEMETRY_ENABLED")}
    assert settled == {"LOG_LEVEL": "WARNING", "LOG_LEVEL_LIBRARIES": "WARNING", "RASA_TELEMETRY_ENABLED": "false"}
    assert "rasa" not in sys.modules
