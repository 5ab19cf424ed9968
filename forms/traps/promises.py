"""Traps about days: promises that chains cannot keep, waiting that nobody counts, bundles that spare nothing."""

from __future__ import annotations

import re

from forms.traps.matter import Found, Matter

_WAITING = re.compile(r"(公示|公告|异议|冷静期|观察期|等待期)[^，。；、]{0,8}?(\d+)\s*(?:个)?(?:工作)?(日|天|个月)")
_ON_TOP = re.compile(r"不算在(?:办理)?时限|不在时限里|另外算")
PADDED = 1.5
"""A bundle that promises so many times its longest chain takes more than it needs."""


def shorter_than_the_chain(matter: Matter) -> Found:
    """The whole promises less than its parts take one after the other; also in a single region, or far more."""
    yield from matter.known("longest chain takes", "more than the")
    for code, (held, _) in matter.bundles.items():
        at, longest = held.at.under("limit"), 0
        for region in sorted(matter.bank.regions):
            days, items = matter.chain(code, region)
            longest, promised = max(longest, days), matter.definition(code, region).limit.promised
            if days > promised and region:
                yield at.problem(f"in {region} `{code}` promises {promised} working days, but {' -> '.join(items)} "
                                 f"takes {days}", f"promise at least {days}")
        promised = held.thing.limit.promised
        if longest and promised > longest * PADDED:
            yield at.problem(f"`{code}` promises {promised} working days, though its longest chain takes {longest}",
                             f"promise {longest}, or say in `source` why more")


def waiting_outside(matter: Matter) -> Found:
    """A notice or objection period that is longer than the days promised, told only in a note."""
    for code, held in matter.tree.items.items():
        item = held.thing
        for word in ("note", "department_note", "visit_reason"):
            text = getattr(item, word)
            for found in () if _ON_TOP.search(text) else _WAITING.finditer(text):
                days = int(found[2]) * (21 if found[3] == "个月" else 1)
                if days > item.limit.promised:
                    yield held.at.under(word).problem(
                        f"`{code}` promises {item.limit.promised} working days, but tells of 「{found[0]}」",
                        "count the waiting into `limit`, or say in `note` that it comes on top")


def no_improvement(matter: Matter) -> Found:
    """A bundle that brings nothing together: then there is nothing to show before and after."""
    for code, (held, bound) in matter.bundles.items():
        if len(bound) < 2:
            yield held.at.under("items").problem(f"`{code}` bundles {len(bound)} item", "a one-thing bundles several")
            continue
        needs = [f"{mine.roles.get(role)}.{rest}" for _, mine, item in bound for need in item.thing.needs
                 for role, _, rest in [need.element.partition(".")]]
        if len(needs) == len(set(needs)):
            yield held.at.under("items").problem(
                f"no two items of `{code}` need the same datum: one form spares nothing",
                "look whether the roles are played by the right subjects")
