"""``python -m integrations.platforms.demo``: the demo province as a process of its own."""

from __future__ import annotations

import argparse
import asyncio
import os
import sqlite3
import sys
from pathlib import Path

from core.errors import YijianshiError
from core.logs import set_up_logging
from integrations.demo_server import serve
from integrations.platforms.demo.server import make_app


def main() -> int:
    """Read the options and serve until a signal. Secrets may come from the environment instead, unseen by ``ps``."""
    options = _options()
    set_up_logging(options.log_level)
    options.data.parent.mkdir(parents=True, exist_ok=True)
    try:
        app = make_app(
            options.data, options.secret, options.callback_key, options.speed, live=not options.manual,
            caller=options.caller,
        )
        asyncio.run(serve(app, options.host, options.port, _say))
    except YijianshiError as problem:
        sys.stderr.write(f"{problem.message}\n")
        return 1
    except sqlite3.Error as problem:
        sys.stderr.write(f"{options.data} cannot be used as the province's database: {problem}\n")
        return 1
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m integrations.platforms.demo", description="The demo province.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8002, help="0 lets the system choose; the address is printed")
    parser.add_argument("--data", type=Path, default=Path("var/province.db"), help="database file")
    parser.add_argument("--secret", default=os.environ.get("YJS_PLATFORM_SECRET", ""))
    parser.add_argument("--callback-key", default=os.environ.get("YJS_PLATFORM_CALLBACK_KEY", ""))
    parser.add_argument("--caller", default="yijianshi")
    parser.add_argument("--speed", type=float, default=600.0, help="how many times faster than real offices work")
    parser.add_argument("--manual", action="store_true", help="time moves only when POST /_tick says so")
    parser.add_argument("--log-level", default="INFO")
    options = parser.parse_args()
    if not options.secret or not options.callback_key:
        parser.error("--secret and --callback-key (or YJS_PLATFORM_SECRET, YJS_PLATFORM_CALLBACK_KEY) are needed")
    return options


def _say(url: str) -> None:
    sys.stdout.write(f"{url}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
