"""``python -m benchmarks.server FOLDER CITIZENS``: the app for a crowd, and beside it a page that only reads a row.

Prints one line of JSON when ready: ports, and one session token for each citizen. Ends when its input does.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import uvloop
from aiohttp import web

from benchmarks.story import house_in, one_more_father
from bot.app import make_app
from bot.models import Citizen
from bot.web.visitors import open_session

HOST = "127.0.0.1"


async def serve(folder: Path, citizens: int) -> None:
    """Serve until the input ends."""
    async with house_in(folder) as house:
        people = [await one_more_father() for _ in range(citizens)]
        tokens = [(await open_session(str(person.id)))[0] for person in people]
        runners = [await _listen(await make_app(house)), await _listen(_bare(people[0]))]
        said = {"port": _port(runners[0]), "bare": _port(runners[1]), "tokens": tokens}
        print(json.dumps(said), flush=True)
        await asyncio.to_thread(sys.stdin.read)
        for runner in runners:
            await runner.cleanup()


def _bare(person: Citizen) -> web.Application:
    """The yardstick: a page that reads one row by its key, and does nothing else."""

    async def get(_request: web.Request) -> web.Response:
        row = await Citizen.get(id=person.id)
        return web.json_response({"id": str(row.id), "level": row.level})

    app = web.Application()
    app.router.add_get("/", get)
    return app


async def _listen(app: web.Application) -> web.AppRunner:
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, HOST, 0).start()
    return runner


def _port(runner: web.AppRunner) -> int:
    return int(runner.addresses[0][1])


if __name__ == "__main__":
    uvloop.run(serve(Path(sys.argv[1]), int(sys.argv[2])))
