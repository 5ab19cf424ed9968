"""The departments that take part in one-things, as the content names them."""

from __future__ import annotations

from cases.actors import Staff
from console.desk import ConsoleDesk


def departments_of(desk: ConsoleDesk) -> list[str]:
    """Every department, in the order of their names."""
    return sorted({item.department for item in desk.engine.bank.items.values()})


def departments_for(desk: ConsoleDesk, staff: Staff) -> list[str]:
    """The departments somebody may choose between; none for who belongs to one."""
    return [] if staff.department and staff.role == "reviewer" else departments_of(desk)
