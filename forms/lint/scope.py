"""The names that may be used at one place: the subjects of a one-thing, or the roles of an item."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from forms.content.element_schema import Element, Option
from forms.content.item_schema import Item
from forms.content.schema import BoundItem, Definition, Situation
from forms.lint.tree import Held, Place, Problem, Tree
from forms.paths import parse


class Scope:
    """What conditions, rules and paths of one file may name. For an item, subjects are its roles."""

    def __init__(self, tree: Tree, kinds: dict[str, str], repeated: set[str], whole: Definition | None) -> None:
        self.tree, self.kinds, self.repeated, self.definition = tree, kinds, repeated, whole
        self.situations: dict[str, Situation] = {s.code: s for s in whole.situations} if whole else {}

    @classmethod
    def of_item(cls, tree: Tree, item: Item) -> Scope:
        """The roles of an item; every role may turn out to be repeated."""
        return cls(tree, dict(item.roles), set(item.roles), None)

    @classmethod
    def of_definition(cls, tree: Tree, definition: Definition) -> Scope:
        """The subjects of a one-thing."""
        kinds = {code: subject.kind for code, subject in definition.subjects.items()}
        repeated = {code for code, subject in definition.subjects.items() if subject.repeat is not None}
        return cls(tree, kinds, repeated, definition)

    def element(self, path: str) -> Element | None:
        """The element a path names, or None."""
        parsed = parse(path)
        if parsed is None:
            return None
        held = self.tree.elements.get(f"{self.kinds.get(parsed.subject)}.{parsed.element}")
        return held.thing if held else None

    def bad_path(self, at: Place, path: str, where: str = "") -> list[Problem]:
        """The mistake in a path, if there is one."""
        if self.element(path) is not None:
            return []
        parsed, what = parse(path), f"{where}`{path}`"
        if parsed is None:
            return [at.problem(f"{what} is not a path", "write subject.element, such as `mother.name`")]
        if parsed.subject not in self.kinds:
            return [at.problem(f"{what} speaks of `{parsed.subject}`, which is nobody here",
                               near(parsed.subject, self.kinds))]
        kind = self.kinds[parsed.subject]
        known = [code.split(".")[1] for code in self.tree.elements if code.split(".")[0] == kind]
        return [at.problem(f"{what} names an element that the kind `{kind}` does not have",
                           near(parsed.element, known, f"define it in elements/{kind}.yaml"))]

    def options(self, element: Element) -> tuple[Option, ...] | None:
        """The options of a choice element; None when it has none or its code set is unknown."""
        if element.options or not element.code_set:
            return element.options or None
        held = self.tree.code_sets.get(element.code_set)
        return held.thing.options if held else None

    def bad_option(self, at: Place, value: object, options: Iterable[Option] | None, of: str) -> list[Problem]:
        """The mistake in an option's value, if there is one."""
        known = [option.value for option in options or ()]
        if options is None or str(value) in known or (isinstance(value, str) and value.startswith("$")):
            return []
        return [at.problem(f"`{value}` is not an option of {of}", near(str(value), known))]


def bound_items(tree: Tree, definition: Definition) -> list[tuple[int, BoundItem, Held[Item]]]:
    """The items of a one-thing that exist, with their position in the file."""
    found = ((number, bound, tree.items.get(bound.item)) for number, bound in enumerate(definition.items))
    return [(number, bound, item) for number, bound, item in found if item is not None]


def played(bound: BoundItem, need: str) -> str:
    """The path of a need (``role.element``) in a one-thing."""
    role, _, element = need.partition(".")
    return f"{bound.roles.get(role, role)}.{element}"


def near(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """What to write instead of an unknown word: the nearest known one, or one of all when they are few."""
    names = list(known)
    close = get_close_matches(word, names, 1, 0.6)
    if close:
        return f"write `{close[0]}`" + (f" or {otherwise}" if otherwise else "")
    if otherwise or not names:
        return otherwise or "define it first"
    return "write one of " + ", ".join(sorted(names)[:8]) + (" ..." if len(names) > 8 else "")
