"""The queue goes into a spreadsheet and comes back as labels, under the checks of the console."""

from __future__ import annotations

import pytest
from tortoise.context import TortoiseContext

from core.kv import KV
from intents.data_checks import Known, Sentence
from intents.labels import accepted_labels
from intents.phrase_table import TableWrong, as_table, take
from intents.queueing import queue
from tests.intents.test_bench import BABY, SCHOOL, ZHENG, heard

TITLES = {BABY: "新生儿出生", SCHOOL: "教育入学"}
KNOWN = Known([Sentence("娃要念书", SCHOOL, "intents/utterances/school_enrollment.yml")])


@pytest.mark.everywhere
async def test_a_table_is_filled_in_and_taken(database: TortoiseContext, kv: KV) -> None:
    for text in ("小本本咋弄", "护照去哪领", "娃要念书！", "=1+1等于几"):
        await heard(text)
    table = as_table(await queue(), TITLES).splitlines()
    assert table[0].split("\t")[:3] == ["key", "text", "times"]
    rows = {row.split("\t")[1]: row.split("\t") for row in table[1:]}
    assert rows["小本本咋弄"][3:5] == ["unknown", "新生儿出生 / 教育入学"]
    assert "'=1+1等于几" in rows, "no formula"
    wishes = {"小本本咋弄": ("新生儿出生", ""), "护照去哪领": ("out_of_scope.other_service", "办护照"),
              "娃要念书！": (BABY, ""), "'=1+1等于几": ("造火箭", "")}
    filled = [table[0], *("\t".join([*rows[text][:5], *wish]) for text, wish in wishes.items())]
    filled.append(f"gone\tx\t1\t\t\t{BABY}")
    done = await take("\ufeff" + "\n".join(filled), TITLES, KNOWN, ZHENG, kv)
    assert (done.labelled, done.unknown, done.gone) == (2, [(5, "造火箭")], [6])
    assert [(line, remark.kind) for line, remark in done.refused] == [(4, "elsewhere")]
    assert [(one.text, one.intent, one.wish) for one in await accepted_labels()] == [
        ("小本本咋弄", BABY, ""), ("护照去哪领", "out_of_scope.other_service", "办护照")]


@pytest.mark.parametrize("text", ["", "a\tb\n1\t2\n"])
async def test_another_table_is_refused(text: str, kv: KV) -> None:
    with pytest.raises(TableWrong):
        await take(text, TITLES, KNOWN, ZHENG, kv)


@pytest.mark.everywhere
async def test_a_line_is_compared_with_the_lines_before_it(database: TortoiseContext, kv: KV) -> None:
    """Two near ones may not go to two places, and a wish that names somebody is no name of a wish."""
    for text in ("小本本要到哪里去办理呀", "小本本要到哪里去办理呢我", "护照去哪领"):
        await heard(text)
    head, *rows = [row.split("\t") for row in as_table(await queue(), TITLES).splitlines()]
    meant = {"小本本要到哪里去办理呀": (BABY, ""), "小本本要到哪里去办理呢我": (SCHOOL, ""),
             "护照去哪领": ("out_of_scope.other_service", "办护照 13912345678")}
    table = ["\t".join([*row[:5], *meant[row[1]]]) for row in [[*head[:5], "", ""], *rows] if row[1] in meant]
    done = await take("\n".join(["\t".join(head), *table]), TITLES, KNOWN, ZHENG, kv)
    assert done.labelled == 1
    assert sorted(remark.kind for _, remark in done.refused) == ["elsewhere_near", "personal"]
    assert len(KNOWN.nearest("小本本要到哪里去办理呀")) == 0, "what is kept for all has not grown"
