"""What each role may do. A right is asked for by every page; see `console.asking.page`."""

from __future__ import annotations

from typing import Literal, get_args

from cases.actors import Role

Right = Literal["any", "work", "decide", "supervise", "content", "propose", "publish", "accounts", "train"]
"""``any``: whoever is signed in · ``work``: see cases and their tasks · ``decide``: approve, return, reject ·
``supervise``: counts, breaches, proofs · ``content``: what is published · ``propose``: write a change of it ·
``publish``: put somebody else's change in force · ``accounts``: who may sign in · ``train``: see what citizens asked
for, masked, say what it means, and train the recogniser on it."""

ROLES: tuple[Role, ...] = get_args(Role)

RIGHTS: dict[str, frozenset[Right]] = {
    "reviewer": frozenset({"any", "work", "decide"}),
    "supervisor": frozenset({"any", "work", "supervise", "content", "publish"}),
    "operator": frozenset({"any", "content", "propose", "train"}),
    "admin": frozenset({"any", "accounts", "content", "publish"}),
}
"""Who supervises does not decide, and who keeps accounts or writes content sees no case at all."""

HOME: dict[str, str] = {
    "reviewer": "/queue", "supervisor": "/supervision", "operator": "/content", "admin": "/accounts",
}
"""The first page after signing in."""

MENU: tuple[tuple[str, Right], ...] = (
    ("queue", "work"), ("tasks", "work"), ("talks", "work"), ("ratings", "work"), ("supervision", "supervise"),
    ("content", "content"), ("understanding", "content"), ("accounts", "accounts"),
)
"""Pages of the menu, each with the right it needs."""


def may(role: str, right: Right) -> bool:
    """Whether a role has a right."""
    return right in RIGHTS.get(role, frozenset())


def menu_of(role: str) -> list[str]:
    """The pages a role finds in the menu."""
    return [page for page, right in MENU if may(role, right)]
