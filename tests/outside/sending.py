"""A process that sends: ``python -m tests.outside.sending WECHAT REDIS OPENID HOW_MANY``, all at once when told to."""

from __future__ import annotations

import asyncio
import sys

from core.kv import KV
from core.logs import set_up_logging
from core.settings import Settings
from integrations.channels.wechat.accounts import accounts_of
from integrations.channels.wechat.http.api import HttpApi


async def main(wechat: str, redis: str, openid: str, how_many: str) -> None:
    set_up_logging("ERROR")
    account, kv = accounts_of(Settings(secret_key="k"))[0], KV.open(redis)
    api = HttpApi(wechat, account, kv, timeout=60)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.readline)
    fields = {"thing1": "新生儿出生"}
    sends = (api.inform(openid, account.templates["case"], fields) for _ in range(int(how_many)))
    await asyncio.gather(*sends)
    if (renewing := api._caller._tokens._renewing) is not None:
        await renewing
    sys.stdout.write("sent\n")
    await api.close()
    await kv.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
