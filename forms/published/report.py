"""The report on a published guide, as Markdown that also reads well in a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from forms.published.conflicts import Conflict
from forms.published.matching import Mapped, Match


def report(found: Mapped, conflicts: tuple[Conflict, ...], traps: tuple[tuple[str, str], ...],
           region: str = "") -> str:
    """What it is, what it was mapped to, what conflicts with ours, and the traps in the guide itself. ``region`` is the
    one whose limits a proposal would set, six digits."""
    guide = found.guide
    head = [
        f"# {guide.name}", "",
        f"{guide.file}, {guide.code or 'no code'}, {guide.region or 'no region'}; "
        f"lead: {guide.lead or 'not named'}.", "",
        f"One-thing: {_ours(found.one_thing)}.", "",
        f"- items: {sum(m.sure for _, m in found.items)} of {len(guide.items)} are ours",
        f"- materials: {sum(m.sure for _, m in found.materials)} of {len(guide.materials)} are ours",
        f"- conditions and cases that meet a question of ours: {len(found.situations)}",
        f"- conflicts: {_counted(one.kind for one in conflicts)}",
        f"- traps in the guide: {_counted(name for name, _ in traps)}", "",
    ]
    parts = (*_mapped(found), *_conflicts(conflicts), *_traps(traps), *_next(found, conflicts, region))
    return "\n".join([*head, *parts]) + "\n"


def _next(found: Mapped, conflicts: tuple[Conflict, ...], region: str) -> Iterator[str]:
    """What a person does with this report."""
    yield from ("", "## What to do next", "")
    if not found.one_thing.sure:
        yield "- Say which one-thing of ours it is: run it again with `--one-thing CODE`."
        yield "- If it is none of ours, begin one: `yijianshi new one-thing CODE`."
    nameless = sum(not one.name for one in found.guide.items)
    if nameless:
        yield f"- {nameless} items have no name: look at them on the site, and write the name into the file."
    if conflicts:
        yield "- Go through the conflicts: ask the office which of the two holds. Nothing of ours was changed."
    if any(one.kind == "limit" for one in conflicts):
        yield (f"- Promises that differ go into `forms/parameters/{region}.yaml`, for this region alone." if region else
               "- Whose promises these are is not known: they stand in this report only. Say it with `--region CODE`.")
    yield "- To keep what is agreed on: run it again with `--write DIR`. It writes a proposal, never more."


def _counted(names: Iterator[str]) -> str:
    counts = Counter(names)
    return ", ".join(f"{name} {count}" for name, count in counts.most_common()) or "none"


def _ours(match: Match) -> str:
    if not match.code:
        return "none of ours"
    return f"`{match.code}` 「{match.title}」" + ("" if match.sure else f", perhaps ({match.score})")


def _mapped(found: Mapped) -> Iterator[str]:
    yield from ("## Mapped to ours", "")
    for one, match in found.items:
        days = "" if one.promised is None else f" ({one.promised} days)"
        unread = one.raw.get("promised_days") if one.promised is None else None
        days = f" (days 「{unread}」, not read)" if unread else days
        yield f"- item 「{one.name or 'without a name'}」{days}: {_ours(match)}"
    for paper, match in found.materials:
        yield f"- material 「{paper.name}」 ({paper.need}, {paper.way}): {_ours(match)}"
    for text, match in found.situations:
        yield f"- case 「{text}」: the question 「{match.title}」"
    yield ""


def _conflicts(conflicts: tuple[Conflict, ...]) -> Iterator[str]:
    yield from ("## Conflicts with ours", "")
    for one in conflicts:
        about = one.about or "without a name"
        yield f"- {one.kind}, {about}: theirs {one.theirs or 'nothing'}; ours {one.ours or 'nothing'}"
    yield from ("" if conflicts else "None.", "")


def _traps(traps: tuple[tuple[str, str], ...]) -> Iterator[str]:
    yield from ("## Traps in the guide", "")
    for name, said in traps:
        yield f"- {name}: {said}"
    yield "" if traps else "None."
