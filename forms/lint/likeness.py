"""One datum, one definition: elements that are written twice, and entries that repeat what they are like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from forms.content.alike import own_words
from forms.content.element_schema import Element
from forms.lint.scope import near
from forms.lint.tree import Held, Problem, Tree


def likeness(tree: Tree) -> Iterator[Problem]:
    """Elements of different kinds with one title and type that nobody says are like one another or apart, words of an
    entry that are there already, and neighbours that are none."""
    yield from _twice(tree)
    yield from _repeated(tree)
    for code, held in tree.elements.items():
        if held.thing.apart_from:
            yield from _apart(tree, code, held)


def _twice(tree: Tree) -> Iterator[Problem]:
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, held in tree.elements.items():
        groups[held.thing.title, held.thing.type].append(code)
    known = {written.like for written in tree.alike.values()}
    for found in groups.values():
        group = sorted(found, key=lambda code: code not in known)
        for number, code in enumerate(group):
            other = next((one for one in group[:number] if not _told(tree, one, code)), None)
            if other is not None:
                yield tree.elements[code].at.problem(
                    f"`{code}` has the title and the type of `{other}`: is it the same datum?",
                    f"write `like: {_root(tree, other)}` with only what differs, or `apart_from: [{other}]` when they "
                    "are two different data")


def _told(tree: Tree, one: str, other: str) -> bool:
    """Whether the files say how two elements stand to each other; within one kind they are two all the same."""
    if one.partition(".")[0] == other.partition(".")[0] or _root(tree, one) == _root(tree, other):
        return True
    return other in tree.elements[one].thing.apart_from or one in tree.elements[other].thing.apart_from


def _root(tree: Tree, code: str) -> str:
    """The element that is defined in full."""
    return tree.alike[code].like if code in tree.alike else code


def _repeated(tree: Tree) -> Iterator[Problem]:
    for code, written in tree.alike.items():
        there = tree.elements.get(written.like)
        for word in sorted(own_words(written)) if there else ():
            if there and getattr(written, word) == getattr(there.thing, word):
                yield tree.elements[code].at.under(word).problem(
                    f"the `{word}` of `{code}` is that of `{written.like}`", "take it out: it is so already")


def _apart(tree: Tree, code: str, held: Held[Element]) -> Iterator[Problem]:
    for number, name in enumerate(held.thing.apart_from):
        place, other = held.at.under("apart_from", number), tree.elements.get(name)
        if other is None:
            yield place.problem(f"there is no element `{name}` to tell `{code}` apart from", near(name, tree.elements))
        elif (other.thing.title, other.thing.type) != (held.thing.title, held.thing.type):
            yield place.problem(f"nobody would take `{code}` for `{name}`: their title or type differs",
                                "take it out of `apart_from`")
