"""The people of a WeChat account: found by openid, bound to a citizen who signed in, let go when they leave."""

from __future__ import annotations

from uuid import UUID, uuid4

from tortoise.exceptions import IntegrityError
from tortoise.expressions import Q

from bot.keeping import erase_talk
from bot.models import Session, WechatUser
from bot.talk_store import conversation_of
from bot.wechat import grants
from core.audit import record
from core.clock import now
from core.crypto import keyring
from integrations.channels.wechat.base import WechatPerson


async def user_of(app_id: str, person: WechatPerson) -> WechatUser:
    """Somebody as an account knows them, made when they come for the first time.

    Who is signed in under another account of the same unionid is signed in here as well.
    """
    index = keyring().fingerprint(f"{app_id} {person.openid}")
    user = await WechatUser.get_or_none(app_id=app_id, openid_index=index)
    union = keyring().fingerprint(person.unionid) if person.unionid else None
    if user is None:
        user = await _made(app_id, person.openid, index, union)
    elif union is not None and user.union_index != union:
        user.union_index = union
        await user.save(update_fields=["union_index"])
    if user.citizen_id is None and union is not None:
        await _joined(user, union)
    return user


async def _made(app_id: str, openid: str, index: str, union: str | None) -> WechatUser:
    try:
        return await WechatUser.create(
            id=uuid4(), app_id=app_id, openid=openid, openid_index=index, union_index=union, created_at=now(),
            seen_at=now(),
        )
    except IntegrityError:  # two first pushes at once: the other one was first
        return await WechatUser.get(app_id=app_id, openid_index=index)


async def _joined(user: WechatUser, union: str) -> None:
    known = {one.citizen_id for one in await WechatUser.filter(union_index=union, citizen_id__not_isnull=True)}
    if len(known) == 1:  # two people behind one WeChat are kept apart: each signs in
        await bind(str(user.id), str(known.pop()))
        await user.refresh_from_db()


def owner(user: WechatUser) -> str:
    """Whose conversation somebody leads: ``citizen:<id>``, or ``guest:<id>`` before they sign in."""
    return f"citizen:{user.citizen_id}" if user.citizen_id else f"guest:{user.id}"


async def bind(user_id: str, citizen_id: str) -> None:
    """From now on this WeChat user talks as the citizen, in the citizen's own conversation from here on."""
    talk = await conversation_of(f"citizen:{citizen_id}")
    others = Q(citizen_id=None) | ~Q(citizen_id=UUID(citizen_id))
    done = await WechatUser.filter(others, id=UUID(user_id)).update(
        citizen_id=UUID(citizen_id), told_in=talk.id, told_seq=max(talk.seq - 1, 0)
    )
    await WechatUser.filter(id=UUID(user_id)).update(signed_out_at=None)
    if done:  # on a phone that two people use, who was signed in before is not any more
        await Session.filter(~Q(citizen_id=UUID(citizen_id)), wechat_user_id=UUID(user_id)).delete()
        await record(f"citizen:{citizen_id}", "wechat.bind", f"wechat:{user_id}")


async def unbind(user_id: UUID) -> None:
    """They are a guest again, with a new conversation; their clients are signed out."""
    user = await WechatUser.get_or_none(id=user_id)
    if user is None or user.citizen_id is None:
        return
    await WechatUser.filter(id=user_id).update(citizen_id=None, told_in=None, told_seq=0)
    await Session.filter(wechat_user_id=user_id).delete()
    await erase_talk(f"guest:{user_id}")  # of before they signed in
    await record(f"citizen:{user.citizen_id}", "wechat.unbind", f"wechat:{user_id}")


async def unbind_all(citizen_id: str) -> int:
    """No WeChat knows the citizen any more; returns how many did. News of cases go to none of them."""
    found = await WechatUser.filter(citizen_id=UUID(citizen_id))
    for user in found:
        await unbind(user.id)
    return len(found)


async def signed_out(user_id: str) -> None:
    """Somebody signed out on their phone: it asks who they are the next time. It still may tell them of their cases."""
    await erase_talk(f"guest:{user_id}")
    await WechatUser.filter(id=UUID(user_id)).update(signed_out_at=now())


async def forget(user: WechatUser) -> None:
    """They took back what WeChat was allowed to tell us: nothing that names them in WeChat stays."""
    await unbind(user.id)
    await erase_talk(f"guest:{user.id}")
    await grants.drop(user.id)
    gone = keyring().fingerprint(f"gone {user.id}")
    await WechatUser.filter(id=user.id).update(openid="", openid_index=gone, union_index=None, follows=False)
