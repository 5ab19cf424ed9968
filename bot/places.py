"""Where a one-thing is handled (办理地): the regions that are served, what is known of it, what must be asked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from core.errors import YijianshiError
from core.regions import region_name, region_parts
from core.settings import Settings
from forms.bank import Bank
from intents.catalogue import Entry

MOST = 8
"""Regions offered at once; of more, first the cities."""
NEAR = 8
"""Characters before a name in which a word like 户口 makes it a place of another kind."""
_CLAUSE = re.compile(r"[\s，,。；;、！!？?]")
_KIND = re.compile(r"(?<=..)(?:特别行政区|自治[区州县]|地区|省|市|区|县|旗)$")


@dataclass(frozen=True)
class Choice:
    """One place to choose: a region, or the first digits of several. ``whole`` for a city beside its own districts."""

    code: str
    label: str
    whole: bool = False

    @property
    def group(self) -> bool:
        """Whether it is to be chosen within."""
        return len(self.code) < 6


@dataclass(frozen=True)
class Places:
    """The regions that are served. Without any, everything is handled where the default says."""

    bank: Bank
    entries: Mapping[str, Entry]
    served: tuple[str, ...] = ()
    default: str = ""
    _differ: dict[str, bool] = field(default_factory=dict, compare=False, init=False)

    @property
    def several(self) -> bool:
        """Whether there is anything to choose."""
        return len(self.served) > 1

    def offering(self, code: str) -> tuple[str, ...]:
        """The served regions in which a one-thing is offered; all where the catalogue names none of them."""
        entry = self.entries.get(code)
        prefixes = entry.regions if entry else ()
        return tuple(one for one in self.served if one.startswith(prefixes)) or self.served if prefixes else self.served

    def differs(self, code: str) -> bool:
        """Whether the regions handle a one-thing in different ways, so that it must be known where."""
        if code not in self._differ:
            form = self.entries[code].form if code in self.entries else code
            here = self.offering(code) if form in self.bank.definitions else ()
            self._differ[code] = len({self.bank.meaning(form, region) for region in here}) > 1
        return self._differ[code]

    def settled(self, code: str, said: str = "") -> str:
        """The region of a one-thing without asking: the one that was ``said``, else the default where nothing hangs on
        it. Empty where it must be asked."""
        here = self.offering(code)
        if said in here:
            return said
        if len(here) > 1 and self.differs(code):
            return ""
        return self.default if self.default in here or not here else here[0]

    def title(self, region: str) -> str:
        """A region by name, without what all that are served have in common."""
        parts = region_parts(region)
        common = self._common if self.several and region in self.served else 0
        return "".join(parts[min(common, len(parts) - 1):]) or region

    def choices(self, code: str, within: str = "", near: str = "") -> tuple[Choice, ...]:
        """What to choose from: regions, or cities first when they are many. ``near`` (six digits) stands first."""
        here = [one for one in self.offering(code) if one.startswith(within)]
        found = list(self._grouped(here) if len(here) > MOST else map(self._leaf, here))
        if near in here and all(one.code != near for one in found):
            return (self._leaf(near), *found)
        return tuple(sorted(found, key=lambda one: not _inside(near, one.code)))

    def _grouped(self, here: list[str]) -> Iterator[Choice]:
        for digits in (2, 4):
            if len({one[:digits] for one in here}) > 1:
                for prefix, members in groupby(sorted(here), key=lambda one: one[:digits]):
                    inside = list(members)
                    known = region_parts(prefix.ljust(6, "0"))
                    yield self._leaf(inside[0]) if len(inside) == 1 else Choice(prefix, known[-1] if known else prefix)
                return
        yield from map(self._leaf, here)

    def _leaf(self, region: str) -> Choice:
        above = any(one != region and _inside(one, region) for one in self.served)
        return Choice(region, self.title(region), whole=above)

    @cached_property
    def _common(self) -> int:
        """How many leading parts of their names all served regions share."""
        names = [region_parts(one) for one in self.served]
        return next((n for n, parts in enumerate(zip(*names, strict=False)) if len(set(parts)) > 1),
                    min(map(len, names)))

    def named(self, text: str, not_here: Collection[str] = ()) -> tuple[str, ...]:
        """The served regions that ``text`` names in full (西湖区, 杭州市西湖区). One after a word of ``not_here``
        (户口在 ...) is a place of another kind."""
        return _deepest(_spoken(text, not_here, self._known))

    def answered(self, text: str, choices: Iterable[Choice]) -> str:
        """What the answer to the question chooses, also by a short name (西湖, 杭州); empty when none or several."""
        known = self.named(text)
        if not known:
            short = {one.code: {_KIND.sub("", _last(one.code)), _last(one.code)} - {""} for one in choices}
            known = _deepest(_spoken(text, (), _Names.of(short)))
        return known[0] if len(known) == 1 else ""

    def beside(self, text: str, region: str) -> str:
        """What is said besides the name of a region."""
        for name in sorted(_names_of(region), key=len, reverse=True):
            text = text.replace(name, "")
        return text

    @cached_property
    def _known(self) -> _Names:
        return _Names.of({one: _names_of(one) for one in self.served})


@dataclass(frozen=True)
class _Names:
    """Names to look for, all at once and the longest first, and the codes that each may mean."""

    pattern: re.Pattern[str]
    codes: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, names: Mapping[str, Collection[str]]) -> _Names:
        found: dict[str, tuple[str, ...]] = {}
        for code, mine in names.items():
            for name in mine:
                found[name] = (*found.get(name, ()), code)
        longest = sorted(found, key=len, reverse=True)
        return cls(re.compile("|".join(map(re.escape, longest)) or r"(?!)"), found)


def _spoken(text: str, not_here: Collection[str], names: _Names) -> list[str]:
    """The codes of all names in a text but those after a word of ``not_here`` in the same clause."""
    return [code for at in names.pattern.finditer(text) for code in names.codes[at[0]]
            if not any(word in _CLAUSE.split(text[max(at.start() - NEAR, 0):at.start()])[-1] for word in not_here)]


def _names_of(region: str) -> set[str]:
    """西湖区, 杭州市西湖区, 浙江省杭州市西湖区."""
    parts = region_parts(region)
    return {"".join(parts[start:]) for start in range(len(parts))}


def _inside(region: str, above: str) -> bool:
    """Whether a region lies in another one (or is it); ``above`` may be a region or its first digits."""
    while above.endswith("00"):
        above = above[:-2]
    return bool(region) and region.startswith(above)


def _deepest(codes: Iterable[str]) -> tuple[str, ...]:
    """Without those in which another one lies: 杭州市 beside 西湖区."""
    found = tuple(dict.fromkeys(codes))
    return tuple(one for one in found if not any(other != one and _inside(other, one) for other in found))


def _last(code: str) -> str:
    parts = region_parts(code.ljust(6, "0"))
    return parts[-1] if parts else ""


def places_of(settings: Settings, bank: Bank, entries: Mapping[str, Entry]) -> Places:
    """The places of a deployment. Raises `YijianshiError` for a region that does not exist."""
    must_exist(settings)
    return Places(bank, entries, settings.served, settings.region)


def must_exist(settings: Settings) -> None:
    """Raise `YijianshiError` when a region of the settings does not exist."""
    for region in settings.served:
        if region_name(region) is None:
            name = "YJS_REGIONS" if settings.regions else "YJS_REGION"
            raise YijianshiError(
                f"{name} names {region}, and there is no such region: write a code of GB/T 2260, such as 330106")
