"""``yijianshi explain``."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.cli.codes import NoSuchCode
from bot.folders import overlays
from core.errors import InvalidAnswer, YijianshiError
from core.regions import region_name
from core.settings import load_settings
from forms.authoring.explain import explain
from forms.bank import PACKAGED, Bank
from forms.engine import Engine


class NoSuchAnswer(YijianshiError):
    """A situation or an answer named on the command line does not exist."""

    code = "no_such_answer"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which one-thing, with which answers, where."""
    parser.add_argument("code", help="code of a one-thing")
    parser.add_argument("folder", nargs="*", type=Path,
                        help="content folders laid over the packaged one; YJS_CONTENT_DIR when not given")
    parser.add_argument("--situation", action="append", default=[], metavar="A=B",
                        help="an answer: situation code and option value; several values with commas; may be repeated")
    parser.add_argument("--region", help="six digits; the region of the settings when not given")


def run(options: argparse.Namespace) -> int:
    """Print items, form, materials and legs, the legs also as a Mermaid drawing."""
    settings = load_settings()
    engine = Engine(Bank.load([PACKAGED, *(folder / "forms" for folder in overlays(options.folder, settings))]))
    region = settings.region if options.region is None else options.region
    print(told(engine, options.code, region, options.situation), end="")
    return 0


def told(engine: Engine, one_thing: str, region: str, given: list[str]) -> str:
    """The explanation. Raises `NoSuchAnswer` with what there is instead."""
    bare = next((one for one in given if "=" not in one), None)
    if one_thing not in engine.bank.definitions:
        raise NoSuchCode(engine.bank.definitions, one_thing)
    if region and region_name(region) is None and region not in engine.bank.regions:
        raise NoSuchAnswer(f"there is no region {region}: write a code of GB/T 2260, such as 330106")
    if bare is not None:
        raise NoSuchAnswer(f"`{bare}` has no answer: write --situation {bare}=VALUE; without any `--situation` the "
                           "questions are printed with their values")
    answers = {code: value for code, _, value in (one.partition("=") for one in given)}
    try:
        return explain(engine, one_thing, region, answers)
    except InvalidAnswer as problem:
        asked = engine.bank.definition(one_thing).situations
        situations = {one.code: [option.value for option in one.options] for one in asked}
        named = problem.path.removeprefix("situation:")
        if named not in situations:
            raise NoSuchAnswer(f"there is no situation `{named}`: write one of {', '.join(situations)}") from None
        raise NoSuchAnswer(
            f"`{answers[named]}` is no answer to `{named}`: write one of {', '.join(situations[named])}") from None
