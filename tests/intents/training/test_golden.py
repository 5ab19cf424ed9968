"""The golden set: kept by hand and by file, and never trained on."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.clock import now
from core.models import AuditEvent
from intents.catalogue import Catalogue
from intents.data_checks import Known, Sentence
from intents.models import GoldenSentence, Label
from intents.training import golden
from intents.training.golden import GoldenRefused, golden_digest
from intents.training.golden_files import Imported, as_file, take_file
from intents.training.sets import TooLittle, training_set
from tests.intents.training.conftest import ANNA, BERT, BIRTH, RETIRE

pytestmark = [pytest.mark.everywhere, pytest.mark.usefixtures("database")]


@pytest.fixture
def known(catalogue: Catalogue) -> dict[str, str]:
    return {code: entry.title for code, entry in catalogue.entries.items()}


async def test_one_sentence_is_kept_once_masked_and_written_down(known: dict[str, str]) -> None:
    title = known["retirement"]
    made = (await golden.add("我爸电话13800000101，要办退休", title, "陈一民13800000101来的", ANNA, known)).sentence
    assert (made.intent, "13800000101" in made.text, made.note) == ("retirement", False, "某某手机号来的")
    assert await AuditEvent.filter(action="golden.added", actor=ANNA.actor).count() == 1
    await golden.add("想退休了", "retirement", "", ANNA, known)
    for again in ("想退休了！！", "想退休了"):
        with pytest.raises(GoldenRefused) as refused:
            await golden.add(again, "retirement", "", BERT, known)
        assert refused.value.details["reason"] == "twice"
    before = await golden_digest()
    await golden.change(made, "OOS", "打13800000197问过", BERT, known)
    now_ = await golden.sentence_of(str(made.id))
    assert (now_.intent, now_.note) == ("out_of_scope", "打手机号问过")
    act = await AuditEvent.get(action="golden.changed")
    assert act.details == {"from": "retirement", "to": "out_of_scope", "note_from": "某某手机号来的",
                           "note_to": "打手机号问过"}
    assert await golden_digest() != before
    await golden.remove(made, BERT)
    assert await GoldenSentence.all().count() == 1


@pytest.mark.parametrize(("text", "intent", "reason"), [
    ("", "retirement", "text"), ("长" * 301, "retirement", "text"), ("退休", "nope", "intent"),
    ("退休", "", "intent"),
])
async def test_what_cannot_be_kept(known: dict[str, str], text: str, intent: str, reason: str) -> None:
    with pytest.raises(GoldenRefused) as refused:
        await golden.add(text, intent, "", ANNA, known)
    assert refused.value.details["reason"] == reason


async def test_a_file_comes_in_whole_and_goes_out_as_it_was(known: dict[str, str]) -> None:
    written = f"intent\ttext\n{known['newborn_birth']}\t娃生了\nOOS\t讲个笑话\n\nretirement\t退休咋办\n"
    assert await take_file(written, ANNA, known) == Imported(3, 0, 0, 0)
    out = await as_file()
    assert out.splitlines()[0] == "text\tintent\tnote"
    digest = await golden_digest()
    assert await take_file(out, BERT, known) == Imported(0, 0, 3, 0)
    assert await golden_digest() == digest
    assert await take_file("退休咋办\tnewborn_birth\n", BERT, known) == Imported(0, 1, 0, 0)
    assert (await GoldenSentence.get(text="退休咋办")).intent == "newborn_birth"


async def test_a_file_changes_notes_and_says_what_they_were(known: dict[str, str]) -> None:
    await golden.add("退休咋办", "retirement", "旧的", ANNA, known)
    assert await take_file("退休咋办\tretirement\t新的\n", BERT, known) == Imported(0, 1, 0, 0)
    act = await AuditEvent.filter(action="golden.changed").order_by("-id").first()
    assert act is not None
    assert (act.actor, act.details["note_from"], act.details["note_to"]) == (BERT.actor, "旧的", "新的")
    for silent in ("退休咋办\tretirement\n", "text\tintent\n退休咋办\tretirement\n"):
        assert await take_file(silent, BERT, known) == Imported(0, 0, 1, 0)
    assert (await GoldenSentence.get()).note == "新的"
    assert await take_file("text\tintent\tnote\n退休咋办\tretirement\t\n", BERT, known) == Imported(0, 1, 0, 0)
    assert (await GoldenSentence.get()).note == ""


TRAINED = Known([Sentence("新生儿出生证明去哪里办理", "newborn_birth", "labels"),
                 Sentence("讲个笑话给我听听吧", "out_of_scope.chitchat", "labels")])


@pytest.mark.parametrize(("text", "intent", "kind"), [
    ("新生儿的出生证明去哪里办理", "newborn_birth", "learned_near"),
    ("新生儿出生证明去哪里办理", "retirement", "learned_elsewhere"),
    ("新生儿的出生证明去哪里办理", "OOS", "learned_elsewhere_near"),
    ("讲一个笑话给我听听吧", "OOS", "learned_near"),
])
async def test_what_is_near_to_what_is_learned_has_to_be_looked_at(
    known: dict[str, str], text: str, intent: str, kind: str
) -> None:
    with pytest.raises(GoldenRefused) as refused:
        await golden.add(text, intent, "", ANNA, known, TRAINED)
    assert [(line, one.kind) for line, one in refused.value.details["remarks"]] == [(0, kind)]
    with pytest.raises(GoldenRefused) as refused:
        await take_file(f"退休咋办\tretirement\n{text}\t{intent}\n", ANNA, known, TRAINED)
    assert [(line, one.kind) for line, one in refused.value.details["remarks"]] == [(2, kind)]
    assert await GoldenSentence.all().count() == 0
    assert (await golden.add(text, intent, "", ANNA, known, TRAINED, sure=True)).sentence.text == text
    assert await take_file(f"退休咋办\tretirement\n{text}\t{intent}\n", ANNA, known, TRAINED) == Imported(
        1, 0, 1, 0), "what was kept once is not asked again"


async def test_what_is_learned_itself_is_told_and_learned_no_more(known: dict[str, str]) -> None:
    made = await golden.add("新生儿出生证明，去哪里办理？", "newborn_birth", "", ANNA, known, TRAINED)
    assert [one.kind for one in made.remarks] == ["learned"]
    done = await take_file("讲个笑话给我听听吧\tOOS\n退休咋办\tretirement\n", ANNA, known, TRAINED)
    assert done == Imported(2, 0, 0, 1)


@pytest.mark.parametrize(("written", "reason", "line"), [
    ("text\tintent\n娃生了\tnewborn_birth\n退休\tnope\n", "intent", 3),
    ("娃生了\tnewborn_birth\n娃生了。\tretirement\n", "two_meanings", 2), ("\n\n", "empty", None),
])
async def test_one_wrong_line_and_nothing_comes_in(
    known: dict[str, str], written: str, reason: str, line: int | None
) -> None:
    with pytest.raises(GoldenRefused) as refused:
        await take_file(written, ANNA, known)
    assert (refused.value.details["reason"], refused.value.details.get("line")) == (reason, line)
    assert await GoldenSentence.all().count() == 0


async def label(text: str, intent: str, state: str = "accepted") -> None:
    await Label.create(text=text, key="k", intent=intent, by=ANNA.actor, by_name=ANNA.name, at=now(), state=state,
                       batch="00000000-0000-0000-0000-000000000001")


async def test_labels_are_trained_on_and_golden_sentences_are_not(utterances: Path, known: dict[str, str]) -> None:
    await golden.add(f"{BIRTH[0]}！", "newborn_birth", "", ANNA, known)
    await golden.add("标过的标准句", "retirement", "", ANNA, known)
    await label("老人六十了想歇着领钱", "retirement")
    await label("标过的标准句", "retirement")
    await label("撤回的", "retirement", "undone")
    await label(RETIRE[0], "newborn_birth")
    await label(RETIRE[1], "retirement")
    made = await training_set([utterances])
    texts = made.examples.by_intent
    assert BIRTH[0] not in texts["newborn_birth"]
    assert "老人六十了想歇着领钱" in texts["retirement"]
    assert RETIRE[0] in texts["newborn_birth"]  # what operators say last is what it means
    assert RETIRE[0] not in texts["retirement"]
    assert {"标过的标准句", "撤回的"}.isdisjoint(sum(texts.values(), ()))
    assert (made.labels, made.left_out) == (2, 2)


async def test_one_intent_is_too_little(tmp_path: Path) -> None:
    with pytest.raises(TooLittle):
        await training_set([tmp_path])
