"""Citizens, their sessions and conversations."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from core.fields import SealedJSON, SealedText


class Citizen(Model):
    """A natural person who has signed in. Personal data is sealed, and ``id_index`` finds it again."""

    id = fields.UUIDField(primary_key=True)
    name = SealedText()
    id_number = SealedText()
    id_index = fields.CharField(max_length=64, unique=True)
    """Blind fingerprint of the id number."""
    phone = SealedText(default="")
    level = fields.IntField(default=2)
    elder = fields.BooleanField(default=False)
    """Large type and short sentences."""
    scale = fields.IntField(default=100)
    """Text size in percent."""
    created_at = fields.DatetimeField()
    deleted_at = fields.DatetimeField(null=True)

    class Meta:
        table = "bot_citizen"


class Session(Model):
    """A browser or client that talks to us: a guest until someone signs in."""

    id = fields.UUIDField(primary_key=True)
    token_hash = fields.CharField(max_length=64, unique=True)
    citizen_id = fields.UUIDField(null=True, db_index=True)
    """None for a guest."""
    elder = fields.BooleanField(default=False)
    """A guest's choice of large type."""
    scale = fields.IntField(default=100)
    created = fields.DatetimeField()
    seen = fields.DatetimeField()
    expires = fields.DatetimeField(db_index=True)
    wechat_user_id = fields.UUIDField(null=True)
    """The `WechatUser` whose client this is; None for a browser of its own."""
    sign_in = SealedText(null=True)
    """What unified identity takes to renew or end the sign-in, where it gave something."""
    confirmed = fields.DatetimeField(null=True)
    """When unified identity last said that the sign-in stands."""

    class Meta:
        table = "bot_session"


class WechatUser(Model):
    """Somebody as one WeChat account knows them. A guest until they sign in. Two accounts know one person twice."""

    id = fields.UUIDField(primary_key=True)
    """Also what a guest's conversation is named by."""
    app_id = fields.CharField(max_length=40)
    openid = SealedText()
    openid_index = fields.CharField(max_length=64)
    """Blind fingerprint of app id and openid."""
    union_index = fields.CharField(max_length=64, null=True, db_index=True)
    """Blind fingerprint of the unionid, where the account is linked to others."""
    citizen_id = fields.UUIDField(null=True, db_index=True)
    signed_out_at = fields.DatetimeField(null=True)
    """When they signed out of the mini-program: it asks them to sign in again, instead of knowing them by WeChat."""
    follows = fields.BooleanField(default=False)
    told_in = fields.UUIDField(null=True)
    """The conversation that ``told_seq`` counts in."""
    told_seq = fields.IntField(default=0)
    """Number of the last message that was shown in this account."""
    blocked_at = fields.DatetimeField(null=True)
    """Since when WeChat says that they take no messages of the account; null once they came again."""
    created_at = fields.DatetimeField()
    seen_at = fields.DatetimeField()

    class Meta:
        table = "bot_wechat_user"
        unique_together = (("app_id", "openid_index"),)


class WechatGrant(Model):
    """What a WeChat user chose when asked whether messages by a template may come."""

    id = fields.BigIntField(primary_key=True)
    user_id = fields.UUIDField()
    """Of a `WechatUser`."""
    template = fields.CharField(max_length=100)
    allowed = fields.BooleanField()
    at = fields.DatetimeField()

    class Meta:
        table = "bot_wechat_grant"
        unique_together = (("user_id", "template"),)


class Conversation(Model):
    """One talk: a signed-in citizen has one on all channels, a guest one a session."""

    id = fields.UUIDField(primary_key=True)
    owner = fields.CharField(max_length=80, unique=True)
    """``citizen:<id>`` or ``guest:<session id>``."""
    state = SealedJSON(null=True)
    """`bot.dialogue.state.State` as JSON; None before the first word."""
    seq = fields.IntField(default=0)
    """Number of the last message; also the revision that guards ``state``."""
    with_person = fields.BooleanField(default=False, db_index=True)
    updated_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "bot_conversation"


class Message(Model):
    """One message of a conversation, in the order of ``seq``."""

    id = fields.BigIntField(primary_key=True)
    conversation_id = fields.UUIDField()
    seq = fields.IntField()
    role = fields.CharField(max_length=10)
    """citizen, bot or staff."""
    client_id = fields.CharField(max_length=64, null=True)
    """Chosen by the client, so that a message sent twice is taken once."""
    answers = fields.IntField(null=True)
    """For a reply: ``seq`` of the message it answers."""
    text = SealedText(default="")
    blocks = SealedJSON(null=True)
    at = fields.DatetimeField()

    class Meta:
        table = "bot_message"
        unique_together = (("conversation_id", "seq"), ("conversation_id", "client_id"))
