"""An official account over HTTP: pushes as WeChat makes them, and what the citizen sees."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import xmltodict
from aiohttp.test_utils import TestClient

from bot.house import House
from bot.jobs import add_handlers
from bot.wechat.doors import Doors
from core.settings import Settings
from tests.bot.web.conftest import Person
from tests.bot.web.wechat.small import SmallWechat

ACCOUNTS = json.dumps([
    {"name": "oa", "app_id": "wx1111111111", "secret": "s", "token": "token", "mode": "plain"},
    {"name": "mp", "kind": "mini", "app_id": "wx2222222222", "secret": "s", "token": "token", "mode": "plain"},
])


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, rate_per_person=1000, rate_per_address=100_000, wechat_accounts=ACCOUNTS)


@pytest.fixture
def wechat() -> SmallWechat:
    return SmallWechat()


@pytest.fixture
def house(house: House, wechat: SmallWechat) -> House:
    house.doors = Doors(house, {"oa": wechat, "mp": wechat})
    add_handlers(house)
    return house


class Phone:
    """Somebody's WeChat, opened at the account."""

    def __init__(self, client: TestClient, openid: str) -> None:
        self.client, self.openid = client, openid

    async def push(self, type_: str, **fields: Any) -> str:
        """One push; the words that come back, or the whole answer where it is none of words."""
        body = {"ToUserName": "gh_1", "FromUserName": self.openid, "CreateTime": "1714112445", "MsgType": type_}
        body |= {} if type_ == "event" else {"MsgId": uuid4().int % 10**18}
        status, text = await post(self.client, body | fields)
        assert status == 200, text
        return words(text)

    async def say(self, text: str, **fields: Any) -> str:
        return await self.push("text", Content=text, **fields)

    async def tap(self, shown: str, label: str) -> str:
        """Tap the menu link with this label in what was shown."""
        found = re.search(rf'msgmenuid=([^"]*)">{re.escape(label)}</a>', shown)
        assert found, shown
        return await self.say(label, bizmsgmenuid=found[1])


async def post(client: TestClient, fields: dict[str, Any], **query: str) -> tuple[int, str]:
    query = {"timestamp": "1", "nonce": uuid4().hex, **query}
    signature = hashlib.sha1("".join(sorted(("token", query["timestamp"], query["nonce"]))).encode()).hexdigest()
    body = xmltodict.unparse({"xml": fields})
    async with client.post("/wx/oa", params={"signature": signature} | query, data=body.encode()) as answer:
        return answer.status, await answer.text()


def words(answer: str) -> str:
    """What a citizen reads of an answer."""
    return str(xmltodict.parse(answer)["xml"]["Content"]) if answer.startswith("<") else answer


@pytest.fixture
def phone(another: Person) -> Phone:
    return Phone(another.client, "openid-of-a-father")
