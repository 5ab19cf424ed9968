"""Walking a worked case through engine and prefill, as a citizen would go through it once the one-thing is known.

Which one-thing their first sentence leads to is heard above; ``tests/content/test_first_sentences.py`` reads it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from core.errors import CitizenError
from forms.draft import Draft, Login
from forms.engine import Engine
from forms.filling.prefill import Ask
from forms.merging.merged import Finding, Leg, Numbers, Question
from forms.walking.examples_schema import Ending, Example
from forms.walking.walker import Walker

REGION = "330106"


@dataclass
class Walk:
    """What came out of an example. ``mistakes`` are sentences about what the example says and cannot be done."""

    draft: Draft
    outcome: Ending
    asked: list[Question]
    findings: tuple[Finding, ...] = ()
    legs: tuple[Leg, ...] = ()
    numbers: Numbers | None = None
    mistakes: list[str] = field(default_factory=list)

    @property
    def questions(self) -> list[Question]:
        """Situations and fields that were asked."""
        return [question for question in self.asked if question.kind != "material"]

    @property
    def uploads(self) -> list[Question]:
        """Materials that were asked for; not those that come later because the content proposes that first."""
        later = {key for key, given in self.draft.materials.items() if given.way == "deferred"}
        proposed = {one.key for one in self.asked if one.ways and one.ways[0].way == "deferred"}
        return [one for one in self.asked if one.kind == "material" and one.key not in later & proposed]


async def walk(
    engine: Engine, one_thing: str, example: Example, login: Login, ask: Ask, later: Ask | None = None
) -> Walk:
    """Walk one example from consent to the signature. Never raises for a wrong example.

    ``later`` asks the sources once everything is filled in, when those that were down may be back.
    """
    walker = Walker(engine, example, ask, engine.start(one_thing, example.region or REGION, login))
    walker.later = later or ask
    try:
        outcome = await walker.through()
    except CitizenError as refused:
        walker.mistakes.append(f"{refused.message} {refused.details or ''}".strip())
        outcome = "unfinished"
    done = Walk(walker.draft, outcome, walker.asked, mistakes=walker.mistakes)
    done.findings, done.legs = engine.review(done.draft), engine.legs(done.draft)
    done.numbers = engine.numbers(done.draft)
    if outcome == "submitted" and any(finding.level == "block" for finding in done.findings):
        done.outcome = "blocked"
    if outcome == "submitted":
        done.mistakes += walker.unused()
    return done
