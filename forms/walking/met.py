"""What no worked example meets: rules, answers, items and papers of a one-thing that nobody has seen at work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from forms.content import worded
from forms.content.material_schema import Material, Way
from forms.content.schema import Definition
from forms.engine import Engine
from forms.lint.scope import bound_items
from forms.lint.tree import Held, Place, Problem, Tree
from forms.walking.examples import Walk

ALWAYS_WORK = ("generated", "pledge", "deferred")
"""Ways that never fail: what stands after one of them is a free choice, and no case comes to it by itself."""


@dataclass
class Met:
    """What the worked examples of one one-thing came across. ``said`` holds (rule, sentence), ``chosen`` (situation,
    option), ``ways`` (material, way)."""

    said: set[tuple[str, str]] = field(default_factory=set)
    chosen: set[tuple[str, str]] = field(default_factory=set)
    items: set[str] = field(default_factory=set)
    ways: set[tuple[str, str]] = field(default_factory=set)
    others: set[str] = field(default_factory=set)

    def add(self, engine: Engine, done: Walk) -> None:
        """Note what one walk came across."""
        self.said |= {(finding.rule, finding.says) for finding in done.findings}
        for code, answer in done.draft.situations.items():
            chosen = [answer.value] if isinstance(answer.value, str) else answer.value
            self.chosen |= {(code, value) for value in chosen}
        self.items |= {leg.item.code for leg in done.legs}
        self.ways |= {(key.partition(":")[0], given.way) for key, given in done.draft.materials.items()}
        self.others |= {who.code for who in engine.confirmations(done.draft)}


def unmet(tree: Tree, met: Mapping[str, Met]) -> Iterator[Problem]:
    """Everything that no worked example meets, of the one-things in ``met``."""
    for code, seen in met.items():
        yield from unmet_of(tree, tree.definitions[code], seen)
    if met.keys() == tree.definitions.keys():
        yield from _ways(tree, set().union(*(seen.ways for seen in met.values())))


def unmet_of(tree: Tree, held: Held[Definition], met: Met) -> Iterator[Problem]:
    """What no worked example of one one-thing meets."""
    definition, at = held.thing, held.at
    for number, rule in enumerate(definition.rules):
        # that its data did not come is another sentence: the rule itself has not spoken then
        if not any(code == rule.code and worded.says(rule.says, sentence) for code, sentence in met.said):
            yield _problem(at.under("rules", number), definition, f"reports the rule `{rule.code}`",
                           f"one with `{rule.code}` among its `findings`, or correct the rule if it can never speak")
    for number, situation in enumerate(definition.situations):
        for position, option in enumerate(situation.options):
            if (situation.code, option.value) not in met.chosen:
                yield _problem(at.under("situations", number, "options", position), definition,
                               f"answers `{situation.code}` with `{option.value}`",
                               f"one with `{situation.code}: {option.value}`, or take the option out")
    for number, confirmation in enumerate(definition.confirmations):
        if confirmation.code not in met.others:
            yield _problem(at.under("confirmations", number), definition, f"comes to `{confirmation.code}`",
                           f"one in which `{confirmation.subject}` must confirm")
    for number, bound in enumerate(definition.items):
        if bound.item not in met.items:
            yield _problem(at.under("items", number), definition, f"comes to the item `{bound.item}`",
                           "one whose answers lead to it, or take the item out")


def _ways(tree: Tree, met: set[tuple[str, str]]) -> Iterator[Problem]:
    """Ways of materials in the bank that no worked example of any one-thing comes to."""
    used: dict[str, str] = defaultdict(str)
    for code, held in tree.definitions.items():
        for _, _, item in bound_items(tree, held.thing):
            used |= {need.material: code for need in item.thing.materials}
    for code, material in tree.materials.items():
        for number, way in _in_play(material.thing) if code in used else ():
            if (code, way.way) not in met:
                yield material.at.under("ways", number).problem(
                    f"no worked example provides `{code}` by `{way.way}`",
                    f"add one to forms/examples/{used[code]}.yaml, or take the way out")


def _in_play(material: Material) -> Iterator[tuple[int, Way]]:
    """The ways that a case may come to, with their numbers."""
    for number, way in enumerate(material.ways):
        yield number, way
        if way.way in ALWAYS_WORK:
            return


def _problem(at: Place, definition: Definition, what: str, write: str) -> Problem:
    return at.problem(f"no worked example {what}", f"add {write} (forms/examples/{definition.code}.yaml)")
