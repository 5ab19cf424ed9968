"""Putting a version in force: past the gate or over it with a reason, back to a former one, all of it written down.

The last publication is the truth. The nudge only makes processes look at once instead of at their next look.
"""

from __future__ import annotations

from tortoise.transactions import in_transaction

from core import audit
from core.clock import now
from core.errors import CitizenError
from core.kv import KV
from core.settings import Settings
from intents.masking import masked
from intents.models import ModelVersion, Publication
from intents.training.gate import findings, server_findings
from intents.training.golden import By, golden_digest
from intents.training.history import base_to_beat
from intents.training.loading import loads
from intents.training.measures import Finding, Limits
from intents.training.versions import DROPPED, evaluation_of, published_version, version_of

CHANNEL = "recogniser"
"""Where processes hear that another version is in force."""
LOCK = "recogniser-publish"
"""Held by whoever changes which version is in force, or lets go of others."""
SHORTEST_REASON = 8
"""Characters of a reason that says something."""


class PublishRefused(CitizenError):
    """A version cannot be published like this; ``reason`` in the details says why, ``findings`` what the gate found."""

    code = "publish_refused"
    wording = "error.publish_refused"
    status = 409


_WHY = {
    "published": "this version is published already",
    "own": "somebody else than who trained it has to publish it, in the console",
    "gate": "the gate refuses it; somebody else than who trained it may publish it nevertheless in the console, with a "
    "reason",
    "no_former": "there is no former version to go back to",
    "dropped": "its files were let go; train again to have it back",
    "lost": "its file is not whole in the database, and no process could read with it; train again to have it back",
    "never": "only a version that was published before can be gone back to; publish this one",
}


def refused(reason: str, found: list[Finding] | None = None) -> PublishRefused:
    """The error, with a sentence for the command line."""
    said = "; ".join(sentence(one) for one in found or [])
    return PublishRefused(_WHY[reason] + (f": {said}" if said else ""), reason=reason, findings=found or [])


def sentence(one: Finding) -> str:
    """A finding in English, for the command line."""
    told = f" ({one.before:.1%} -> {one.after:.1%})" if one.before or one.after else ""
    counted = f" ({one.count} of {one.whole})" if one.count else ""
    where = f" ({one.source})" if one.source and not counted else ""
    who = "the server: " if one.reader == "server" else ""
    return f"{who}{one.kind.replace('_', ' ')}{f' {one.intent}' if one.intent else ''}{where}{told}{counted}"


async def gate(version: ModelVersion, settings: Settings) -> list[Finding]:
    """What speaks against publishing this version now."""
    present = await published_version()
    base, limits = await base_to_beat(present), Limits.from_settings(settings)
    mine = await evaluation_of(version.id, base.version) or await evaluation_of(version.id)
    found = findings(mine, base, await golden_digest(), limits)
    if settings.nlu != "rasa":
        return found
    if not version.server_model:
        return [Finding(kind="no_server", reader="server"), *found]
    if any(one.kind == "outdated" for one in found):
        return found
    return found + server_findings(mine, version.server_model, present.server_model if present else None, limits)


async def publish(version: ModelVersion, by: By, settings: Settings, kv: KV, reason: str = "") -> Publication:
    """Put a version in force, in all processes. Raises `PublishRefused` (``published``, ``dropped``, ``lost``,
    ``own``, ``gate``).

    What the gate refuses goes through with a ``reason``, given by somebody else than who trained it: a member of staff
    with an account of the console, for a name in a shell proves nothing.
    """
    async with kv.lock(LOCK, wait=5):
        now_published = await published_version()
        if now_published is not None and now_published.id == version.id:
            raise refused("published")
        await _still_there(version)
        found = [one for one in await gate(version, settings) if one.stops]
        another = by.actor.startswith("staff:") and version.by != by.actor
        if settings.publish_by_another and not another:
            raise refused("own")
        if found and (not another or len(reason.strip()) < SHORTEST_REASON):
            raise refused("gate", found)
        done = await _put(version, now_published, "publish", by, reason, found)
    await kv.tell(CHANNEL, str(version.id))
    return done


async def roll_back(by: By, kv: KV, to: int | None = None, reason: str = "") -> Publication:
    """Back to a version that was in force before, the last one when none is named. No gate: this is the way out.

    Raises `PublishRefused` (``no_former``, ``never``, ``published``, ``dropped``, ``lost``),
    `core.errors.NotFound`.
    """
    async with kv.lock(LOCK, wait=5):
        present = await published_version()
        version = await version_of(to) if to is not None else await former(present)
        if version is None or present is None:
            raise refused("no_former")
        if version.id == present.id:
            raise refused("published")
        if not await Publication.filter(version_id=version.id).exists():
            raise refused("never")
        await _still_there(version)
        done = await _put(version, present, "rollback", by, reason, [])
    await kv.tell(CHANNEL, str(version.id))
    return done


async def _still_there(version: ModelVersion) -> None:
    if (await version_of(version.id)).state == DROPPED:
        raise refused("dropped")
    if not await loads(version):
        raise refused("lost")


async def former(present: ModelVersion | None) -> ModelVersion | None:
    """What was in force before ``present`` came: what going back leads to."""
    if present is None:
        return None
    came = await Publication.filter(version_id=present.id, kind="publish").order_by("-id").first()
    return await ModelVersion.get_or_none(id=came.before_id) if came and came.before_id else None


async def _put(
    version: ModelVersion, before: ModelVersion | None, kind: str, by: By, reason: str, found: list[Finding]
) -> Publication:
    over, said = [one.data() for one in found], masked(reason.strip())[:400]
    async with in_transaction():
        done = await Publication.create(
            version_id=version.id, before_id=before.id if before else None, kind=kind, by=by.actor, by_name=by.name,
            at=now(), reason=said, overridden=over,
        )
        await ModelVersion.filter(state="published").update(state="retired")
        await ModelVersion.filter(id=version.id).update(state="published")
        await audit.record(by.actor, f"recogniser.{kind}", f"recogniser:{version.id}", details={
            "before": before.id if before else None, "reason": said, "overridden": over,
        })
    return done
