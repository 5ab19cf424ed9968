"""The gateway adapter: our packages out, their events in, their words nowhere else."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

from core.errors import OutsideError
from integrations.health import Health
from integrations.platforms.base import Package, PlatformEvent, Receipt
from integrations.platforms.gateway.client import Client
from integrations.platforms.gateway.fieldmap import FieldMap, load_map
from integrations.platforms.gateway.reading import open_callback, read_event, read_events, read_receipt

if TYPE_CHECKING:
    from core.settings import Settings


class GatewayPlatform:
    """A `integrations.platforms.base.Platform` behind HTTP."""

    def __init__(
        self, base_url: str, caller: str, secret: str, callback_key: str, fields: FieldMap, timeout: float = 10,
    ) -> None:
        self._map, self._callback_key = fields, callback_key
        self._client = Client(base_url, caller, secret, fields, timeout)

    @classmethod
    def from_settings(cls, settings: Settings) -> GatewayPlatform:
        """The platform that the settings name. Raises `core.errors.ContentError` for a wrong field map."""
        return cls(
            settings.province_url, settings.platform_caller, settings.platform_secret.get_secret_value(),
            settings.platform_callback_key.get_secret_value(), load_map(settings.platform_map),
            settings.platform_timeout,
        )

    async def submit(self, package: Package) -> Receipt:
        """Hand over; the platform knows a repeated package by number, version and content."""
        return await self._hand_over("submit", package)

    async def supplement(self, package: Package) -> Receipt:
        """Hand over again with a higher data version."""
        return await self._hand_over("supplement", package)

    async def _hand_over(self, call: str, package: Package) -> Receipt:
        reply = await self._client.call(self._map.calls[call], asdict(package))  # type: ignore[index]
        return read_receipt(self._map, reply.body, reply.name == "DUPLICATE")

    async def withdraw(self, leg_number: str, reason: str) -> None:
        """Withdraw before the decision."""
        await self._client.call(self._map.calls["withdraw"], {"leg_number": leg_number, "reason": reason})

    async def events(self, leg_number: str, after: int = 0) -> tuple[PlatformEvent, ...]:
        """Pull. A leg the platform does not know is `core.errors.Refused` with the code ``NO_DATA``."""
        reply = await self._client.call(self._map.calls["events"], {"leg_number": leg_number, "after": after})
        return read_events(self._map, reply.body, after)

    async def rate(self, case_number: str, stars: int, tags: tuple[str, ...]) -> None:
        """Report a rating."""
        await self._client.call(self._map.calls["rate"], {"case_number": case_number, "stars": stars, "tags": tags})

    def read_callback(self, headers: Mapping[str, str], body: bytes) -> tuple[PlatformEvent, str]:
        """Verify and read a pushed event."""
        raw, nonce = open_callback(self._map.callback, self._callback_key, headers, body)
        return read_event(self._map, raw), nonce

    async def check(self) -> Health:
        """A signed request that changes nothing."""
        begun = time.perf_counter()
        try:
            await self._client.call(self._map.calls["ping"], {})
        except OutsideError as problem:
            return Health(False, problem.message, _ms(begun))
        return Health(True, self._map.title, _ms(begun))

    async def close(self) -> None:
        """Release connections."""
        await self._client.close()


def _ms(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000
