"""Our understanding as a bare HTTP server, to be measured beside Rasa's.

``python -m benchmarks.nlu.serving ENGINE MODEL [ranking]``: one route, ``POST /model/parse`` with ``{"text": ...}``;
the whole `Understander` answers, or the engine alone. Prints its port when it is ready, ends when its input does.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import orjson
import uvloop
from aiohttp import web

from benchmarks.nlu import embed
from intents.catalogue import Catalogue
from intents.understand import Understander
from nlu.engines.local.model import LocalEngine


async def serve(name: str, model: Path, ranking: bool) -> None:
    """Until the input ends."""
    engine = (embed.load if name == "embed" else LocalEngine.load)(model)
    understander = Understander(engine, Catalogue.load())
    await understander.hear("你好")

    async def rank(request: web.Request) -> web.Response:
        text = orjson.loads(await request.read())["text"]
        return web.Response(content_type="application/json", body=orjson.dumps({
            "text": text,
            "intent_ranking": [{"name": one.intent, "confidence": one.score} for one in await engine.rank(text)],
        }))

    async def parse(request: web.Request) -> web.Response:
        heard = await understander.hear(orjson.loads(await request.read())["text"])
        return web.Response(content_type="application/json", body=orjson.dumps({
            "text": heard.text, "band": heard.band,
            "intent_ranking": [{"name": one.code, "confidence": one.score} for one in heard.ranking],
        }))

    app = web.Application()
    app.router.add_post("/model/parse", rank if ranking else parse)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


if __name__ == "__main__":
    uvloop.run(serve(sys.argv[1], Path(sys.argv[2]), "ranking" in sys.argv[3:]))
