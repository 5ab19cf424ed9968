"""Which of ours a published one is: by name, by result, by department. A guess always says how sure it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

from forms.bank import Bank
from forms.content.schema import Definition
from forms.published.reading import codes
from forms.published.shape import TheirGuide, TheirItem, TheirMaterial
from forms.traps.matter import bare, stem

SURE = 0.72
"""At and above this two names are taken for the same thing."""
MAYBE = 0.55
"""Between this and `SURE` it is shown to a person as a possibility."""
AT_HAND = 0.08
"""What being part of the one-thing in hand is worth."""
SAME_RESULT = 0.12
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Match:
    """Ours by code, and how near the names are (0 to 1); no code when nothing is near."""

    code: str = ""
    title: str = ""
    score: float = 0.0

    @property
    def sure(self) -> bool:
        """Whether it is taken without asking."""
        return self.score >= SURE


@dataclass(frozen=True)
class Mapped:
    """A whole guide beside our content."""

    guide: TheirGuide
    one_thing: Match
    items: tuple[tuple[TheirItem, Match], ...]
    materials: tuple[tuple[TheirMaterial, Match], ...]
    situations: tuple[tuple[str, Match], ...]
    """(their condition or the case of a material, our question), where the words meet."""


def mapped(bank: Bank, guide: TheirGuide, one_thing: str = "") -> Mapped:
    """Look for ours. ``one_thing`` names the one-thing when a person knows better than the names."""
    whole = _one_thing(bank, guide, one_thing)
    definition = bank.definitions.get(whole.code) if whole.sure else None
    here = {bound.item for bound in definition.items} if definition else set()
    papers = {need.material for code in here if code in bank.items for need in bank.items[code].materials}
    return Mapped(
        guide, whole, tuple((one, _item(bank, one, here)) for one in guide.items),
        tuple((one, _best(one.name, ((code, m.title, m.title) for code, m in bank.materials.items()), papers))
              for one in guide.materials),
        tuple(_situations(definition, guide)) if definition else (),
    )


def likeness(one: str, two: str) -> float:
    """How alike two names are, 0 to 1: as they stand, without their brackets, or one inside the other."""
    first, second = bare(one), bare(two)
    if not first or not second:
        return 0.0
    best = max(SequenceMatcher(None, first, second).ratio(), 0.97 * SequenceMatcher(None, stem(one), stem(two)).ratio())
    short, long = sorted((first, second), key=len)
    if len(short) >= 3 and short in long:  # a name ends with what it is: 「中华人民共和国结婚证」 is a 「结婚证」
        base, more = (0.6, 0.4) if long.endswith(short) else (0.4, 0.3)
        best = max(best, base + more * len(short) / len(long))
    return round(best, 3)


def department(name: str, known: Iterable[str] = ()) -> str:
    """Ours for a department as published (「某市人力资源和社会保障局」); empty when it is none we know."""
    others: Mapping[str, list[str]] = codes()["departments"]
    for ours in dict.fromkeys((*known, *others)):
        if ours in name or any(word in name for word in others.get(ours, ())):
            return ours
    return ""


def _one_thing(bank: Bank, guide: TheirGuide, named: str) -> Match:
    if named:
        return Match(named, bank.definition(named).title, 1.0)
    plain = bare(guide.name).removesuffix("一件事")
    return _best(plain, ((code, one.title, one.title) for code, one in bank.definitions.items()), set())


def _item(bank: Bank, one: TheirItem, here: set[str]) -> Match:
    ours = [(code, item.title, " ".join(result.title for result in item.results)) for code, item in bank.items.items()]
    found = []
    for code, title, results in ours:
        score = max(likeness(one.name, title), likeness(one.variant, title))
        score += AT_HAND if code in here else 0.0
        if one.result and score >= MAYBE - SAME_RESULT and bare(one.result) in bare(results):
            score += SAME_RESULT
        found.append(Match(code, title, round(min(score, 1.0), 3)))
    return _nearest(found)


def _best(name: str, ours: Iterable[tuple[str, str, str]], here: set[str]) -> Match:
    return _nearest([
        Match(code, title, round(min(likeness(name, told) + (AT_HAND if code in here else 0.0), 1.0), 3))
        for code, title, told in ours
    ])


def _nearest(found: list[Match]) -> Match:
    best = max(found, key=lambda one: one.score, default=Match())
    return best if best.score >= MAYBE else Match()


def _situations(definition: Definition, guide: TheirGuide) -> Iterable[tuple[str, Match]]:
    """Conditions and cases of materials whose words are those of an answer we offer."""
    told = [*guide.conditions, *(one.when for one in guide.materials if one.need == "conditional" and one.when)]
    for text in dict.fromkeys(told):
        options = [(one, option.label) for one in definition.situations for option in one.options]
        best = max(((_shared(text, label), one) for one, label in options), key=lambda pair: pair[0], default=None)
        if best and best[0] >= MAYBE:
            yield text, Match(best[1].code, best[1].question, round(best[0], 3))


def _shared(text: str, label: str) -> float:
    """How much of an answer's words stands in a text."""
    plain = bare(label)
    block = SequenceMatcher(None, plain, bare(text), autojunk=False).find_longest_match()
    return block.size / len(plain) if len(plain) >= 3 and block.size >= 3 else 0.0
