"""The OAuth2 flow of provincial unified identity: a code becomes a token, the token becomes a person.

Authorization code with PKCE (RFC 6749, 7636). The token that reads is used once and kept nowhere; the one that renews
tells later whether the sign-in still stands, and ends it (RFC 7009).
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import structlog

from core.errors import Garbled, NotAuthorised, Refused, Unavailable
from core.settings import Settings
from integrations.health import Health, probed
from integrations.http import Http, Reply
from integrations.identity.base import Person

log = structlog.get_logger()
_CODE = re.compile(r"[\x21-\x7e]{4,512}")
_OURS_TO_MEND = frozenset({"invalid_client", "unauthorized_client", "invalid_scope", "unsupported_grant_type"})
_NAMES: dict[str, tuple[str, ...]] = {
    "name": ("name", "username", "real_name"), "number": ("idnum", "id_card", "idcard", "cert_no"),
    "phone": ("mobile", "phone", "phone_number"), "level": ("authlevel", "level", "realLevel"),
}
"""What platforms call the parts of a person, the first one that is there counts."""


class OAuthIdentity:
    """A platform with ``authorize``, ``token`` and ``userinfo`` under ``base``/oauth2, which knows us as ``client``.

    ``pkce`` sends a challenge along; switch it off only for a platform that refuses it.
    """

    def __init__(
        self, base: str, client: str, secret: str, *, scope: str = "user_info", pkce: bool = True, leave_at: str = "",
        timeout: float = 5.0,
    ) -> None:
        self._base, self._client, self._secret = f"{base.rstrip('/')}/oauth2", client, secret
        self._scope, self._pkce, self._leave_at = scope, pkce, leave_at
        self._http = Http(timeout=timeout, max_bytes=64 * 1024)

    @classmethod
    def from_settings(cls, settings: Settings) -> OAuthIdentity:
        """The platform that settings name; the demo exchange's own when they name none."""
        return cls(settings.sign_in_url, settings.identity_service, settings.identity_password,
                   scope=settings.identity_scope, pkce=settings.identity_pkce,
                   leave_at=settings.sign_out_url)

    def login_url(self, return_to: str, state: str = "", proof: str = "") -> str:
        """Where to send a citizen to sign in; they come back with a ``code``, or with an ``error``."""
        asked = {"response_type": "code", "client_id": self._client, "redirect_uri": return_to, "scope": self._scope,
                 "state": state}
        if self._pkce and proof:
            asked |= {"code_challenge": _challenge(proof), "code_challenge_method": "S256"}
        return f"{self._base}/authorize?{urlencode(asked)}"

    async def person(self, ticket: str, return_to: str = "", proof: str = "") -> Person:
        """Exchange a single-use code.

        Raises `Refused` when it is unknown, used, stale, meant for another application or another browser,
        `NotAuthorised` when the platform does not accept us, `Unavailable` or `Garbled` when it does not answer.
        """
        if not _CODE.fullmatch(ticket):
            raise Refused("this is no code")
        asked = {"grant_type": "authorization_code", "code": ticket}
        if return_to:  # a mini-program comes back to no address
            asked["redirect_uri"] = return_to
        if self._pkce and proof:
            asked["code_verifier"] = proof
        return await self._read_with(_read(await self._posted("token", asked)))

    async def renewed(self, kept: str) -> Person:
        """The person of a sign-in that stands, with what renews it the next time; as `person` raises."""
        asked = {"grant_type": "refresh_token", "refresh_token": kept}
        return await self._read_with(_read(await self._posted("token", asked)), kept)

    async def leave(self, kept: str) -> None:
        """Revoke everything of a sign-in. Raises as `person` does."""
        reply = await self._posted("revoke", {"token": kept, "token_type_hint": "refresh_token"})
        if reply.status != 200:  # what is said with 200 does not matter, and most say nothing
            _read(reply)

    def leave_url(self, return_to: str) -> str:
        """Where the platform ends its own session in the browser, when settings name it."""
        asked = urlencode({"client_id": self._client, "post_logout_redirect_uri": return_to})
        return f"{self._leave_at}?{asked}" if self._leave_at else ""

    async def _posted(self, where: str, asked: Mapping[str, str]) -> Reply:
        known = {**asked, "client_id": self._client, "client_secret": self._secret}
        return await self._http.send(
            "POST", f"{self._base}/{where}", body=urlencode(known).encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )

    async def _read_with(self, tokens: Mapping[str, Any], kept: str = "") -> Person:
        """Who it is, with the token that renews: a platform that gives no new one means the one before."""
        token = str(tokens.get("access_token") or "")
        if not token:
            raise Garbled("accepted, but without a token")
        head = {"Authorization": f"Bearer {token}"}
        found = _read(await self._http.send("GET", f"{self._base}/userinfo", headers=head))
        person = self._person(found["data"] if isinstance(found.get("data"), dict) else found)
        return replace(person, kept=str(tokens.get("refresh_token") or kept)[:2000])

    def _person(self, found: Mapping[str, Any]) -> Person:
        meant = found.get("aud", found.get("client_id", self._client))
        if self._client not in (meant if isinstance(meant, list) else [meant]):
            log.error("identity.other_audience")
            raise Refused("this token was given for another application", why="audience")
        said = {part: next((str(found[name]).strip() for name in names if found.get(name)), "")
                for part, names in _NAMES.items()}
        if not said["name"] or not said["number"]:
            raise Garbled("a person without name or id number")
        level = int(said["level"]) if said["level"].isdigit() else 1
        return Person(said["name"], said["number"].upper(), said["phone"], min(4, max(1, level)))

    async def check(self) -> Health:
        """Redeem a code that cannot exist: a platform that knows us refuses it, and only that."""
        return await probed(
            self._base, self.person("code-check-of-settings"), wrong="a code that cannot exist was accepted")

    async def close(self) -> None:
        """Release connections."""
        await self._http.close()


def _challenge(proof: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(proof.encode()).digest()).decode().rstrip("=")


def _read(reply: Reply) -> dict[str, Any]:
    if reply.status >= 500:
        raise Unavailable(f"unified identity answers {reply.status}")
    found = reply.json()
    if not isinstance(found, dict):
        raise Garbled("an answer that is no object")
    error = str(found.get("error") or "")
    if error in _OURS_TO_MEND or reply.status in (403, 404):
        log.error("identity.not_authorised", error=error, status=reply.status)
        raise NotAuthorised(f"unified identity does not accept us: {error or reply.status}", result=error)
    if error or reply.status != 200:
        raise Refused("the code is unknown, used or stale", result=error or str(reply.status))
    return found
