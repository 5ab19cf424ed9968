"""Whose records may be looked up: one's own, those of whoever confirmed, and those for which the content has a basis.

An id number that belongs to anybody else opens nothing, whoever typed it and whichever field it stands in. Codes of
companies, addresses and numbers of papers name no person and are not touched by this.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from forms import paths
from forms.confirmation.confirming import fingerprint
from forms.draft import Draft
from forms.logic.scene import Scene
from forms.merging.plan import Plan


class Privy:
    """What one draft may ask about whom, found out once."""

    def __init__(self, plan: Plan, scene: Scene) -> None:
        self._plan, draft = plan, scene.draft
        self._open = {number.upper() for number in _by_basis(plan, scene)}
        if draft.login is not None:
            self._open.add(draft.login.id_number.upper())
        given = draft.confirmations.values()
        self._confirmed = {one.who for one in given if one.decision == "confirmed"}
        self.held = False
        """Whether a question was held back for the word of whom it is about."""

    def may(self, keys: Mapping[str, str], key: Mapping[str, str]) -> bool:
        """Whether a question may be asked; ``keys`` maps key attributes to paths, ``key`` to their values."""
        numbers = [key[name] for name, path in keys.items() if self._is_id_number(path)]
        may = all(n.upper() in self._open or fingerprint(n) in self._confirmed for n in numbers)
        self.held = self.held or not may
        return may

    def _is_id_number(self, path: str) -> bool:
        element = None if path.startswith("=") else self._plan.element(path)
        return element is not None and element.type == "id_number"


def _by_basis(plan: Plan, scene: Scene) -> Iterator[str]:
    for name, subject in plan.definition.subjects.items():
        for index in scene.indexes(name) if subject.basis else ():
            for path in plan.id_numbers.get(name, ()):
                number = _value(scene.draft, paths.write(name, index, path))
                if number:
                    yield number


def _value(draft: Draft, path: str) -> str:
    value = draft.values.get(path)
    return str(value.value) if value is not None and value.value else ""
