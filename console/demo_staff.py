"""Demo accounts: one of each role, one of a single department, one of another region. Never made outside a demo."""

from __future__ import annotations

from console import accounts
from console.accounts import AccountRefused
from console.models import Account
from console.wording import words
from core.settings import Settings

CITY = "330100"
ELSEWHERE = "341300"
DEMO: tuple[tuple[str, str, str, str], ...] = (
    ("reviewer", "reviewer", "", CITY), ("supervisor", "supervisor", "", CITY), ("operator", "operator", "", CITY),
    ("admin", "admin", "", CITY), ("police", "reviewer", "公安", CITY), ("suzhou", "reviewer", "", ELSEWHERE),
)
"""Login, role, department, region. The password is ``<login>-demo``; the name stands in the wording."""


async def ensure_demo_staff(settings: Settings) -> None:
    """Make the demo accounts that are missing, when this is a demo; close those of an earlier one when it is not."""
    if not settings.demo:
        await _close()
        return
    known = {account.login for account in await Account.all()}
    for login, role, department, region in DEMO:
        if login not in known:
            await _make(login, role, department, region)


async def _close() -> None:
    """Their passwords are public. Whoever chose one of their own keeps the account."""
    for account in await Account.filter(login__in=[login for login, *_ in DEMO], active=True):
        if await accounts.is_password(account, password_of(account.login)):
            await accounts.switch(account, False, "system")


async def _make(login: str, role: str, department: str, region: str) -> None:
    name = words()(f"demo.{login}")
    password = password_of(login)
    try:
        await accounts.create(
            login, name, role, password, department=department, region=region, must_change=False
        )
    except AccountRefused as refused:
        if refused.details.get("reason") != "taken":  # another process made it at the same moment
            raise


def password_of(login: str) -> str:
    """The password of a demo account."""
    return f"{login}-demo"
