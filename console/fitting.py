"""Whether a proposed text is taken at all: how long it is, and how large it becomes once its aliases are followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    NodeEvent,
    ScalarEvent,
)

LONGEST = 200_000
"""Characters a content file may have."""
DEEPEST = 40
"""How deep its parts may stand inside one another, aliases followed."""
MOST = 50_000
"""How many parts it may have, aliases followed."""


@dataclass
class Size:
    """Parts of a node with all below it, and how many levels they make."""

    parts: int = 1
    levels: int = 1
    anchor: str | None = None

    def take(self, below: Size) -> None:
        """Count what stands directly below."""
        self.parts, self.levels = self.parts + below.parts, max(self.levels, below.levels + 1)


def unfit(text: str) -> str:
    """Why a text is not taken: ``long``, ``odd`` (tags, several documents, control characters), ``large``; or empty."""
    if len(text) > LONGEST:
        return "long"
    try:
        events = YAML(typ="safe", pure=True).parse(text)
        return _weigh(iter(events))
    except MarkedYAMLError:  # the check tells where
        return ""
    except YAMLError:
        return "odd"


def _weigh(events: Iterator[Event]) -> str:
    """Aliases are counted by the size of what they stand for, never followed: a few lines could stand for millions."""
    open_nodes, named = [Size(levels=0)], dict[str, Size]()
    for event in events:
        if _odd(event):
            return "odd"
        if isinstance(event, CollectionStartEvent):
            open_nodes.append(Size(anchor=event.anchor))
        elif isinstance(event, (ScalarEvent, AliasEvent, CollectionEndEvent)):
            done = _done(event, open_nodes, named)
            open_nodes[-1].take(done)
        if len(open_nodes) + open_nodes[-1].levels > DEEPEST or open_nodes[-1].parts > MOST:
            return "large"
    return ""


def _done(
    event: ScalarEvent | AliasEvent | CollectionEndEvent, open_nodes: list[Size], named: dict[str, Size]
) -> Size:
    if isinstance(event, AliasEvent):
        inside = any(node.anchor == event.anchor for node in open_nodes)  # a node inside itself never ends
        return Size(MOST) if inside else named.get(event.anchor, Size())
    done = open_nodes.pop() if isinstance(event, CollectionEndEvent) else Size(anchor=event.anchor)
    if done.anchor:
        named[done.anchor] = done
    return done


def _odd(event: Event) -> bool:
    tagged = isinstance(event, NodeEvent) and getattr(event, "tag", None) is not None
    return tagged or (isinstance(event, DocumentStartEvent) and bool(event.explicit))
