"""``python -m benchmarks.nlu.golden``: read the golden sentences with the local engine and print how well it went."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path

from benchmarks.nlu.golden import measuring as m
from benchmarks.nlu.golden.measuring import Read
from benchmarks.nlu.golden.sentences import SETS, sentences
from intents.catalogue import PACKAGED, Catalogue
from intents.understand import Understander
from nlu.engines.local.ready import ready

HALVES = {"even": 0, "odd": 1}


def main() -> None:
    """Read and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.nlu.golden", description=__doc__)
    parser.add_argument("--model", type=Path, help="where the trained model is kept between runs")
    parser.add_argument("--set", choices=list(SETS), default="first",
                        help="which sentences, by when they were written")
    parser.add_argument("--half", choices=sorted(HALVES), help="read every other sentence only")
    parser.add_argument("--wrong", action="store_true", help="print what was read wrong")
    asyncio.run(_run(parser.parse_args()))


async def _run(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(prefix="yijianshi-") as scratch:
        engine = await ready(options.model or Path(scratch) / "model", [PACKAGED / "utterances"])
    folder = SETS[options.set]
    understander = Understander(engine, Catalogue.load())
    await understander.hear("你好")  # what is made at the first use is not the first sentence's time
    done = {name: await m.read(understander, [
        one for one in sentences(name, folder) if not options.half or int(one.id[1:]) % 2 == HALVES[options.half]
    ]) for name in ("inside", "outside", "two", "ambiguous")}
    report(done)
    if options.wrong:
        wrong(done)


def report(done: dict[str, list[Read]]) -> None:
    """All numbers, those of the styles first."""
    inside, outside, two, ambiguous = (done[name] for name in ("inside", "outside", "two", "ambiguous"))
    print(f"{'style':<14} {'count':>5} {'top-1':>6} {'top-3':>6}")
    for style in dict.fromkeys(r.sentence.style for r in inside):
        part = [r for r in inside if r.sentence.style == style]
        print(f"{style:<14} {len(part):>5} {m.among_first(part, 1):>6.1f} {m.among_first(part, 3):>6.1f}")
    print(f"{'all':<14} {len(inside):>5} {m.among_first(inside, 1):>6.1f} {m.among_first(inside, 3):>6.1f}")
    print(f"\nout of scope accepted at 90 % coverage: {m.accepted(inside, outside):.1f} %")
    for kind in dict.fromkeys(r.sentence.labels[0] for r in outside):
        part = [r for r in outside if r.sentence.labels[0] == kind]
        print(f"  {kind.partition('.')[2]:<14} {len(part):>4} {m.accepted(inside, part):>6.1f} %, "
              f"not refused {m.share(not r.refused for r in part):.1f} %")
    astray = m.share(r.heard.band == "act" and not r.right for r in inside)
    print(f"ours refused: {m.share(r.refused for r in inside):.1f} %; bands: {_bands(inside)}; "
          f"acted on wrongly {astray:.1f} %")
    print(f"two matters: one of them first {m.among_first(two, 1):.1f} %, both found {m.both_found(two):.1f} %")
    print(f"more than one matter found in one: {m.share(len(r.heard.matters) > 1 for r in inside):.1f} %")
    print(f"ambiguous: one of them first {m.among_first(ambiguous, 1):.1f} %, "
          f"acted on {m.share(r.heard.band == 'act' for r in ambiguous):.1f} %")
    print(f"calibration error: ours {m.calibration_error(inside):.3f}, "
          f"with out of scope {m.calibration_error([*inside, *outside]):.3f}")
    short = [*inside, *outside, *two]
    print("milliseconds, up to 60 characters: p50 {:.2f}, p95 {:.2f}".format(*m.times(short)), end="; ")
    print("of the processor: p50 {:.2f}, p95 {:.2f}".format(*m.times(short, cpu=True)))


def _bands(done: list[Read]) -> str:
    found = [r.heard.band for r in done]
    return ", ".join(f"{band} {100 * found.count(band) / len(found):.0f} %" for band in dict.fromkeys(sorted(found)))


def wrong(done: dict[str, list[Read]]) -> None:
    """What was read wrong, with the answer."""
    for r in done["inside"]:
        if not r.right:
            best = ", ".join(f"{one.code} {one.score:.2f}" for one in r.heard.ranking[:3])
            print(f"{r.sentence.style:<10} {r.sentence.labels[0]}: {r.sentence.text}")
            print(f"           {best} ({r.heard.band})")
    for r in done["outside"]:
        if not r.refused:
            print(f"{r.sentence.labels[0]}: {r.sentence.text}\n           {r.first} {r.score:.2f} ({r.heard.band})")
    for r in done["two"]:
        if not set(r.sentence.labels) <= set(r.heard.matters):
            print(f"two: {'+'.join(r.sentence.labels)}: {r.sentence.text}\n           {'+'.join(r.heard.matters)}")


if __name__ == "__main__":
    main()
