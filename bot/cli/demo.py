"""``yijianshi demo``: play the newborn story against a running app, as a citizen would, over HTTP."""

from __future__ import annotations

import argparse
import asyncio
import re
import secrets
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, CookieJar

from core.errors import YijianshiError
from core.settings import load_settings

FIRST = "我媳妇刚生了，要办啥手续"
REPLIES = (
    ("帮您查已有的信息", "同意"), ("户口跟谁", "跟妈妈"), ("要一起给宝宝办吗", "1 2"), ("怎么拿", "自己去取"),
    ("叫什么名字", "陈小满"), ("妈妈的手机号", "13800000102"), ("哪个网点领", "建设银行西湖支行"),
    ("还没确认", "发给她"), ("都对，去签字", "提交"), ("最后一步", "陈一民"),
)
"""What is on the screen, and what this citizen says to it, the latest stage last; the name typed is the signature."""
LONGEST = 20
"""Messages after which the story gives up."""
WHO = "family_01_three-1"
LINK = re.compile(r"/confirm/([A-Za-z0-9_-]{20,})")
"""What passes on to somebody else."""
MOST_OF_FAMILY = 4


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
    asyncio.run(play(options.url or load_settings().url, options.who, tuple(options.say)))
    return 0


async def play(url: str, who: str, story: tuple[str, ...]) -> None:
    """Sign in as ``who`` and say ``story``, or the newborn story to its case number. Raises `NotRunning`."""
    jar = CookieJar(unsafe=True)  # cookies of an address without a name: the app on this machine
    async with ClientSession(url, cookie_jar=jar, timeout=ClientTimeout(total=30)) as http:
        await _post(http, "/api/v1/session", {})
        await _post(http, "/api/v1/demo/login", {"who": who})
        shown, lines = "", list(story or (FIRST,))
        for _ in range(LONGEST):
            line = lines.pop(0) if lines else ("" if story else _reply(shown))
            if not line:
                return
            shown = await _say(http, line)
            if link := LINK.search(shown):
                await _other_confirms(url, who, link[1])
                shown = await _say(http, "再看一遍")


async def _other_confirms(url: str, who: str, token: str) -> None:
    """Somebody else of the family opens the link on their own phone; it opens for the one person it is for."""
    family = who.rpartition("-")[0]
    for number in range(1, MOST_OF_FAMILY + 1):
        async with ClientSession(url, cookie_jar=CookieJar(unsafe=True), timeout=ClientTimeout(total=30)) as phone:
            if f"{family}-{number}" == who or await _tried(phone, "/api/v1/demo/login", {"who": f"{family}-{number}"}):
                continue
            async with phone.get(f"/api/v1/confirmations/{token}/text") as reply:
                read = await reply.json(content_type=None)
            if reply.status == 200:
                print(f"\n（{read['title']}打开链接）\n  {read['says']}")
                decision = {"decision": "confirmed", "seen": read["seen"]}
                print(f"  {(await _post(phone, f'/api/v1/confirmations/{token}', decision))['state']}")
                return


async def _tried(http: ClientSession, path: str, body: dict[str, Any]) -> bool:
    """Whether it was refused."""
    async with http.post(path, json=body) as reply:
        return reply.status >= 400


def _reply(shown: str) -> str:
    """What the citizen says to the last thing on the screen; nothing when the story is at its end."""
    return next((reply for asked, reply in reversed(REPLIES) if asked in shown), "")


async def _say(http: ClientSession, line: str) -> str:
    print(f"\n> {line}")
    said = {"action": line} if line.startswith("act:") else {"text": line}
    answer = await _post(http, "/api/v1/messages", said | {"client_id": secrets.token_hex(8)})
    shown = "\n".join(block["plain"] for block in answer["blocks"])
    print("\n".join(f"  {row}" for row in shown.splitlines()))
    return shown


async def _post(http: ClientSession, path: str, body: dict[str, Any]) -> Any:
    try:
        async with http.post(path, json=body) as reply:
            answer = await reply.json(content_type=None)
    except ClientError as problem:
        raise NotRunning("nothing answers: start it with `make run` first") from problem
    if reply.status >= 400:
        raise YijianshiError(f"{path}: {answer.get('detail', reply.status)}")
    return answer
