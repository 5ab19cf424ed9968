"""The official account as others see it: a WeChat of Tencent's own package pushes, other clients use our demo."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytest_aiohttp.plugin import AiohttpServer

from bot.app import make_app
from bot.house import House
from bot.jobs import add_handlers
from bot.models import Conversation, Message, WechatUser
from bot.wechat.door import IN_TIME
from bot.wechat.doors import Doors
from core.kv import KV
from core.settings import Settings
from integrations.channels.wechat.accounts import Account, accounts_of
from integrations.channels.wechat.demo import server
from integrations.channels.wechat.demo.people import Phone
from integrations.channels.wechat.demo.world import World
from integrations.channels.wechat.http.api import apis_of
from integrations.demo_server import running
from tests.bot.conftest import conversations, engine
from tests.bot.web.conftest import house, province, settings
from tests.outside.edge import Edge

__all__ = ["conversations", "engine", "house", "province", "settings"]
PEER = Path(__file__).parents[1] / "wechat_peer"
WORDS = {"swift": "我要退休", "slow": "慢慢来，我要退休"}
SWIFT, SLOW = 0.4, 6.0
"""Seconds that the core thinks about words; the second is more than WeChat waits."""
PEOPLE, SLOW_ONES = 140, 5
GRACE = 0.4
"""Seconds that an answer may take beyond the time we give the core; WeChat waits half a second longer than that."""
TALK = {"text", "hostile", "tapped", "strange_button", "emoji", "voice_read", "location", "click", "subscribe_by_code",
        "scanned", "scancode_push", "scancode_waitmsg"}
"""Kinds that are words or a button to us."""
Play = Callable[..., Any]


@pytest.fixture(scope="session")
def modules(request: pytest.FixtureRequest) -> Path:
    """Where the pinned packages lie: installed once for these pins, also across runs."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("node and npm are not installed")
    pins = (PEER / "package-lock.json").read_bytes()
    folder = request.config.cache.mkdir(f"wechat-peer-{hashlib.sha256(pins).hexdigest()[:12]}")
    if not (folder / "done").exists():
        for name in ("package.json", "package-lock.json"):
            shutil.copy(PEER / name, folder)
        made = subprocess.run(
            ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=folder, capture_output=True, text=True,
            timeout=240, check=False,
        )
        if made.returncode:
            pytest.skip(f"npm ci failed: {made.stderr.strip()[-300:]}")
        (folder / "done").touch()
    return Path(folder) / "node_modules"


@pytest.fixture
def play(modules: Path, tmp_path: Path) -> Play:
    """Runs one of the programs with a task; what it saw."""
    async def run(program: str, **task: Any) -> Any:
        process = await asyncio.create_subprocess_exec(
            "node", str(PEER / program), stdin=-1, stdout=-1, stderr=-1, cwd=tmp_path,  # one keeps files
            env={"PATH": os.environ["PATH"], "NODE_PATH": str(modules), "NO_PROXY": "127.0.0.1"},
        )
        out, err = await asyncio.wait_for(process.communicate(json.dumps(task).encode()), 240)
        assert process.returncode == 0, err.decode()[-2000:]
        return json.loads(out)

    return run


class Deep:
    """A core that thinks for a while about every sentence."""

    def __init__(self, hears: Any) -> None:
        self._hears = hears

    async def hear(self, text: str, *more: Any) -> Any:
        await asyncio.sleep(SLOW if text == WORDS["slow"] else SWIFT)
        return await self._hears.hear(text, *more)


@pytest.fixture
def account() -> Account:
    return accounts_of(Settings(secret_key="k"))[0]


@pytest.fixture
def world(account: Account) -> World:
    """A WeChat with many people."""
    made = World((account,))
    made.phones = {f"p{n}": Phone(f"p{n}", "", follows={account.app_id}) for n in range(PEOPLE)}
    for phone in made.phones.values():
        made.acted(phone, account.app_id, "message")
    return made


@pytest.fixture
async def wechat(world: World, account: Account) -> AsyncIterator[str]:
    async with running(server.make_app((account,), "http://127.0.0.1:9", world)) as url:
        yield url


@pytest.fixture
async def address(
    house: House, kv: KV, wechat: str, account: Account, aiohttp_server: AiohttpServer
) -> AsyncIterator[dict[str, str]]:
    """The account's callback and secrets, with a core that is slow."""
    secret = account.secret.get_secret_value()
    written = [{"name": "oa", "app_id": account.app_id, "secret": secret, "mode": "safe",
                "token": account.token.get_secret_value(), "aes_key": account.aes_key.get_secret_value()}]
    house.settings = house.settings.model_copy(update={
        "wechat_accounts": type(account.secret)(json.dumps(written)), "wechat_api": wechat})
    talks = house.conversations
    talks.parts = replace(talks.parts, hears=Deep(talks.parts.hears))
    house.doors = Doors(house, apis_of(house.settings, kv))
    add_handlers(house)
    served = await aiohttp_server(await make_app(house))
    yield {"url": str(served.make_url("/wx/oa")), "appId": account.app_id,
           "token": account.token.get_secret_value(), "aesKey": account.aes_key.get_secret_value()}
    await house.doors.close()


@pytest.fixture
def edge(address: dict[str, str], house: House, monkeypatch: pytest.MonkeyPatch) -> Edge:
    """Our side of the account, with a clock."""
    made, door = Edge(), house.doors.of("oa")
    monkeypatch.setattr(door, "take", made.timed(door.take))
    return made


@pytest.fixture
def openids(world: World, account: Account) -> list[str]:
    return [world.openid(key, account.app_id) for key in world.phones]


async def test_wechat_verifies_the_address_and_forgeries_are_refused(play: Play, address: Any, openids: Any) -> None:
    assert await play("platform.cjs", play="verification", account=address) == {"echo": True, "wrong": 403}
    seen = await play("platform.cjs", play="refusals", account=address, openids=openids)
    assert seen == {"spoiled": 403, "foreign": 403, "downgraded": 403, "junk": 403}
    assert await Message.all().count() == 0


async def test_every_kind_is_answered_in_time_and_the_same_again(play: Play, address: Any, openids: Any) -> None:
    seen = await play("platform.cjs", play="everyKind", account=address, openids=openids)
    assert len(seen) > 35
    for name, (first, again) in seen.items():
        assert (first["status"], first.get("wrong"), again.get("wrong")) == (200, None, None), (name, first, again)
        assert (first["kind"], first["text"]) == (again["kind"], again["text"]), name
    assert {name for name, tries in seen.items() if tries[0]["kind"] == "nothing"} >= {"unknown", "view", "unsubscribe"}
    assert {name for name, tries in seen.items() if tries[0]["kind"] == "text"} >= {
        "text", "hostile", "tapped", "emoji", "voice", "voice_read", "video", "location", "link", "subscribe", "click"}
    taken = Counter(await Message.filter(client_id__startswith="wx:").values_list("client_id", flat=True))
    assert set(taken.values()) == {1}


async def test_fifty_a_second_of_every_kind_with_a_slow_core_are_one_turn_each(
    play: Play, address: Any, openids: Any, house: House, world: World, account: Account, edge: Edge
) -> None:
    assert IN_TIME <= 4.5 < SLOW
    pushes = mixed(openids, await play("platform.cjs", play="names", account=address))
    async with edge.watched():
        seen = await play("platform.cjs", play="burst", account=address, pushes=pushes, perSecond=50,
                          impatientMs=250, patientMs=60_000, words=WORDS)
        await house.doors.close()
    tried = [one for push in seen for one in push["tries"] if one["status"]]
    assert {one["status"] for one in tried} == {200}
    assert [one["wrong"] for one in tried if "wrong" in one] == []
    assert [push for push in seen if not push["cut"] and push["tries"][-1]["status"] != 200] == []
    assert sum(len(push["tries"]) for push in seen) > len(pushes)  # some did come again
    assert max(edge.seconds) < IN_TIME + GRACE, "an answer was late at our own edge"
    assert sum(one > IN_TIME - GRACE for one in edge.by_the_wall) >= SLOW_ONES, "the core was not slow at all"
    await one_turn_each(pushes)
    for phone, (_, kind), push in zip(world.phones.values(), pushes, seen, strict=True):
        late = [one for one in phone.chats.get(account.app_id, []) if one.late]
        assert len(late) <= (2 if kind not in WORDS else 1), (kind, [one.text for one in late])
        if kind == "slow":  # where our side was so busy that the push came again, the answer may be in that response
            told = [one.text for one in late] + [one["text"] for one in push["tries"] if one.get("kind") == "text"]
            assert sum("退休" in one for one in told) == 1, (told, push["tries"])


def mixed(openids: list[str], kinds: list[str]) -> list[tuple[str, str]]:
    """A push of everybody: each kind once, among the words of all others, a few of which the core needs long for."""
    waiting = iter(kinds)
    spread = [next(waiting, "") if place % 3 == 0 else "slow" if place % 20 == 1 else "" for place in range(PEOPLE)]
    assert next(waiting, None) is None, "more kinds than room for them"
    assert spread.count("slow") == SLOW_ONES
    return [(openid, kind or "swift") for openid, kind in zip(openids, spread, strict=True)]


async def one_turn_each(pushes: list[tuple[str, str]]) -> None:
    """Nobody's push was taken twice, and everything that is meant for the talk is in it."""
    kinds = dict(pushes)
    people = {f"guest:{user.id}": user.openid for user in await WechatUser.all()}
    taken = Counter(await Message.filter(client_id__startswith="wx:").values_list("conversation_id", flat=True))
    assert set(taken.values()) == {1}
    owners = await Conversation.filter(id__in=list(taken)).values_list("owner", flat=True)
    talked = Counter(kinds[people[str(owner)]] for owner in owners)
    wanted = Counter(kind for kind in kinds.values() if kind in TALK or kind in WORDS)
    assert talked == wanted


async def test_other_peoples_clients_can_use_the_demo(
    play: Play, wechat: str, account: Account, world: World, openids: Any
) -> None:
    phone = next(iter(world.phones.values()))
    world.acted(phone, account.app_id, "message")
    menu = {"button": [{"name": "办事", "type": "click", "key": "act:all"},
                       {"name": "我的", "sub_button": [{"name": "进度", "type": "view", "url": "https://a.example"}]}]}
    seen = await play("clients.cjs", url=wechat, appId=account.app_id, openid=openids[0], menu=menu,
                      secret=account.secret.get_secret_value(), template=account.templates["case"])
    assert seen["coWechat"] == {
        "text": 0, "nobody": 40003, "tooLong": 45002, "template": 0, "templateTooLong": 47003, "menuMade": 0,
        "menu": menu, "menuTooWide": 40016, "menuRemoved": 0, "media": {"type": "image", "same": True},
        "noMedia": 40007, "renews": 0,
    }
    assert seen["easyWechat"] == {"sameToken": True, "text": 0, "menu": 0, "kind": 40008}
    assert [one.text for one in phone.chats[account.app_id]] == [
        "另一家的客户端", "办好了", "换了令牌", "第三家", "满意吗"]
