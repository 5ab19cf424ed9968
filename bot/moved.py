"""What a citizen is told about answers after the content of their one-thing changed."""

from __future__ import annotations

from collections.abc import Iterable

from bot.dialogue.events import DraftMoved
from forms.changes import Moved
from forms.engine import Engine


def told(engine: Engine, moved: Moved) -> DraftMoved:
    """The answers that are asked again or dropped, by the names that the new content has for them."""
    dropped = _named(engine, moved, moved.dropped)
    return DraftMoved(
        kept=len(moved.kept), again=_named(engine, moved, moved.ask_again), dropped=dropped,
        gone=sum(not _title(engine, moved, about) for about in dict.fromkeys(moved.dropped)),
    )


def _named(engine: Engine, moved: Moved, abouts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(title for about in abouts if (title := _title(engine, moved, about))))


def _title(engine: Engine, moved: Moved, about: str) -> str:
    """Empty for what the new content does not know: only its path would be left to say."""
    title = engine.title(moved.draft, about)
    return "" if title.isascii() else title
