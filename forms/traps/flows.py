"""Traps about what goes where: products demanded as inputs, repeats, other matters, roles and lists of items."""

from __future__ import annotations

import re
from itertools import combinations

from forms.lint.possible import Search
from forms.traps.matter import Found, Matter, bare

_YEARLY = re.compile(r"每年|每一年|年审|年检|续期|延续|有效期|到期")
_TOLD = re.compile(r"每年|一年|年审|年检|续|到期|有效期|下一年|明年|周岁")
LONG_DEBT = 60
"""Working days after which a paper to be brought later is likely to be forgotten."""


def products_as_inputs(matter: Matter) -> Found:
    """What one item of the bundle issues is demanded as a paper by another, or typed by the citizen."""
    yield from matter.known("demands the paper", "which only it issues")
    for code, (held, bound) in matter.bundles.items():
        issued = {bare(result.title): (theirs, item.thing.code) for _, theirs, item in bound
                  for result in item.thing.results}
        search = Search(held.thing.situations)
        for number, mine, item in bound:
            waited = {bare(wait.result) for wait in item.thing.waits_for}
            for need in item.thing.materials:
                material = matter.tree.materials.get(need.material)
                name = bare(material.thing.title) if material else ""
                theirs, issuer = issued.get(name, (mine, item.thing.code))
                if issuer == item.thing.code or name in waited:
                    continue
                if search.possible([mine.when, mine.materials_when.get(need.material), theirs.when]):
                    yield held.at.under("items", number).problem(
                        f"`{item.thing.code}` of `{code}` demands `{need.material}`, which `{issuer}` issues, and does "
                        "not wait for it", f"add 「{material.thing.title if material else ''}」 to `waits_for`")


def repeats(matter: Matter) -> Found:
    """One result for several children, yearly duties nobody tells of, debts that run for months."""
    for code, (held, bound) in matter.bundles.items():
        repeated = {name for name, subject in held.thing.subjects.items() if subject.repeat is not None}
        for number, mine, item in bound:
            for result in item.thing.results:
                role = (result.element or "").partition(".")[0]
                if role and mine.roles.get(role) in repeated and mine.each != mine.roles.get(role):
                    yield held.at.under("items", number).problem(
                        f"`{item.thing.code}` of `{code}` issues one 「{result.title}」 for all of {mine.roles[role]}",
                        f"add `each: {mine.roles[role]}`")
        spoken = matter.spoken.get(code)
        told = any(_TOLD.search(text) for _, text in spoken.told()) if spoken else True
        for _, _, item in bound:
            if not told and (found := _YEARLY.search(item.thing.note)):
                yield item.at.under("note").problem(
                    f"「{found[0]}」 stands in the note of `{item.thing.code}`, and nothing in the guide or FAQ of "
                    f"`{code}` tells of it", "add an FAQ entry")
    for name, material in matter.tree.materials.items():
        for number, way in enumerate(material.thing.ways):
            if way.within_days and way.within_days > LONG_DEBT:
                yield material.at.under("ways", number).problem(
                    f"`{name}` may be brought {way.within_days} working days later", "give a shorter time")


def other_matters(matter: Matter) -> Found:
    """One-things that lean on others which are not there, and one service defined twice with other limits."""
    for code, spoken in matter.spoken.items():
        for number, other in enumerate(spoken.data.get("related") or ()):
            if str(other) not in matter.spoken:
                yield spoken.at.under("related", number).problem(
                    f"`{code}` is related to `{other}`, which is not there", "take it out until it is")
    for (_, one), (_, two) in combinations(sorted(matter.tree.items.items()), 2):
        if bare(one.thing.title) != bare(two.thing.title):
            continue
        differs = [word for word in ("department", "kind", "limit", "fee", "visits")
                   if getattr(one.thing, word) != getattr(two.thing, word)]
        yield two.at.under("title").problem(
            f"`{two.thing.code}` and `{one.thing.code}` are both 「{one.thing.title}」"
            + (f" and differ in {', '.join(differs)}" if differs else ""), "keep one item and bind it twice")


def roles_missing(matter: Matter) -> Found:
    """One subject that plays two people of the same item, so that husband and wife become one."""
    for code, (held, bound) in matter.bundles.items():
        for number, mine, item in bound:
            for one, two in combinations(sorted(mine.roles), 2):
                same = mine.roles[one] == mine.roles[two]
                if same and item.thing.roles.get(one) == item.thing.roles.get(two):
                    yield held.at.under("items", number, "roles").problem(
                        f"`{mine.roles[one]}` plays both `{one}` and `{two}` of `{item.thing.code}` in `{code}`",
                        "look whether they are two people")


def lists_and_reality(matter: Matter) -> Found:
    """Items that nobody bundles or that do nothing, papers that no item asks for."""
    used = {mine.item for _, bound in matter.bundles.values() for _, mine, _ in bound}
    for code, held in matter.tree.items.items():
        if code not in used:
            yield held.at.problem(f"no one-thing bundles `{code}`", "bind it, or remove the file")
        if not held.thing.results and held.thing.mode == "apply":
            yield held.at.under("results").problem(f"`{code}` leads to no result", "name what the citizen gets")
    asked = {need.material for held in matter.tree.items.values() for need in held.thing.materials}
    wanted = (one for held in matter.tree.definitions.values() for one in held.thing.confirmations)
    asked |= {one.instead for one in wanted if one.instead}
    for code, material in matter.tree.materials.items():
        if code not in asked:
            yield material.at.problem(f"no item asks for `{code}`", "remove it")
