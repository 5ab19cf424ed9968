"""Logging: structured, masked, to standard error."""

from __future__ import annotations

import logging
import sys

import structlog

from core.masking import mask_log, mask_text


class _Masked(logging.Formatter):
    """For lines of libraries, which know nothing of masking: whole, with their tracebacks."""

    def format(self, record: logging.LogRecord) -> str:
        return mask_text(super().format(record))


def set_up_logging(level: str = "INFO", json: bool = False) -> None:
    """Configure structlog for the process; called once at start."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Masked("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False) if json else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            mask_log,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # as it is when a line is written
        cache_logger_on_first_use=False,
    )
