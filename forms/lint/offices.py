"""Windows: what is published as an address must say where it is from, and who is sent somewhere must be told where."""

from __future__ import annotations

import re
from collections.abc import Iterator

from forms.content.region_schema import Window
from forms.guides.whereto import HALL
from forms.lint.scope import near
from forms.lint.tree import Place, Problem, Tree

_OPEN = re.compile(r"为准|待定|待补|未知|示例|不详|暂无")
"""Words of an address that is none."""
_PLACES = "窗口|派出所|婚姻登记处|便民服务中心|政务大厅|教育局|事务局"
_SENDS = re.compile(rf"(?<!不用)(?:到|去|找)[^，。；]*?(?:{_PLACES})")
"""Words that send somebody somewhere."""


def offices(tree: Tree) -> Iterator[Problem]:
    """Addresses without a source, and sentences that send people to a place that no region can name."""
    for held in tree.parameters.values():
        for number, window in enumerate(held.thing.windows):
            yield from _window(window, held.thing.region, held.at.under("windows", number))
    for says, office, at in _sent(tree):
        if not office and _SENDS.search(says):
            yield at.problem("it sends people to a place, and does not name the office",
                             f"add `office: ` with what it is called, one of: {'、'.join(_known(tree))}")
        elif office and office not in _known(tree):
            yield at.under("office").problem(f"there is no office 「{office}」", near(office, _known(tree)))


def _window(window: Window, region: str, at: Place) -> Iterator[Problem]:
    told = [word for word in ("address", "hours", "phone") if getattr(window, word)]
    if window.phone == "12345" and not window.address:
        told.remove("phone")
    if told and not (window.source and window.confidence):
        yield at.problem(f"「{window.title}」 has {' and '.join(told)}, and does not say where that is from",
                         "add `source` and `confidence`, or leave it out: people are then told to ask 12345")
    if _OPEN.search(window.address):
        yield at.under("address").problem(f"「{window.address}」 is no address",
                                          "leave `address` out: people are then told to ask 12345")
    if window.address and not region:
        yield at.under("address").problem("an address in what holds everywhere would be told in every region",
                                          "write it in the file of its region")


def _sent(tree: Tree) -> Iterator[tuple[str, str, Place]]:
    for one in tree.definitions.values():
        for number, situation in enumerate(one.thing.situations):
            for place, option in enumerate(situation.options):
                at = one.at.under("situations", number, "options", place)
                yield option.offline, option.office, at
    for material in tree.materials.values():
        for number, way in enumerate(material.thing.ways):
            if way.way == "window":
                yield way.text, way.office, material.at.under("ways", number)
    for item in tree.items.values():
        if item.thing.visits:
            yield "到窗口" if not item.thing.office else "", item.thing.office, item.at.under("visits")


def _known(tree: Tree) -> tuple[str, ...]:
    """What offices are called: by the windows of any region, and by `OFFICES`."""
    named = {office for held in tree.parameters.values() for one in held.thing.windows for office in one.offices}
    return tuple(sorted({*OFFICES, *named}))


OFFICES = (
    HALL, "不动产登记窗口", "市场监管窗口", "医保窗口", "人社窗口", "卫生健康窗口", "教育窗口", "交通运输窗口",
    "退役军人事务窗口", "车管所", "出入境窗口", "公证处", "妇幼保健院", "殡仪馆", "残疾评定机构", "疾控中心或指定医院",
)
"""Offices that content may send to though no region has an address of theirs yet."""
