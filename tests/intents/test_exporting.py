"""Accepted labels go into the files of sentences: new lines only, nothing twice, nothing personal."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from tortoise.context import TortoiseContext

from core.clock import now
from intents.data_checks import check
from intents.exporting import export
from intents.heard import key_of
from intents.labels import LabelContradicts, accepted_labels, give
from intents.models import GoldenSentence, Label
from intents.phrase_files import CannotAdd, added
from intents.sentences import known
from intents.training.golden import By
from intents.training.sets import training_set
from nlu.training_data import load_examples

ZHENG = By("staff:7", "郑运营")
UTTERANCES = Path(__file__).parents[2] / "intents" / "utterances"
SHOP = """\
# How people ask for a shop.
version: "3.1"
nlu:
  - intent: open_shop   # the only one
    examples: |
      - 开个店
      - 想开小卖部

  # and of closing it
  - intent: close_shop
    examples: |
      - 关店
"""


def test_only_new_lines_are_added() -> None:
    made = added(SHOP, "shop.yml", {"open_shop": ["盘个铺面"], "close_shop": ["店不干了", "- 把[店]关掉"]})
    assert made == SHOP.replace("小卖部\n", "小卖部\n      - 盘个铺面\n") + "      - 店不干了\n      - 把［店］关掉\n"


def test_a_new_intent_gets_a_block_and_a_new_file_a_head() -> None:
    made = added("", "shop.yml", {"open_shop": ["开店"]})
    assert made == 'version: "3.1"\nnlu:\n  - intent: open_shop\n    examples: |\n      - 开店\n'


@pytest.mark.parametrize("text", ["nlu:\n  - intent: a\n    examples: 开店\n", "nlu: [\n"])
def test_a_file_of_another_shape_is_left_alone(text: str) -> None:
    with pytest.raises(CannotAdd, match=r"a\.yml"):
        added(text, "a.yml", {"a": ["开店"]})


@pytest.mark.parametrize("path", sorted(UTTERANCES.glob("*.yml")), ids=lambda path: path.name)
def test_every_file_of_ours_can_be_added_to(path: Path, tmp_path: Path) -> None:
    """Whatever its indentation: the sentence is there, and nothing else has changed."""
    before = load_examples([path.parent]).by_intent
    text = path.read_text("utf-8")
    intents = [intent for intent in before if intent.partition(".")[0] == path.stem]
    made = added(text, path.name, {intent: [f"新的一句话{number}"] for number, intent in enumerate(intents)})
    (tmp_path / path.name).write_text(made, "utf-8")
    after = load_examples([tmp_path]).by_intent
    assert intents
    assert after == {intent: (*before[intent], f"新的一句话{n}") for n, intent in enumerate(intents)}
    assert set(text.splitlines()) <= set(made.splitlines()), "every comment is still there"


@pytest.mark.everywhere
async def test_labels_are_written_once_and_marked(database: TortoiseContext, tmp_path: Path) -> None:
    (tmp_path / "open_shop.yml").write_text(SHOP, "utf-8")
    await give(["盘个铺面", "开个店？"], "open_shop", ZHENG)
    await give(["办护照"], "out_of_scope.other_service", ZHENG, wish="护照")
    await give(["关店"], "open_shop", ZHENG)
    await give(["给陈一民先生开店"], "open_shop", ZHENG)
    await give(["考题里有的话"], "open_shop", ZHENG)
    await give(["开个船厂"], "open_shipyard", ZHENG)
    await GoldenSentence.create(key="k", text="考题里有的话", intent="open_shop", by="s", by_name="王", at=now())

    dry = await export([tmp_path], tmp_path, {"open_shop"}, ZHENG, dry=True)
    assert (tmp_path / "open_shop.yml").read_text("utf-8") == SHOP
    done = await export([tmp_path], tmp_path, {"open_shop"}, ZHENG)
    assert {name: [one.text for one in labels] for name, labels in done.written.items()} == {
        "open_shop.yml": ["盘个铺面"], "out_of_scope.yml": ["办护照"]}
    assert [one.text for one in done.known] == ["开个店？"]
    left = {label.text: why for label, why in done.left}
    assert left == {
        "关店": "elsewhere", "给陈一民先生开店": "personal", "考题里有的话": "golden", "开个船厂": "nobody"}
    assert left == {label.text: why for label, why in dry.left}
    text = (tmp_path / "open_shop.yml").read_text("utf-8")
    assert text == SHOP.replace("小卖部\n", "小卖部\n      - 盘个铺面\n")
    assert "陈一民" not in text
    assert await Label.filter(exported_at__not_isnull=True).count() == 3
    again = await export([tmp_path], tmp_path, {"open_shop"}, ZHENG)
    assert (again.written, again.known) == ({}, [])
    assert len(await accepted_labels()) == 7, "what was exported still counts"


@pytest.mark.everywhere
async def test_what_is_exported_elsewhere_goes_on_counting_as_a_label(
    database: TortoiseContext, tmp_path: Path
) -> None:
    ours, elsewhere = tmp_path / "ours", tmp_path / "elsewhere"
    ours.mkdir()
    (ours / "open_shop.yml").write_text(shop := f"{SHOP}      - 店不干了\n", "utf-8")
    await give(["盘个铺面"], "open_shop", ZHENG)
    done = await export([ours], elsewhere, {"open_shop"}, ZHENG)
    assert ([len(one) for one in done.written.values()], done.in_force) == ([1], False)
    assert (ours / "open_shop.yml").read_text("utf-8") == shop
    made = await training_set([ours])
    assert (made.labels, "盘个铺面" in made.examples.by_intent["open_shop"]) == (1, True)
    assert check("盘个铺面", "close_shop", await known([ours]))[0].kind == "elsewhere"
    mine = (elsewhere / "open_shop.yml").read_text("utf-8") + "      - 关张\n"
    (elsewhere / "open_shop.yml").write_text(mine, "utf-8")
    await give(["支个摊"], "open_shop", ZHENG)
    await export([ours], elsewhere, {"open_shop"}, ZHENG)
    text = (elsewhere / "open_shop.yml").read_text("utf-8")
    assert text == mine.replace("盘个铺面\n", "盘个铺面\n      - 支个摊\n"), "once each, and what others wrote stays"
    done = await export([elsewhere], elsewhere, {"open_shop"}, ZHENG)
    assert (done.written, len(done.known), done.in_force) == ({}, 2, True)
    assert await Label.filter(exported_at__isnull=True).count() == 0
    assert (await training_set([elsewhere])).labels == 0


@pytest.mark.everywhere
async def test_of_labels_that_contradict_each_other_the_later_is_left_out(
    database: TortoiseContext, tmp_path: Path
) -> None:
    (tmp_path / "open_shop.yml").write_text(SHOP, "utf-8")
    await give(["盘个铺面"], "open_shop", ZHENG)
    with pytest.raises(LabelContradicts):
        await give(["盘个铺面！"], "close_shop", ZHENG)
    assert await Label.all().count() == 1
    later = {"key": key_of("盘个铺面"), "by": "s", "by_name": "王", "at": now(), "batch": uuid4()}
    await Label.create(text="盘个铺面！", intent="close_shop", **later)
    done = await export([tmp_path], tmp_path, {"open_shop", "close_shop"}, ZHENG)
    assert [one.intent for one in done.done] == ["open_shop"]
    assert [(one.intent, why) for one, why in done.left] == [("close_shop", "elsewhere")]
    assert (tmp_path / "open_shop.yml").read_text("utf-8").count("盘个铺面") == 1
    assert not (tmp_path / "close_shop.yml").exists()


@pytest.mark.everywhere
async def test_a_label_whose_file_was_lost_is_no_label_lost(database: TortoiseContext, tmp_path: Path) -> None:
    """As after an export into a container that is gone. What people changed in the file since is their word."""
    ours = tmp_path / "open_shop.yml"
    ours.write_text(shop := f"{SHOP}      - 店不干了\n", "utf-8")
    for text in ("盘个铺面", "在步行街上盘一个铺面卖衣服", "支个摊"):
        await give([text], "open_shop", ZHENG)
    await export([tmp_path], tmp_path, {"open_shop"}, ZHENG)
    ours.write_text(shop.replace("      - 店不干了\n", "      - 店不干了\n      - 支个摊\n").replace(
        "小卖部\n", "小卖部\n      - 在步行街上盘个铺面卖衣服\n"), "utf-8")
    made = (await training_set([tmp_path])).examples.by_intent
    assert "盘个铺面" in made["open_shop"], "nobody took it back"
    assert ("支个摊" in made["close_shop"], "支个摊" in made["open_shop"]) == (True, False), "the file says so now"
    done = await export([tmp_path], tmp_path, {"open_shop"}, ZHENG)
    assert [[one.text for one in labels] for labels in done.written.values()] == [["盘个铺面"]]
    assert (done.known, done.left) == ([], [])
