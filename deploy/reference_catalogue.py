"""The table of docs/reference/catalogue.md: every one-thing in the numbers of its plain worked case, computed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from forms.bank import Bank
from forms.content.depth import stars
from forms.engine import Engine
from forms.lint import PACKAGED
from forms.lint.tree import Tree
from forms.merging.merged import Numbers
from forms.walk import examples, walk_with_demo
from forms.walking.examples_schema import Example

FIRST = (
    "newborn_birth", "school_enrollment", "social_security_card", "disability_services", "retirement",
    "second_hand_housing", "real_estate_registration", "enterprise_info_change", "open_transport_enterprise",
    "open_restaurant", "utilities_joint_installation", "credit_repair", "listing_compliance_check",
    "bankruptcy_info_check", "enterprise_deregistration", "enterprise_setup", "open_kindergarten",
    "open_convenience_store", "open_clinic", "construction_project",
)
"""The one-things of the founding documents, in their order; the goals are measured over these."""
BROUGHT = ("upload", "window", "deferred")
HEAD = (
    "| one-thing | items | departments | fields before → after → asked | materials before → to bring | visits "
    "| longest chain, working days | examples walked |\n|---|---:|---:|---:|---:|---:|---:|---:|"
)


@dataclass(frozen=True)
class Line:
    """One one-thing: its title, what its plain case came to, papers the citizen has to bring, examples walked."""

    code: str
    title: str
    numbers: Numbers
    bring: int
    walked: int


@lru_cache(maxsize=1)
def lines() -> list[Line]:
    """Every one-thing with worked cases, those of the founding documents first."""
    return asyncio.run(_lines())


async def _lines() -> list[Line]:
    engine, found = Engine(Bank.load([PACKAGED])), dict[str, list[Example]]()
    for code, held in examples(Tree.load([PACKAGED])):
        found.setdefault(code, []).append(held.thing)
    rank = {code: place for place, code in enumerate(FIRST)}
    ordered = sorted(found, key=lambda code: (rank.get(code, len(rank)), code))
    return [line for code in ordered if (line := await _line(engine, code, found[code])) is not None]


async def _line(engine: Engine, code: str, cases: list[Example]) -> Line | None:
    """From the first case that ends in a submission: by custom the plain one. The tests walk all of them."""
    plain = next((case for case in cases if case.expect.outcome == "submitted"), None)
    walked = await walk_with_demo(engine, code, plain) if plain else None
    if walked is None or walked.numbers is None:
        return None
    bring = sum(given.way in BROUGHT for given in walked.draft.materials.values())
    return Line(code, engine.bank.definitions[code].title, walked.numbers, bring, len(cases))


def catalogue_table() -> str:
    """The table, a line a one-thing, and the sum."""
    return "\n".join([HEAD, *_rows(lines())])


def _rows(found: list[Line]) -> Iterator[str]:
    for line in found:
        n = line.numbers
        yield (
            f"| {line.title} `{line.code}` | {n.items} | {n.departments} "
            f"| {n.fields_before} → {n.fields_after} → {n.asked} | {n.materials_before} → {line.bring} | {n.visits} "
            f"| {n.promised_days} | {line.walked} |"
        )
    for title, part in (("the first 20", [line for line in found if line.code in FIRST]), ("all", found)):
        yield _sum(title, part)


def _sum(title: str, part: list[Line]) -> str:
    def total(name: str) -> int:
        return sum(getattr(line.numbers, name) for line in part)

    bring, walked = sum(line.bring for line in part), sum(line.walked for line in part)
    return (
        f"| **{title}: {len(part)}** | {total('items')} | | {total('fields_before')} → {total('fields_after')} → "
        f"{total('asked')} | {total('materials_before')} → {bring} | {total('visits')} | | {walked} |"
    )


def goals_table() -> str:
    """What the goals over the first 20 came to."""
    found = [line for line in lines() if line.code in FIRST]
    part = [line.numbers for line in found]
    asked, before = sum(n.asked for n in part), sum(n.fields_before for n in part)
    after, papers = sum(n.fields_after for n in part), sum(n.materials_before for n in part)
    shares = (
        ("fields asked, of the sum over items", asked, before, 12),
        ("fields asked, of the merged form", asked, after, 30),
        ("papers to bring, of those demanded", sum(line.bring for line in found), papers, 20),
    )
    rows = [
        f"| {name} | {some} of {of} | {100 * some / max(of, 1):.0f} % | {goal} % |" for name, some, of, goal in shares
    ]
    return "\n".join(["| goal | counted | share | at most |", "|---|---:|---:|---:|", *rows])


def depth_table() -> str:
    """How many items go how far online."""
    bank = Bank.load([PACKAGED])
    used = {bound.item for one in bank.definitions.values() for bound in one.items}
    found = [stars(bank.items[code], bank.materials) for code in sorted(used)]
    rows = [f"| {'★' * n} | {found.count(n)} | {100 * found.count(n) / len(found):.0f} % |" for n in (4, 3, 2, 1)]
    return "\n".join(["| online depth | items | share |", "|---|---:|---:|", *rows])
