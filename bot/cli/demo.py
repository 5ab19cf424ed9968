"""``yijianshi demo``: play the newborn story against a running app, as a citizen would, over HTTP."""

from __future__ import annotations

import argparse
import asyncio
import secrets
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, CookieJar

from core.errors import YijianshiError
from core.settings import load_settings

STORY = ("我媳妇刚生了，要办啥手续", "同意", "跟妈妈", "1 2", "自己去取", "陈小满", "13800000102")
WHO = "family_01_three-1"


class NotRunning(YijianshiError):
    """The app does not answer."""

    code = "not_running"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which app, who, what to say."""
    parser.add_argument("--url", help="address of the app; the one of the settings when not given")
    parser.add_argument("--who", default=WHO, help="the demo person to sign in as: family-number")
    parser.add_argument("say", nargs="*", help="what to say, one message each; act:... presses a button")


def run(options: argparse.Namespace) -> int:
    """Play it and print the talk."""
    asyncio.run(play(options.url or load_settings().url, options.who, tuple(options.say) or STORY))
    return 0


async def play(url: str, who: str, story: tuple[str, ...]) -> None:
    """Sign in as ``who`` and say ``story``; print what comes back. Raises `NotRunning`."""
    jar = CookieJar(unsafe=True)  # cookies of an address without a name: the app on this machine
    async with ClientSession(url, cookie_jar=jar, timeout=ClientTimeout(total=30)) as http:
        await _post(http, "/api/v1/session", {})
        await _post(http, "/api/v1/demo/login", {"who": who})
        for line in story:
            print(f"\n> {line}")
            said = {"action": line} if line.startswith("act:") else {"text": line}
            answer = await _post(http, "/api/v1/messages", said | {"client_id": secrets.token_hex(8)})
            print("\n".join(f"  {row}" for block in answer["blocks"] for row in block["plain"].splitlines()))


async def _post(http: ClientSession, path: str, body: dict[str, Any]) -> Any:
    try:
        async with http.post(path, json=body) as reply:
            answer = await reply.json(content_type=None)
    except ClientError as problem:
        raise NotRunning("nothing answers: start it with `make run` first") from problem
    if reply.status >= 400:
        raise YijianshiError(f"{path}: {answer.get('detail', reply.status)}")
    return answer
