"""Comparing what came out of an example with what must: one sentence for each difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from forms.merging.merged import Question
from forms.walking.examples import Walk
from forms.walking.examples_schema import Expect


def differences(expect: Expect, done: Walk) -> list[str]:
    """Every expectation that was not met."""
    return [*_journey(expect, done), *_result(expect, done), *_data(expect, done)]


def _journey(expect: Expect, done: Walk) -> Iterator[str]:
    keys = tuple(question.key for question in done.asked)
    if expect.outcome != done.outcome:
        yield f"the outcome should be {expect.outcome}, and is {done.outcome}"
    yield from _at_most("questions", expect.questions_at_most, done.questions)
    yield from _at_most("uploads", expect.uploads_at_most, done.uploads)
    if expect.asked is not None and expect.asked != keys:
        yield f"what is asked should be {', '.join(expect.asked)}, and is {', '.join(keys)}"
    for key in expect.never_asked:
        if key in keys:
            yield f"`{key}` should not be asked, and is"


def _result(expect: Expect, done: Walk) -> Iterator[str]:
    yield from _same_set("the items", expect.items, (leg.item.code for leg in done.legs))
    yield from _same_set("the findings", expect.findings, (finding.rule for finding in done.findings))
    legs = {leg.code: set(leg.waits_for) for leg in done.legs}
    for code, waits in (expect.legs or {}).items():
        if code not in legs:
            yield f"there should be a leg `{code}`, and there are {', '.join(legs)}"
        elif legs[code] != set(waits):
            yield f"the leg `{code}` should wait for {sorted(waits)}, and waits for {sorted(legs[code])}"
    numbers = done.numbers.model_dump() if done.numbers else {}
    for name, number in expect.numbers.items():
        if numbers.get(name) != number:
            yield f"the number `{name}` should be {number}, and is {numbers.get(name, 'no number at all')}"


def _data(expect: Expect, done: Walk) -> Iterator[str]:
    for path, value in expect.values.items():
        held = done.draft.values.get(path)
        if (held.value if held else None) != value:
            yield f"`{path}` should be {value}, and is {held.value if held else None}"
    for code, answer in expect.situations.items():
        given, wanted = done.draft.situations.get(code), list(answer) if isinstance(answer, tuple) else answer
        if (given.value if given else None) != wanted:
            yield f"the answer to `{code}` should be {wanted}, and is {given.value if given else None}"
    for source, outcome in expect.sources.items():
        told = {fact.outcome for fact in done.draft.facts.values() if fact.source == source}
        if outcome not in told:
            yield f"the source `{source}` should have said {outcome}, and said {', '.join(sorted(told)) or 'nothing'}"


def _at_most(what: str, most: int | None, asked: list[Question]) -> Iterator[str]:
    if most is not None and len(asked) > most:
        yield f"at most {most} {what} should be asked, and {len(asked)} are: {', '.join(q.key for q in asked)}"


def _same_set(what: str, expected: tuple[str, ...] | None, got: Iterable[str]) -> Iterator[str]:
    found = set(got)
    if expected is not None and set(expected) != found:
        missing, extra = sorted(set(expected) - found), sorted(found - set(expected))
        yield f"{what} lack {', '.join(missing) or 'nothing'} and have {', '.join(extra) or 'nothing'} besides"
