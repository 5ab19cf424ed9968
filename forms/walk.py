"""``python -m forms.walk [CODE [EXAMPLE]]``: walk worked cases; print what was asked, the numbers and the findings."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable
from pathlib import Path

from core import clock
from forms.bank import PACKAGED, Bank
from forms.draft import Login
from forms.engine import Engine
from forms.filling.prefill import Ask
from forms.lint.tree import Held, Place, Problem, Tree
from forms.walking.examples import Walk, walk
from forms.walking.examples_schema import Example
from forms.walking.expectations import differences
from forms.walking.met import Met
from integrations.sources.demo.direct import Direct
from integrations.sources.demo.people import FOLDER, in_words, logins
from integrations.sources.demo.told import Told


def examples(tree: Tree) -> list[tuple[str, Held[Example]]]:
    """(one-thing, example) of every example there is."""
    return [
        (code, Held(example, held.at.under("examples", number)))
        for code, held in tree.examples.items() for number, example in enumerate(held.thing.examples)
    ]


async def walk_with_demo(engine: Engine, one_thing: str, example: Example, people: Path = FOLDER) -> Walk | None:
    """Walk one example against the demo people in process; None when nobody of that id number may sign in."""
    person = next((login for login in logins(people) if login.id_number == example.login), None)
    if person is None:
        return None
    example = _of_today(example)
    login = Login(name=person.name, id_number=person.id_number, phone=person.phone, level=person.level)
    ask, later = _asking(example, people, example.down), _asking(example, people, set(example.down) - set(example.back))
    return await walk(engine, one_thing, example, login, ask, later)


def _of_today(example: Example) -> Example:
    """An example with days such as ``{-3d}`` written out, so that it does not age."""
    today = clock.today()
    written = {
        word: {path: in_words(value, today) if isinstance(value, str) else value
               for path, value in getattr(example, word).items()}
        for word in ("values", "corrects")
    }
    return example.model_copy(update=written)


def _asking(example: Example, people: Path, down: Iterable[str]) -> Ask:
    """Asks the demo data with the differences of an example, some sources being down."""
    exchange = Direct(folder=people)
    for source in down:
        exchange.desk.faults.switch(source, "down")
    return Told(exchange.ask, example.told).ask


async def check_examples(folders: list[Path] | None = None) -> list[Problem]:
    """Every example that does not walk or does not come out as it says. Raises `forms.content.shelf.ContentErrors` when
    the content itself cannot be loaded: check that first."""
    places = folders or [PACKAGED]
    engine = Engine(Bank.load(places))
    found = [await check_example(engine, code, held) for code, held in examples(Tree.load(places))]
    return [problem for problems in found for problem in problems]


async def check_example(
    engine: Engine, one_thing: str, held: Held[Example], met: dict[str, Met] | None = None
) -> list[Problem]:
    """What is wrong with one example. What it came across is noted in ``met``, by one-thing."""
    done = await walk_with_demo(engine, one_thing, held.thing)
    if done is not None and met is not None:
        met.setdefault(one_thing, Met()).add(engine, done)
    if done is None:
        return [held.at.under("login").problem("no demo person of this id number can sign in",
                                               "write the id number of a login in integrations/sources/demo/people")]
    return sentences(held.at, held.thing, done)


def sentences(at: Place, example: Example, done: Walk) -> list[Problem]:
    """Mistakes and unmet expectations, each at its line."""
    return [
        *(at.problem(f"the example `{example.code}` does not walk: {mistake}") for mistake in done.mistakes),
        *(at.under("expect").problem(f"in the example `{example.code}` {difference}")
          for difference in differences(example.expect, done)),
    ]


def shown(example: Example, done: Walk) -> str:
    """A walk as text for a terminal."""
    numbers = done.numbers.model_dump() if done.numbers else {}
    lines = [
        f"== {example.code} {example.title}: {done.outcome}",
        *(f"   {n}. [{q.kind}] {q.key}: {q.ask or q.title}" for n, q in enumerate(done.asked, start=1)),
        f"   questions {len(done.questions)}, uploads {len(done.uploads)}",
        "   numbers " + ", ".join(f"{name} {number}" for name, number in numbers.items()),
        *(f"   leg {leg.code}" + (f" after {', '.join(leg.waits_for)}" if leg.waits_for else "") for leg in done.legs),
        *(f"   {finding.level} {finding.rule} ({finding.about}): {finding.says}" for finding in done.findings),
        *(f"   source {f.source} for {f.lookup}: {f.outcome}" for f in done.draft.facts.values() if f.outcome != "got"),
    ]
    return "\n".join(lines) + "\n"


async def main(arguments: list[str]) -> int:
    """Walk all examples, those of one one-thing, or one of them; 1 when one does not come out as it says."""
    engine, wrong = Engine(Bank.load([PACKAGED])), 0
    for one_thing, held in examples(Tree.load([PACKAGED])):
        if arguments not in ([], [one_thing], [one_thing, held.thing.code]):
            continue
        done = await walk_with_demo(engine, one_thing, held.thing)
        if done is not None:
            sys.stdout.write(shown(held.thing, done))
        problems = await check_example(engine, one_thing, held)
        sys.stdout.writelines(f"   WRONG {problem}\n" for problem in problems)
        wrong += bool(problems)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
