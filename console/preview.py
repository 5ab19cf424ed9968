"""What a citizen would be asked, computed by the engine for some answers: nothing is looked up, nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.errors import InvalidAnswer
from forms.authoring.explain import mermaid
from forms.content.element_schema import Option
from forms.content.schema import Situation
from forms.draft import Draft
from forms.engine import Engine
from forms.guides.making import guide
from forms.guides.terms import Terms
from forms.guides.view import GuideOption, Introduction
from forms.merging.legs import order
from forms.merging.merged import Field, Leg, MergedForm, Numbers, Question

Answers = Mapping[str, Sequence[str]]
"""Situation code to the chosen option values."""


@dataclass(frozen=True)
class Choice:
    """An option, what it changes, and the items that hang on it."""

    option: Option
    told: GuideOption | None
    chosen: bool


@dataclass(frozen=True)
class Asked:
    """A situation that is put to the citizen; ``given`` by whom: citizen, decided, default, or empty when open."""

    situation: Situation
    choices: tuple[Choice, ...]
    given: str


@dataclass(frozen=True)
class Preview:
    """All of it. ``perhaps`` are items still open, each with its condition in words; ``fetched`` paths of fields that
    data may fill."""

    draft: Draft
    asked: tuple[Asked, ...]
    offline: Option | None
    questions: tuple[Question, ...]
    form: MergedForm
    legs: tuple[Leg, ...]
    numbers: Numbers
    perhaps: tuple[tuple[str, str], ...]
    fetched: frozenset[str]
    titles: Mapping[str, str]
    """Item code to title."""
    drawing: str
    """Mermaid source of the legs."""
    later: tuple[str, ...]
    """Questions that hang on data or on other answers and are not asked yet."""


def preview(engine: Engine, code: str, region: str, answers: Answers) -> Preview:
    """What these answers come to. Answers that do not fit are left out. Raises `NotFound`."""
    draft = _answered(engine, engine.start(code, region, None), answers)
    form = engine.merged(draft)
    questions = tuple(one for one in engine.questions(draft, optional=True) if one.kind != "situation")
    known = {one.code for one, _ in engine.situations(draft)}
    return Preview(
        later=tuple(one.question for one in engine.definition(draft).situations if one.code not in known),
        draft=draft, asked=tuple(_asked(engine, draft)), offline=engine.offline(draft), questions=questions, form=form,
        legs=tuple(order(form.legs)), numbers=engine.numbers(draft), perhaps=tuple(_perhaps(engine, draft, form)),
        fetched=frozenset(_fetched(engine, draft, form.fields())),
        titles={planned.item.code: planned.item.title for planned in engine.plan(code, region).items},
        drawing="\n".join(list(mermaid(form))[3:-1]),
    )


def _answered(engine: Engine, draft: Draft, answers: Answers) -> Draft:
    """Answers in the order they would be asked: one may open the next."""
    left = {code: list(values) for code, values in answers.items() if any(values)}
    while True:
        ready = [one for one, _ in engine.situations(draft) if one.code in left]
        if not ready:
            return draft
        values = [value for value in left.pop(ready[0].code) if value]
        try:
            draft = engine.answer_situation(draft, ready[0].code, values if ready[0].type == "multi" else values[0])
        except InvalidAnswer:
            continue


def _asked(engine: Engine, draft: Draft) -> Iterator[Asked]:
    told = {
        (one.code, option.label): option
        for one in guide(engine, draft.one_thing, draft.region, Introduction()).situations for option in one.options
    }
    for situation, answer in engine.situations(draft):
        values = [] if answer is None else [answer.value] if isinstance(answer.value, str) else answer.value
        choices = tuple(
            Choice(option, told.get((situation.code, option.label)), option.value in values)
            for option in situation.options
        )
        yield Asked(situation, choices, answer.origin if answer else "")


def _perhaps(engine: Engine, draft: Draft, form: MergedForm) -> Iterator[tuple[str, str]]:
    plan, bank = engine.plan(draft.one_thing, draft.region), engine.bank
    terms = Terms(plan, bank.parameters(draft.region), draft.region, bank.titles)
    for planned in plan.items:
        if planned.item.code in form.undecided:
            yield planned.item.title, terms.phrase(planned.bound.when).flat


def _fetched(engine: Engine, draft: Draft, fields: Sequence[Field]) -> Iterator[str]:
    """Fields that a look-up gives, that the element's sources know, or that are worked out from others."""
    plan = engine.plan(draft.one_thing, draft.region)
    given = {path for lookup in plan.definition.lookups for path in lookup.gives}
    given |= {derivation.path for derivation, _ in plan.derivations}
    for field in fields:
        plain = f"{field.subject}.{field.element.code}"
        if plain in given or field.element.sources or field.element.derive or field.path in draft.values:
            yield field.path
