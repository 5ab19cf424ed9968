"""Sending the province's callbacks: signed, in order for each leg, tried again, and faulty when told to."""

from __future__ import annotations

import asyncio
import json
import secrets
from itertools import groupby

from core import clock
from core.errors import OutsideError
from integrations.http import Http
from integrations.platforms.demo.announcing import Push
from integrations.platforms.demo.province import Province
from integrations.platforms.demo.wire import write_event
from integrations.platforms.signing import sign_callback, stamp

_AT_ONCE = 8


class Pusher:
    """Carries what is due to the address each package named."""

    def __init__(self, province: Province, key: str, timeout: float = 5) -> None:
        self._province, self._key = province, key
        self._http, self._room = Http(timeout=timeout), asyncio.Semaphore(_AT_ONCE)

    async def pump(self) -> int:
        """Send everything that is due, legs beside one another. Returns the number of attempts."""
        attempts = 0
        while due := await asyncio.to_thread(self._province.due_pushes):
            legs = groupby(sorted(due, key=lambda push: push.event.projid), lambda push: push.event.projid)
            await asyncio.gather(*(self._leg(sorted(pushes, key=lambda push: push.id)) for _, pushes in legs))
            attempts += len(due)
        return attempts

    async def _leg(self, pushes: list[Push]) -> None:
        async with self._room:
            for push in sorted(pushes, key=lambda one: one.kind != "forged"):
                await self._send(push)

    async def _send(self, push: Push) -> None:
        if not push.url:
            await asyncio.to_thread(self._province.pushed, push, True, "", "no address")
            return
        headers, body = self._signed(push)
        try:
            reply = await self._http.send("POST", push.url, body=body, headers=headers)
            ok, note = reply.status == 200 and _acknowledged(reply.body), f"HTTP {reply.status}"
        except OutsideError as problem:
            ok, note = False, str(problem.details.get("why", problem.code))
        await asyncio.to_thread(self._province.pushed, push, ok, json.dumps(headers), note)

    def _signed(self, push: Push) -> tuple[dict[str, str], bytes]:
        row, key = write_event(push.event), self._key
        if push.kind == "forged":
            row |= {"event_seq": push.event.seq + 1, "event": "close", "state": "CLOSED", "OPINION": "已办结"}
            key += "-forged"
        body = json.dumps(row, ensure_ascii=False).encode()
        if push.kind == "replay" and push.sent:
            return json.loads(push.sent), body
        timestamp, nonce = stamp(clock.now()), secrets.token_hex(12)
        sign = sign_callback(key, timestamp, nonce, body)
        return {"Content-Type": "application/json; charset=utf-8", "X-Timestamp": timestamp, "X-Nonce": nonce,
                "X-Sign": sign}, body

    async def close(self) -> None:
        """Release the connections."""
        await self._http.close()


def _acknowledged(body: bytes) -> bool:
    try:
        answer = json.loads(body)
    except ValueError:
        return False
    return isinstance(answer, dict) and str(answer.get("code")) == "200"
