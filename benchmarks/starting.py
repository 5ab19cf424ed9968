"""Starting everything as ``make run`` does, a second time; and the memory the app holds then."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import ExitStack

from benchmarks.measure import Row, cpu_seconds, resident_mb

HOST = "127.0.0.1"
LIMIT_S, LIMIT_MB = 5.0, 250.0
PATIENCE = 200.0


def rows() -> list[Row]:
    """Seconds from the command to the first answer, of the app with its two demo servers."""
    with tempfile.TemporaryDirectory(prefix="yijianshi-") as folder:
        first, _, _ = _start(folder)
        again = [_start(folder) for _ in range(3)]
    seconds, cpu, memory = min(again)
    return [
        Row("Start-up, second start", seconds, "s", limit=LIMIT_S, note="best of three; app, worker, demo servers"),
        Row("Start-up, processor time of the app", cpu, "s", limit=LIMIT_S),
        Row("Start-up, first start", first, "s", peer=seconds, peer_name="the second start",
            note="migrates and trains"),
        Row("Memory of the app after its start", memory, "MB", limit=LIMIT_MB),
    ]


def _start(folder: str) -> tuple[float, float, float]:
    """(seconds until it answers, processor seconds, megabytes) of one start; it is stopped again."""
    port = _free()
    settings = {"YJS_DATA_DIR": folder, "YJS_PORT": str(port), "YJS_LOG_LEVEL": "ERROR"}
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "bot.cli.main", "serve"], env=os.environ | settings,
                               stdout=subprocess.DEVNULL)
    try:
        while not _answers(port):
            if process.poll() is not None or time.perf_counter() - began > PATIENCE:
                raise RuntimeError("the app did not start")
            time.sleep(0.02)
        return time.perf_counter() - began, cpu_seconds(process.pid), resident_mb(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _free() -> int:
    """The first of four free ports in a row."""
    for port in range(18100, 28100, 10):
        with ExitStack() as probes:
            try:
                for number in range(port, port + 4):
                    probes.enter_context(socket.socket()).bind((HOST, number))
            except OSError:
                continue
            return port
    raise RuntimeError("no four free ports in a row")
