"""The WeChat accounts of a deployment: official accounts (服务号) and mini-programs, each under a name of its own."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, TypeAdapter, ValidationError

from core.errors import YijianshiError
from core.settings import Settings

Kind = Literal["official", "mini"]
_SECRETS = ("secret", "token", "aes_key")


class Account(BaseModel):
    """One account as the settings have it. ``token`` and ``aes_key`` are those of its message push."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9-]{0,30}$")
    """In the path of its callback: ``/wx/<name>``."""
    kind: Kind = "official"
    app_id: str = Field(pattern=r"^wx[0-9a-zA-Z]{8,30}$")
    secret: SecretStr
    token: SecretStr = Field(min_length=3, max_length=32)
    aes_key: SecretStr = SecretStr("")
    """43 characters; needed in compatible and safe mode."""
    mode: Literal["plain", "compatible", "safe"] = "safe"
    certified: bool = True
    """Whether it may send customer-service and template messages."""
    templates: dict[str, str] = {}
    """What a template or subscription message is about, to its template id: ``case``, ``correction``, ``result``."""
    fields: dict[Literal["title", "state", "hint", "number"], str] = Field(
        default={"title": "thing1", "state": "phrase2", "hint": "thing3"}
    )
    """What a message says, to the field of the templates that says it; the same ones in all three."""
    mini: str = Field("", pattern=r"^(wx[0-9a-zA-Z]{8,30})?$")
    """App id of the mini-program that links in this account's chat open; WeChat must have linked both."""

    @property
    def encrypted(self) -> bool:
        """Whether pushes come encrypted; plain ones are then refused."""
        return self.mode != "plain"


def accounts_of(settings: Settings) -> tuple[Account, ...]:
    """The accounts that ``YJS_WECHAT_ACCOUNTS`` lists, or those of the demo.

    Raises `YijianshiError` with one sentence for what cannot be used; secrets are not repeated in it.
    """
    written = settings.wechat_accounts.get_secret_value()
    if not written:
        return _demo(settings) if settings.demo else ()
    try:
        found = TypeAdapter(tuple[Account, ...]).validate_json(written)
    except ValidationError as problem:
        where = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in problem.errors(include_input=False))
        raise YijianshiError(f"YJS_WECHAT_ACCOUNTS is no list of accounts: {where}") from None
    for one in found:
        if one.encrypted and len(one.aes_key.get_secret_value()) != 43:
            raise YijianshiError(f"YJS_WECHAT_ACCOUNTS: the account {one.name} needs an aes_key of 43 characters")
    if len({one.name for one in found}) < len(found) or len({one.app_id for one in found}) < len(found):
        raise YijianshiError("YJS_WECHAT_ACCOUNTS: two accounts have the same name or app_id")
    return found


def written(accounts: Iterable[Account]) -> str:
    """The accounts as ``YJS_WECHAT_ACCOUNTS`` would list them, with their secrets: for the environment of a process."""
    shown = ({**one.model_dump(), **{name: getattr(one, name).get_secret_value() for name in _SECRETS}}
             for one in accounts)
    return json.dumps(list(shown))


def _demo(settings: Settings) -> tuple[Account, ...]:
    """An official account and a mini-program that the demo WeChat knows; their secrets follow from ours."""
    def made(what: str, length: int) -> SecretStr:
        key = hmac.new(settings.secret_key.get_secret_value().encode(), what.encode(), hashlib.sha256).digest()
        return SecretStr(base64.b64encode(key).decode().replace("+", "x").replace("/", "y")[:length])

    def one(name: str, kind: Kind, app_id: str) -> Account:
        return Account(
            name=name, kind=kind, app_id=app_id, secret=made(f"{name} secret", 32), token=made(f"{name} token", 24),
            aes_key=made(f"{name} aes", 43), mode="safe", mini="wxdemo0000000000b2" if kind == "official" else "",
            templates={what: f"demo-{what}" for what in ("case", "correction", "result")},
        )

    return one("demo", "official", "wxdemo0000000000a1"), one("demo-mini", "mini", "wxdemo0000000000b2")
