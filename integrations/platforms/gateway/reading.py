"""Reading what a platform sends, through its field map, into our words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from core import clock
from integrations.platforms.base import PlatformEvent, Receipt
from integrations.platforms.failures import failure
from integrations.platforms.gateway.fieldmap import FieldMap, Signing
from integrations.platforms.gateway.template import UnknownCode, fill, pick
from integrations.platforms.signing import fresh, raw, same, sign

_EVENT = TypeAdapter(PlatformEvent)
_RECEIPT = TypeAdapter(Receipt)


def read_event(fields: FieldMap, raw: Any) -> PlatformEvent:
    """One of their events in our words. Raises `core.errors.Garbled`."""
    try:
        ours = _present(fill(fields.event, raw, fields.filters))
        ours["extra"] = _present(ours.get("extra", {}))
        ours["demands"] = [{"about": "", "says": ""} | _present(part) for part in ours.get("demands", ())]
        ours["results"] = [{"title": ""} | _present(part) for part in ours.get("results", ())]
        return _EVENT.validate_python(ours)
    except (UnknownCode, ValueError, TypeError, AttributeError) as problem:
        raise failure("GARBLED", _without_values(problem)) from problem


def read_events(fields: FieldMap, body: Mapping[str, Any], after: int) -> tuple[PlatformEvent, ...]:
    """The events of a pulled list above ``after``, in order, each once."""
    rows = pick(body, fields.answers.events)
    if not isinstance(rows, list):
        raise failure("GARBLED", "the list of events is missing")
    events = {event.seq: event for event in (read_event(fields, row) for row in rows)}
    return tuple(events[seq] for seq in sorted(events) if seq > after)


def read_receipt(fields: FieldMap, body: Mapping[str, Any], duplicate: bool) -> Receipt:
    """The receipt in an answer. Raises `core.errors.Garbled`."""
    try:
        ours = _present(fill(fields.answers.receipt, body, fields.filters))
        ours["duplicate"] = bool(ours.get("duplicate")) or duplicate
        return _RECEIPT.validate_python(ours)
    except (UnknownCode, ValueError, TypeError) as problem:
        raise failure("GARBLED", _without_values(problem)) from problem


def open_callback(rules: Signing, key: str, headers: Mapping[str, str], body: bytes) -> tuple[Any, str]:
    """The JSON body and the nonce of a pushed event whose signature and clock are right.

    Raises `core.errors.NotAuthorised` or `core.errors.Garbled`. Names of headers match in any case.
    """
    found = {name.lower(): value for name, value in headers.items()}
    parts = {name: found.get(header.lower(), "") for name, header in rules.headers.items()}
    signed = {name: raw(value) for name, value in parts.items()} | {"body": body}
    expected = sign(key, [signed[name] for name in rules.over if name in signed], algorithm=rules.algorithm,
                    encoding=rules.encoding, join=rules.join)
    if not same(expected, parts["sign"]):
        raise failure("AUTH_SIGN", "callback with a wrong signature")
    if not fresh(parts["timestamp"], clock.now(), rules.unit, rules.skew):
        raise failure("AUTH_CLOCK", "callback from another time")
    try:
        return json.loads(body), parts["nonce"]
    except ValueError as problem:
        raise failure("GARBLED", "callback that is not JSON") from problem


def _present(ours: dict[str, Any]) -> dict[str, Any]:
    """What they left out takes our default."""
    return {name: value for name, value in ours.items() if value is not None and value != ""}


def _without_values(problem: Exception) -> str:
    """What is wrong, without the values, which may be personal."""
    if isinstance(problem, ValidationError):
        return "; ".join(f"{'.'.join(map(str, error['loc']))}: {error['type']}" for error in problem.errors())
    return str(problem) if isinstance(problem, UnknownCode) else type(problem).__name__
