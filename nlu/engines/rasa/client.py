"""Rasa's HTTP API, 3.x: parse, status, train, swap. What goes wrong is one of `core.errors.OutsideError`.

The token travels in the query, as Rasa wants it; `integrations.http` logs neither queries nor bodies.
"""

from __future__ import annotations

import re

import orjson

from core.errors import Garbled, NotAuthorised, Refused, Unavailable
from integrations.http import Http, Reply
from nlu.engine import Ranked
from nlu.engines.rasa.wire import MODELS, Status, ranking_of, status_of, training_body
from nlu.training_data import Examples

TRAINING_SECONDS = 3600.0
"""How long a training may take: minutes on two cores for a few thousand sentences."""
SWAP_SECONDS = 300.0
"""How long a swap may take: the server loads the model in a second or two, on a busy machine in a minute."""
ARCHIVE_BYTES = 500_000_000
"""A trained model comes back whole in the answer; Rasa keeps its own copy, and that is the one that is used."""
_NAME = re.compile(r"^[\w.-]+\.tar\.gz$")


class Rasa:
    """One server. ``seconds`` is the limit of a parse."""

    def __init__(self, url: str, token: str, *, seconds: float) -> None:
        self._url, self._token = url.rstrip("/"), token
        self._http = Http(timeout=seconds)
        self._patient = Http(timeout=TRAINING_SECONDS, max_bytes=ARCHIVE_BYTES, connections=2)

    async def parse(self, text: str) -> tuple[Ranked, ...]:
        """All intents, best first."""
        return ranking_of((await self._ask(self._http, "POST", "/model/parse", orjson.dumps({"text": text}))).json())

    async def status(self) -> Status:
        """What it reads with; without a model the file name is empty."""
        reply = await self._ask(self._http, "GET", "/status", fine=(200, 409))
        return Status("", 0) if reply.status == 409 else status_of(reply.json())

    async def train(self, examples: Examples) -> str:
        """Train a model, minutes long, and return its file name at the server. It is not read with before `use`."""
        reply = await self._ask(self._patient, "POST", "/model/train", training_body(examples), yaml=True)
        name = str(reply.headers.get("filename", ""))
        if not _NAME.match(name):
            raise Garbled("a trained model without a name", why="no_name")
        return name

    async def use(self, model: str) -> None:
        """Read with this model from now on. The server answers nothing while it loads, some seconds."""
        if not _NAME.match(model):
            raise Refused(f"{model!r} is no name of a model")
        body = orjson.dumps({"model_file": f"{MODELS}/{model}"})
        await self._ask(self._patient, "PUT", "/model", body, fine=(200, 204), seconds=SWAP_SECONDS)

    async def close(self) -> None:
        """Release the connections."""
        await self._http.close()
        await self._patient.close()

    async def _ask(
        self, http: Http, method: str, path: str, body: bytes | None = None, *,
        fine: tuple[int, ...] = (200,), seconds: float | None = None, yaml: bool = False,
    ) -> Reply:
        kind = {"Content-Type": "application/yaml" if yaml else "application/json"} if body is not None else {}
        reply = await http.send(
            method, self._url + path, body=body, headers=kind, params={"token": self._token}, timeout=seconds
        )
        if reply.status in fine:
            return reply
        if reply.status in (401, 403):
            raise NotAuthorised("Rasa does not accept our token: compare YJS_RASA_TOKEN", why="token")
        if reply.status >= 500:
            raise Unavailable(f"Rasa answered {reply.status}", why=f"status_{reply.status}")
        raise Refused(f"Rasa answered {reply.status} to {method} {path}", why=f"status_{reply.status}")
