"""Rasa's HTTP API, 3.x: parse, status, train, read with a model, swap.

What goes wrong is one of `core.errors.OutsideError`. The token travels in the query, as Rasa wants it;
`integrations.http` logs neither queries nor bodies.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import orjson

from core.errors import Garbled, NotAuthorised, Refused, Unavailable
from integrations.http import Http, Reply
from nlu.engine import Ranked
from nlu.engines.rasa import wire
from nlu.engines.rasa.wire import MODELS, Status, as_sent, why_not_sent
from nlu.training_data import Examples

TRAINING_SECONDS = 3600.0
"""How long a training may take: minutes on two cores for a few thousand sentences."""
SWAP_SECONDS = 300.0
"""How long a swap may take: the server loads the model in a second or two, on a busy machine in a minute."""
ARCHIVE_BYTES = 500_000_000
"""A trained model comes back whole in the answer; Rasa keeps its own copy, and that is the one that is used."""
YAML = "application/x-yaml"
"""What Rasa calls YAML; under any other name it takes test data for JSON."""
LEFT_OUT = 0.1
"""Part of the sentences to read that may be missing in the answer."""
_NAME = re.compile(r"^[\w.-]+\.tar\.gz$")


class Rasa:
    """One server. ``seconds`` is the limit of a parse."""

    def __init__(self, url: str, token: str, *, seconds: float) -> None:
        self._url, self._token = url.rstrip("/"), token
        self._http = Http(timeout=seconds)
        self._patient = Http(timeout=TRAINING_SECONDS, max_bytes=ARCHIVE_BYTES, connections=2)

    async def parse(self, text: str) -> tuple[Ranked, ...]:
        """All intents, best first."""
        reply = await self._ask(self._http, "POST", "/model/parse", orjson.dumps({"text": text}))
        return wire.ranking_of(reply.json())

    async def status(self) -> Status:
        """What it reads with; without a model the file name is empty."""
        reply = await self._ask(self._http, "GET", "/status", fine=(200, 409))
        return Status("", 0) if reply.status == 409 else wire.status_of(reply.json())

    async def train(self, examples: Examples) -> str:
        """Train a model, minutes long, and return its file name at the server. It is not read with before `use`."""
        reply = await self._ask(self._patient, "POST", "/model/train", wire.training_body(examples), yaml=True)
        name = str(reply.headers.get("filename", ""))
        if not _NAME.match(name):
            raise Garbled("a trained model without a name", why="no_name")
        return name

    async def read(self, model: str, texts: Sequence[str]) -> dict[str, tuple[Ranked, ...]]:
        """What a model makes of sentences: the likeliest intent of each, for Rasa tells no more here.

        The server loads the model beside the one it serves with, which goes on serving. Sentences that are never sent
        (`why_not_sent`) are left out, and a few that Rasa spells in another way; more than `LEFT_OUT` is `Garbled`.
        """
        _fits(model)
        plain = {text: as_sent(text) for text in texts}
        sent = [one for one in dict.fromkeys(plain.values()) if not why_not_sent(one)]
        reply = await self._ask(
            self._patient, "POST", "/model/test/intents", wire.reading_body(sent), yaml=True, model=f"{MODELS}/{model}"
        )
        told = wire.readings_of(reply.json())
        if len(told.keys() & set(sent)) < (1 - LEFT_OUT) * len(sent):
            raise Garbled("the server left sentences out that it was to read", why="left_out")
        return {text: told[one] for text, one in plain.items() if one in told}

    async def use(self, model: str) -> None:
        """Read with this model from now on. The server answers nothing while it loads, some seconds."""
        _fits(model)
        body = orjson.dumps({"model_file": f"{MODELS}/{model}"})
        await self._ask(self._patient, "PUT", "/model", body, fine=(200, 204), seconds=SWAP_SECONDS)

    async def close(self) -> None:
        """Release the connections."""
        await self._http.close()
        await self._patient.close()

    async def _ask(
        self, http: Http, method: str, path: str, body: bytes | None = None, *,
        fine: tuple[int, ...] = (200,), seconds: float | None = None, yaml: bool = False, **query: str,
    ) -> Reply:
        kind = {"Content-Type": YAML if yaml else "application/json"} if body is not None else {}
        reply = await http.send(
            method, self._url + path, body=body, headers=kind, params={"token": self._token, **query}, timeout=seconds
        )
        if reply.status in fine:
            return reply
        if reply.status in (401, 403):
            raise NotAuthorised("Rasa does not accept our token: compare YJS_RASA_TOKEN", why="token")
        if reply.status >= 500:
            raise Unavailable(f"Rasa answered {reply.status}", why=f"status_{reply.status}")
        raise Refused(f"Rasa answered {reply.status} to {method} {path}", why=f"status_{reply.status}")


def _fits(model: str) -> None:
    if not _NAME.match(model):
        raise Refused(f"{model!r} is no name of a model")
