"""Nothing personal leaves through a log, whichever library writes the line."""

import logging

import pytest
import structlog

from core.logs import set_up_logging


@pytest.mark.parametrize("json", [True, False])
def test_lines_of_every_library_are_masked(capsys: pytest.CaptureFixture[str], json: bool) -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        root.handlers[:] = []
        set_up_logging("INFO", json)
        try:
            raise ValueError("330106199307120316 13800000102")
        except ValueError:
            logging.getLogger("aiohttp.server").exception("Error handling request 330106199307120316")
            structlog.get_logger().exception("crashed", about={"id": "330106199307120316"}, of=["13800000102"])
    finally:
        root.handlers[:] = before
        root.setLevel(level)
        structlog.reset_defaults()
    said = capsys.readouterr().err
    assert "Error handling request 330***********0316" in said
    assert "ValueError" in said
    assert "330106199307120316" not in said
    assert "13800000102" not in said
