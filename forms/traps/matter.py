"""What the traps are looked for in: the content tree, the catalogue's words, and the mistakes the check has found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from forms.bank import Bank
from forms.content.item_schema import Item
from forms.content.regional import in_region
from forms.content.schema import BoundItem, Definition
from forms.guides.deciding import decided, in_place
from forms.lint.chains import Bound, longest_chain, waits_of
from forms.lint.scope import bound_items
from forms.lint.tree import Held, Place, Problem, Tree
from forms.logic.truth import FALSE

Found = Iterator[Problem]
_MARKS = re.compile(r"[\s《》〈〉「」“”\"'（）()、，。·？?！!：:；;]+")


@dataclass(frozen=True)
class Spoken:
    """A catalogue entry as it is written: plain data of its file, and where it stands."""

    data: dict[str, Any]
    at: Place

    def text(self, key: str) -> str:
        """One text of it; empty when there is none."""
        return str(self.data.get(key) or "")

    def told(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """(where, text) of what citizens read: guide, fee, delivery and every answer."""
        for key in ("audience", "guide", "fee", "delivery"):
            if self.text(key):
                yield (key,), self.text(key)
        for number, one in enumerate(self.data.get("faq") or ()):
            yield ("faq", number, "a"), str(one.get("a", ""))


@dataclass
class Matter:
    """Everything a trap may look at. ``spoken`` holds catalogue entries by the code of their form."""

    tree: Tree
    bank: Bank
    spoken: dict[str, Spoken] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    today: date = date.min
    written: list[Place] = field(default_factory=list)
    """Every content file."""
    _banks: dict[str, Bank] = field(default_factory=dict)
    _chains: dict[tuple[str, str], tuple[int, list[str]]] = field(default_factory=dict)

    @cached_property
    def bundles(self) -> dict[str, tuple[Held[Definition], list[tuple[int, BoundItem, Held[Item]]]]]:
        """One-things with the items they bind."""
        return {code: (held, bound_items(self.tree, held.thing)) for code, held in self.tree.definitions.items()}

    def definition(self, code: str, region: str) -> Definition:
        """A one-thing as a region has it."""
        return self.here(region).definitions[code]

    def here(self, region: str) -> Bank:
        """The bank as a region has it."""
        if region not in self._banks:
            self._banks[region] = in_region(self.bank, region)
        return self._banks[region]

    def offered(self, code: str, region: str) -> Bound:
        """The items of a one-thing that a region does not rule out, by their position."""
        here, decide = self.here(region), in_place(self.bank.parameters(region), region)
        bound = enumerate(here.definitions[code].items)
        return {number: (mine, here.items[mine.item]) for number, mine in bound
                if mine.item in here.items and decided(mine.when, decide) is not FALSE}

    def chain(self, code: str, region: str) -> tuple[int, list[str]]:
        """(working days, item codes) of the longest chain of a one-thing in a region."""
        if (code, region) not in self._chains:
            bound = self.offered(code, region)
            days, numbers = longest_chain(bound, waits_of(bound), self.definition(code, region).situations)
            self._chains[code, region] = days, [bound[number][1].code for number in numbers]
        return self._chains[code, region]

    def known(self, *phrases: str) -> Found:
        """Mistakes of the check that are this trap, by what they say."""
        for problem in self.problems:
            if any(phrase in problem.wrong for phrase in phrases):
                yield problem


def bare(title: str) -> str:
    """A title without marks and brackets, for comparing."""
    return _MARKS.sub("", title)


def stem(title: str) -> str:
    """A title without what stands in its brackets."""
    return bare(re.sub(r"[（(].*?[）)]", "", title))
