"""What a rule tells citizens to choose or to change must be called so in the questions of the same one-thing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from forms.content.schema import Definition
from forms.lint.tree import Held, Problem, Tree

CHOOSE = re.compile(r"(?:把|改选|改成|改为|点|选)「([^」]+)」")
"""「改选「还没有」」, 「把「走哪种注销」改成「普通注销」」: what somebody will look for on the screen."""


def quoted(tree: Tree) -> Iterator[Problem]:
    """Rules that send citizens to a question or an option that nothing here is called."""
    for held in tree.definitions.values():
        offered = set(_offered(tree, held))
        for number, rule in enumerate(held.thing.rules):
            for name in CHOOSE.findall(rule.says):
                if not any(_same(name, text) for text in offered):
                    yield held.at.under("rules", number, "says").problem(
                        f"it says to choose 「{name}」, but no question or option here is called so",
                        "quote the question or the label of the option as it stands there")


def _same(name: str, text: str) -> bool:
    """A part of a question or label is enough to find it."""
    return name in text or (bool(text) and text.rstrip("？") in name)


def _offered(tree: Tree, held: Held[Definition]) -> Iterator[str]:
    """Everything a citizen may read as a name on the screen: questions, options, fields and their choices."""
    for situation in held.thing.situations:
        yield from (situation.question, *(option.label for option in situation.options))
    for note in held.thing.fields:
        yield from filter(None, (note.title, note.ask))
    for kind in {subject.kind for subject in held.thing.subjects.values()} & set(tree.kinds):
        for element in tree.kinds[kind].thing.elements:
            known = tree.code_sets.get(element.code_set or "")
            yield element.title
            yield from (option.label for option in (*element.options, *(known.thing.options if known else ())))
