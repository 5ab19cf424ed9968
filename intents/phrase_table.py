"""The queue as a table for a spreadsheet, and labels from one that somebody filled in, under the same checks."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field

from core.errors import CitizenError
from core.kv import KV
from intents.data_checks import Known, Remark, Sentence
from intents.keeping import keep
from intents.labels import KINDS, OUT
from intents.queueing import Cluster, lines_of
from intents.sentences import LABELS
from intents.training.golden import By

COLUMNS = ("key", "text", "times", "why", "suggested", "intent", "wish")
"""``intent`` and ``wish`` are for filling in; the others are only to be read."""
MOST_ROWS = 5000


class TableWrong(CitizenError):
    """The table cannot be read: it needs a header that names the columns ``key`` and ``intent``."""

    code = "table_wrong"
    status = 422


@dataclass
class Taken:
    """What became of a filled-in table; lines are counted with the header as line 1."""

    labelled: int = 0
    empty: int = 0
    gone: list[int] = field(default_factory=list)
    """Lines whose sentence does not wait any more."""
    unknown: list[tuple[int, str]] = field(default_factory=list)
    """Lines with an intent that nobody knows."""
    refused: list[tuple[int, Remark]] = field(default_factory=list)


def as_table(found: list[Cluster], titles: Mapping[str, str]) -> str:
    """Tab-separated values with a header, a line a sentence; near-duplicates follow each other."""
    written = io.StringIO()
    out = csv.writer(written, delimiter="\t", lineterminator="\n")
    out.writerow(COLUMNS)
    for one in found:
        suggested = " / ".join(titles.get(code, code) for code in one.suggestions)
        for line in one.lines:
            out.writerow([line.key, _harmless(line.row.text), line.count, " ".join(line.reasons), suggested, "", ""])
    return written.getvalue()


def _harmless(text: str) -> str:
    """A spreadsheet takes what begins so for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


async def take(text: str, titles: Mapping[str, str], known: Known, by: By, kv: KV) -> Taken:
    """Label what is filled in; ``titles`` maps codes to titles, either may be written. Raises `TableWrong`.

    What may be overruled by a person who looks at it is refused here too: it is looked at in the console. What one
    line labels is known to the next; ``known`` itself stays as it is.
    """
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter="\t"))[:MOST_ROWS]
    if not rows or not {"key", "intent"} <= set(rows[0]):
        raise TableWrong()
    names = {title: code for code, title in titles.items()} | {code: code for code in titles}
    names |= {f"{OUT}{kind}": f"{OUT}{kind}" for kind in KINDS}
    waiting = {line.key: line for line in await lines_of({str(row["key"]) for row in rows})}
    done, known = Taken(), known.copy()
    for number, row in enumerate(rows, 2):
        wanted, key = str(row["intent"] or "").strip(), str(row["key"])
        if not wanted:
            done.empty += 1
        elif wanted not in names:
            done.unknown.append((number, wanted))
        elif key not in waiting:
            done.gone.append(number)
        else:
            said, wish = str(waiting.pop(key).row.text), (row.get("wish") or "").strip()[:40]
            if refused := await _take_one(said, names[wanted], wish, known, by, kv):
                done.refused.append((number, refused))
            else:
                done.labelled += 1
    return done


async def _take_one(text: str, intent: str, wish: str, known: Known, by: By, kv: KV) -> Remark | None:
    """Label one sentence; what speaks against it, if anything does."""

    async def so_far() -> Known:
        return known

    kept = await keep([text], intent, by, kv, so_far, wish)
    if kept.batch is None:
        return next(one for one in kept.remarks if one.level != "note")
    known.add(Sentence(text, intent, LABELS))
    return None
