"""Traps in writing: one name for two things, two names for one, ways that are never tried, dirty values."""

from __future__ import annotations

import re
from collections.abc import Iterable

from forms.lint.gaps import texts
from forms.lint.tree import Place
from forms.traps.matter import Found, Matter, bare

_DIRTY = re.compile(r"待定|待补充|待完善|TODO|TBD|FIXME|[xX]{3,}|NaN|\?\?\?|？？？|lorem|测试用")
_HAN = r"[\u4e00-\u9fff]"
_GAP = re.compile(rf"(?<!{_HAN}){_HAN}[ \t\u3000]+{_HAN}|{_HAN}[ \t\u3000]+{_HAN}(?!{_HAN})")
"""A gap with a single character on one side of it, as inside a word; 「财政部 税务总局」 is none."""
_BY_HAND = ("upload", "window")
_SPARED = {"generated": re.compile(r"系统(?:自动|按.{0,6})?生成|自动生成"),
           "licence verified": re.compile(
               r"[^，。；、\s]{0,6}核验|免交|电子证照|查得到.{0,6}不用|查到.{0,6}(?:不用|不要)")}
_JOINED = ("between", "example")
"""What is put between two texts, and what stands in a field as a pattern: a gap there is meant."""


def doubled_keys(matter: Matter) -> Found:
    """The same name for two things of one kind."""
    yield from matter.known("is defined a second time", "stands twice")
    yield from _doubled("material", ((h.thing.title, code, h.at.under("title"))
                                     for code, h in matter.tree.materials.items()))
    for kind, held in matter.tree.kinds.items():
        yield from _doubled("element", (
            (element.title, f"{kind}.{element.code}", held.at.under("elements", number, "title"))
            for number, element in enumerate(held.thing.elements)))
    for code, spoken in matter.spoken.items():
        yield from _doubled("question", (
            (str(said), code, spoken.at.under("faq", number))
            for number, one in enumerate(spoken.data.get("faq") or ())
            for said in (one.get("q"), *(one.get("also") or ()))))
    yield from _doubled("name of a one-thing", (
        (str(alias), code, spoken.at.under("aliases"))
        for code, spoken in matter.spoken.items()
        for alias in dict.fromkeys((spoken.text("title"), *(spoken.data.get("aliases") or ())))))


def _doubled(what: str, named: Iterable[tuple[str, str, Place]]) -> Found:
    seen: dict[str, str] = {}
    for title, code, at in named:
        if bare(title) in seen:
            yield at.problem(f"the {what} 「{title}」 stands twice: `{seen[bare(title)]}` and `{code}`",
                             "keep one, or give them different names")
        seen.setdefault(bare(title), code)


def ways_that_contradict(matter: Matter) -> Found:
    """A way that is never tried, or words that promise a way which is not there."""
    for code, held in matter.tree.materials.items():
        material, hand = held.thing, ""
        for number, way in enumerate(material.ways):
            if hand and way.way in ("licence", "verified", "generated"):
                yield held.at.under("ways", number).problem(
                    f"`{code}` tries `{way.way}` after `{hand}`, which waits for the citizen: it never comes to it",
                    f"put `{way.way}` first")
            hand = hand or (way.way if way.way in _BY_HAND else "")
        there = {way.way for way in material.ways}
        for kinds, said in _SPARED.items():
            for word, text in (("format", material.format), ("help", material.help)):
                found = said.search(text)
                if found and not there & {*kinds.split(), "generated", "verified", "licence", "pledge"}:
                    yield held.at.under(word).problem(
                        f"the {word} of `{code}` says 「{found[0]}」, and no way does that",
                        f"add a way: {kinds.replace(' ', ' or ')}")


def dirty_values(matter: Matter) -> Found:
    """Placeholders, gaps inside words, windows that are called 「1」."""
    for at in matter.written:
        for keys, text in texts(at.source.data):
            meant = keys[-1:] and keys[-1] in _JOINED
            found = _DIRTY.search(text) or (None if meant or "\n" in text else _GAP.search(text))
            if found or (not meant and text != text.strip("\u3000 \t")):
                said = (found[0] if found else text).strip()
                yield at.under(*keys).problem(f"「{said}」 looks like a slip of the pen", "write it out")
    for held in matter.tree.parameters.values():
        for number, window in enumerate(held.thing.windows):
            for word, said in (("title", window.title), *((("address", window.address),) if window.address else ())):
                if len(re.findall(r"[\u4e00-\u9fff]", said)) < 2:
                    yield held.at.under("windows", number).problem(
                        f"the {word} of a window is 「{said}」", "write what stands on its door")
