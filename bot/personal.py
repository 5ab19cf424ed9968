"""What a talk knows of people, so that it can be found in their words and taken out. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from forms.draft import Draft, Login

PERSONAL = ("name", "id_number", "phone", "number", "account", "address", "uscc")
"""Ends of the names of fields and attributes that hold what is nobody's business."""


def personal_values(login: Login | None, draft: Draft | None) -> tuple[str, ...]:
    """What is known of the people in this talk, so that it is found in words: names, numbers, addresses."""
    return tuple(dict.fromkeys(_personal(login, draft)))


def _personal(login: Login | None, draft: Draft | None) -> Iterator[str]:
    if login is not None:
        yield from (*_names(login.name), login.id_number, login.phone)
    if draft is None:
        return
    told = [(path, value.value) for path, value in draft.values.items()]
    told += [pair for fact in draft.facts.values() for record in fact.records for pair in record.items()]
    for path, value in told:
        if isinstance(value, str) and path.endswith(PERSONAL):
            yield from _names(value) if path.endswith("name") else (value,)


def _names(name: str) -> tuple[str, ...]:
    """A name, and the given name that a family uses."""
    return (name, name[1:]) if len(name) == 3 else (name,)
