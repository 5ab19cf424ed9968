"""Accounts of staff: making them, changing them, and checking a password with a lock against guessing."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from tortoise.exceptions import IntegrityError
from tortoise.expressions import F
from tortoise.transactions import in_transaction

from cases.actors import Role, Staff
from console.models import Account, StaffSession
from console.roles import ROLES
from core import audit
from core.clock import now
from core.errors import CitizenError
from core.kv import KV

ATTEMPTS = 5
LOCKED_FOR = timedelta(minutes=15)
SHORTEST = 10
_HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
"""Argon2id with the least OWASP asks for: 19 MiB, two passes."""
_NOBODY = _HASHER.hash(secrets.token_hex(16))


class SignInRefused(CitizenError):
    """This login and password do not open the console; details say ``wrong`` or ``locked``."""

    code = "sign_in_refused"
    wording = "sign_in.wrong"
    status = 401


class AccountRefused(CitizenError):
    """An account cannot be made or changed like this; ``reason`` in the details says why."""

    code = "account_refused"
    wording = "accounts.refused"
    status = 422


async def authenticate(kv: KV, login: str, password: str) -> Account:
    """The account behind a login and its password. Raises `SignInRefused`.

    A login nobody has takes as long and locks as well, so that guessing tells nothing about who works here.
    """
    account = await Account.get_or_none(login=login.strip().lower()[:40], active=True)
    if account is None:
        await _verified(_NOBODY, password)
        digest = hashlib.sha256(login.encode()).hexdigest()[:32]
        tries = await kv.count(f"console-unknown:{digest}", int(LOCKED_FOR.total_seconds()))
        raise SignInRefused(reason="locked" if tries > ATTEMPTS else "wrong")
    if account.locked_until and account.locked_until > now():
        await _note(account, "locked")
        raise SignInRefused(reason="locked")
    if not await _verified(account.password_hash, password):
        await _count_failure(account)
        raise SignInRefused(reason="wrong")
    await Account.filter(id=account.id).update(failed=0, locked_until=None, signed_in_at=now())
    await _note(account, "done")
    return account


async def _count_failure(account: Account) -> None:
    await Account.filter(id=account.id).update(failed=F("failed") + 1)
    full = Account.filter(id=account.id, failed__gte=ATTEMPTS)
    locked = await full.update(failed=0, locked_until=now() + LOCKED_FOR)
    await _note(account, "locked" if locked else "refused")


async def _note(account: Account, outcome: str) -> None:
    await audit.record(f"staff:{account.id}", "staff.sign_in", f"account:{account.id}", outcome=outcome)


async def is_password(account: Account, password: str) -> bool:
    """Whether this is the account's password; counts as no attempt."""
    return await _verified(account.password_hash, password)


async def _verified(hashed: str, password: str) -> bool:
    """In a thread: it takes tens of milliseconds on purpose."""
    try:
        return await asyncio.to_thread(_HASHER.verify, hashed, password)
    except (VerificationError, InvalidHashError):
        return False


async def create(
    login: str, name: str, role: str, password: str, *, department: str = "", region: str = "", by: str = "system",
    must_change: bool = True,
) -> Account:
    """A new account. Raises `AccountRefused` (``login``, ``name``, ``role``, ``short``, ``taken``)."""
    login = login.strip().lower()
    if not (2 <= len(login) <= 40 and login.isascii() and login.replace("-", "").replace(".", "").isalnum()):
        raise AccountRefused(reason="login")
    if not name.strip() or len(name) > 60:
        raise AccountRefused(reason="name")
    if role not in ROLES:
        raise AccountRefused(reason="role")
    hashed = await hash_of(password)
    try:
        async with in_transaction():
            account = await Account.create(
                login=login, name=name.strip(), role=role, password_hash=hashed, department=department, region=region,
                must_change=must_change, created_at=now(),
            )
            details = {"role": role, "department": department, "region": region}
            await audit.record(by, "account.created", f"account:{account.id}", details=details)
    except IntegrityError as problem:
        raise AccountRefused(reason="taken") from problem
    return account


async def hash_of(password: str) -> str:
    """The stored form of a new password. Raises `AccountRefused` (``short``)."""
    if not SHORTEST <= len(password) <= 200:
        raise AccountRefused(reason="short")
    return await asyncio.to_thread(_HASHER.hash, password)


async def choose_password(account: Account, old: str, new: str) -> None:
    """Somebody changes their own password. Raises `AccountRefused` (``old``, ``same``, ``short``)."""
    if not await _verified(account.password_hash, old):
        raise AccountRefused(reason="old")
    if old == new:
        raise AccountRefused(reason="same")
    hashed = await hash_of(new)
    async with in_transaction():
        await Account.filter(id=account.id).update(password_hash=hashed, must_change=False)
        await StaffSession.filter(account_id=account.id).delete()
        await audit.record(f"staff:{account.id}", "account.password_changed", f"account:{account.id}")


async def reset_password(account: Account, by: str) -> str:
    """A new password to hand over, shown once; whoever was signed in with the old one is out."""
    password = secrets.token_urlsafe(12)
    hashed = await hash_of(password)
    async with in_transaction():
        await Account.filter(id=account.id).update(
            password_hash=hashed, must_change=True, failed=0, locked_until=None
        )
        await StaffSession.filter(account_id=account.id).delete()
        await audit.record(by, "account.password_reset", f"account:{account.id}")
    return password


async def switch(account: Account, active: bool, by: str) -> None:
    """Close or open an account; closing ends its sessions."""
    async with in_transaction():
        await Account.filter(id=account.id).update(active=active, failed=0, locked_until=None)
        if not active:
            await StaffSession.filter(account_id=account.id).delete()
        await audit.record(by, "account.opened" if active else "account.closed", f"account:{account.id}")


def staff_of(account: Account) -> Staff:
    """The account as cases know it."""
    role: Role = next(role for role in ROLES if role == account.role)
    return Staff(str(account.id), account.name, role, account.department, account.region)
