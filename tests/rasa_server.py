"""A stand-in for a Rasa server: the same routes and JSON, the local engine behind them, and faults to switch on."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import web

from nlu.engine import Engine
from nlu.engines.local.training import train
from nlu.training_data import Examples, load_examples

TOKEN = "a-token-of-the-suite"


@dataclass
class StandIn:
    """What the server holds. ``fault``: none, slow, error, garbage, html, empty, nan, redirect, huge."""

    models: dict[str, Engine] = field(default_factory=dict)
    model: str = ""
    fault: str = "none"
    read: list[str] = field(default_factory=list)
    """The texts it was sent."""
    asked: int = 0
    """How often it was to read one, also where nothing came of it."""
    body: str = ""
    """The last training data it was sent."""
    training: int = 0
    """Trainings it says are under way."""
    tested: list[str] = field(default_factory=list)
    """The texts it was to read with a model that does not serve."""
    untold: bool = False
    """Whether it fails when it is to do that."""
    deaf_to: str = ""
    """What it leaves out then."""

    def app(self) -> web.Application:
        app = web.Application(middlewares=[_token], client_max_size=10_000_000)
        app.router.add_post("/model/parse", self._parse)
        app.router.add_post("/model/train", self._train)
        app.router.add_post("/model/test/intents", self._test)
        app.router.add_put("/model", self._use)
        app.router.add_get("/status", self._status)
        return app

    async def _status(self, _request: web.Request) -> web.Response:
        if not self.model:
            return _failure(409, "Conflict", "No agent loaded.")
        told = {"model_file": f"models/{self.model}", "model_id": "0" * 32, "num_active_training_jobs": self.training}
        return web.json_response(told)

    async def _parse(self, request: web.Request) -> web.StreamResponse:
        self.asked += 1
        wrong = await self._wrong()
        if wrong is not None:
            return wrong
        text = (await request.json())["text"]
        self.read.append(text)
        if not self.model:
            return _failure(409, "Conflict", "No agent loaded.")
        ranked = [{"name": one.intent, "confidence": one.score} for one in await self.models[self.model].rank(text)]
        return web.json_response({
            "text": text, "intent": ranked[0], "entities": [], "text_tokens": [[0, len(text)]],
            "intent_ranking": ranked,
        })

    async def _wrong(self) -> web.Response | None:
        if self.fault == "slow":
            await asyncio.sleep(30)
        bodies = {"garbage": "{", "empty": '{"intent_ranking": []}', "list": "[1]",
                  "nan": '{"intent_ranking": [{"name": "x", "confidence": 7}]}', "huge": '"' + "x" * 2_000_000 + '"'}
        if self.fault in bodies:
            return web.json_response(text=bodies[self.fault])
        if self.fault == "html":
            return web.Response(text="<h1>gateway</h1>", content_type="text/html")
        if self.fault == "redirect":
            raise web.HTTPFound("/status")
        return _failure(500, "ParsingError", "An unexpected error occurred.") if self.fault == "error" else None

    async def _train(self, request: web.Request) -> web.Response:
        self.body = await request.text()
        examples = await _examples(self.body)
        name = f"nlu-{len(self.models)}.tar.gz"
        self.models[name] = await asyncio.to_thread(train, examples)
        return web.Response(body=b"\x1f\x8b archive", headers={"filename": name})

    async def _test(self, request: web.Request) -> web.Response:
        """Reads with a model that need not be the one that serves, and tells the first intent of each alone."""
        if request.headers["Content-Type"] != "application/x-yaml":
            return web.Response(status=400, text="Failed when parsing body as json", content_type="text/html")
        model = self.models.get(request.query["model"].removeprefix("models/"))
        if self.untold or model is None:
            return _failure(500, "TestingError", "An unexpected error occurred during evaluation. Error: ")
        asked = await _examples(await request.text())
        best = [(text, intent, (await model.rank(text))[0]) for text, intent in asked.pairs()]
        self.tested += [text for text, _, _ in best]
        rows = [{"text": text, "intent": intent, "predicted": one.intent, "confidence": one.score}
                for text, intent, one in best if not self.deaf_to or self.deaf_to not in text]
        return web.json_response({"intent_evaluation": {"predictions": rows, "report": {}, "errors": []},
                                  "entity_evaluation": None, "response_selection_evaluation": None})

    async def _use(self, request: web.Request) -> web.Response:
        name = (await request.json())["model_file"].removeprefix("models/")
        if name not in self.models:
            return _failure(400, "BadRequest", f"Agent could not be loaded from {name}.")
        self.model = name
        return web.Response(status=204)


async def _examples(body: str) -> Examples:
    with TemporaryDirectory(prefix="yijianshi-") as folder:
        Path(folder, "data.yml").write_text(body, "utf-8")
        return load_examples([Path(folder)])


@web.middleware
async def _token(request: web.Request, handler: web.RequestHandler) -> web.StreamResponse:  # type: ignore[type-arg]
    if request.query.get("token") != TOKEN:
        return _failure(401, "NotAuthenticated", "User is not authenticated.")
    return await handler(request)  # type: ignore[operator,no-any-return]


def _failure(status: int, reason: str, message: str) -> web.Response:
    told = {"version": "3.6.21", "status": "failure", "message": message, "reason": reason, "details": {}, "help": None}
    return web.json_response({**told, "code": status}, status=status)
