"""Conditions as people read them: a short one in one breath, a long one as a list of short lines.

A phrase is words, or several phrases of which all or one must hold. Old eyes and ears lose a sentence with three
「并且」 in it; the same as 「下面几样都符合时：」 with one line for each is read without effort.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from forms.wording import words

BREATH = 30
"""Characters of a condition of several parts that are still read as one sentence."""
Kind = Literal["all", "any"]


@dataclass(frozen=True)
class Phrase:
    """``text`` for words; else ``parts``, of which ``kind`` says how many must hold. No words and no parts: always."""

    text: str = ""
    kind: Kind = "all"
    parts: tuple[Phrase, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text or self.parts)

    @property
    def flat(self) -> str:
        """The whole in one line."""
        if not self.parts:
            return self.text
        inner = (words("guide_group", whole=one.flat) if one.parts else one.text for one in self.parts)
        return words("guide_and" if self.kind == "all" else "guide_or").join(inner)

    @property
    def laid_out(self) -> str:
        """In one line when that is short, else as a list: a line that says how many must hold, and one for each."""
        if not self.parts or len(self.flat) <= BREATH:
            return self.flat
        return "\n".join([words(f"guide_list_{self.kind}"), *(line for one in self.parts for line in one._lines())])

    def _lines(self) -> Iterator[str]:
        """As one point of a list; what it consists of stands below it, one step in."""
        if not self.parts or len(self.flat) <= BREATH:
            yield words("guide_point", what=self.flat)
            return
        yield words("guide_point", what=words(f"guide_inner_{self.kind}"))
        yield from (words("guide_inner", what=one.flat) for one in self.parts)


def group(kind: Kind, parts: Iterable[Phrase]) -> Phrase:
    """Phrases together: each once, those of the same kind taken apart, one alone as it is."""
    found: dict[Phrase, None] = {}
    for part in parts:
        found.update(dict.fromkeys(part.parts if part.kind == kind and part.parts else (part,) if part else ()))
    return next(iter(found)) if len(found) == 1 else Phrase(kind=kind, parts=tuple(found))


def alternatives(phrases: Iterable[Phrase]) -> str:
    """Of several cases any one: short ones in one line, else one below the other."""
    made = [one.laid_out for one in dict.fromkeys(phrases) if one]
    short = sum(map(len, made)) <= BREATH and not any("\n" in one for one in made)
    return words("guide_or_line" if short else "guide_or_case").join(made)
