"""``yijianshi evaluate``."""

from __future__ import annotations

import argparse

from bot.house import utterance_folders
from core.settings import load_settings
from nlu.engines.local.evaluation import cross_validate
from nlu.training_data import load_examples


def add_options(parser: argparse.ArgumentParser) -> None:
    """How many folds."""
    parser.add_argument("--folds", type=int, default=5)


def run(options: argparse.Namespace) -> int:
    """Cross-validate and print a report."""
    done = cross_validate(load_examples(utterance_folders(load_settings())), options.folds)
    for intent, (right, count) in done.by_intent.items():
        print(f"{right / count:7.1%}  {right:4} of {count:4}  {intent}")
    for (truth, answer), count in done.confused.most_common(10):
        print(f"         {count:4}  {truth} read as {answer}")
    print(f"right {done.accuracy:.1%} of {done.sentences}; out of scope taken for ours {done.falsely_accepted:.1%}")
    return 0
