"""A one-thing explained: which items apply for some answers, the form, the papers, and who waits for whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from forms.draft import Draft
from forms.engine import Engine
from forms.guides.terms import Terms
from forms.logic.truth import Missing
from forms.merging.legs import order
from forms.merging.merged import Leg, MergedForm


def explain(engine: Engine, code: str, region: str, answers: Mapping[str, str]) -> str:
    """Text for a terminal. ``answers`` has situation codes with values or labels; commas part several.

    Raises `NotFound` for a one-thing or `InvalidAnswer` for an answer that does not exist.
    """
    draft = engine.start(code, region, None)
    for situation, value in answers.items():
        multi = any(one.code == situation and one.type == "multi" for one in engine.bank.definition(code).situations)
        draft = engine.answer_situation(draft, situation, value.split(",") if multi else value)
    form = engine.merged(draft)
    lines = [
        f"{form.title} (`{code}`, version {form.version}, region {region or 'default'})", "",
        *_region(engine, draft), *_offline(engine, draft), *_situations(engine, draft), *_items(engine, draft, form),
        *_form(form), *_papers(form), *_legs(form),
        *mermaid(form),
    ]
    return "\n".join(lines) + "\n"


def mermaid(form: MergedForm) -> Iterator[str]:
    """The legs as a drawing that Mermaid renders."""
    yield from ("Drawing", "", "```mermaid", "flowchart LR")
    names = {leg.code: f"leg{number}" for number, leg in enumerate(form.legs, 1)}
    for leg in form.legs:
        yield f'    {names[leg.code]}["{_plain(_title(leg))}<br/>{_plain(leg.item.department)}, {_days(leg)}"]'
    for leg in form.legs:
        yield from (f"    {names[code]} --> {names[leg.code]}" for code in leg.waits_for if code in names)
    yield "```"


def _region(engine: Engine, draft: Draft) -> Iterator[str]:
    """What holds here and not everywhere, the nearest last."""
    yield "Here other than elsewhere"
    bank, code = engine.bank, draft.one_thing
    bundled = {bound.item for bound in engine.definition(draft).items}
    read = bank.parameters_read(code)
    told: list[str] = []
    for layer in (one for one in bank.layers(draft.region) if one.region):
        found = [f"{name} = {value}" for name, value in layer.values.items() if name in read]
        found += [f"limit of {item}: {limit.promised} days" for item, limit in layer.limits.items() if item in bundled]
        found += [f"promise of the whole: {layer.promises[code].promised} days"] if code in layer.promises else []
        found += [f"one item more: {bound.item}" for bound in layer.more.get(code, ())]
        found += [f"one item less: {item}" for item in layer.without.get(code, ())]
        told += [f"  {layer.title}: {one}" for one in found]
    yield from (*(told or ("  nothing",)), "")


def _offline(engine: Engine, draft: Draft) -> Iterator[str]:
    """The answer that ends the online way, as citizens read it."""
    option = engine.offline(draft)
    if option is not None:
        yield f"Ends the online way: {option.label}"
        yield f"  {option.offline}"
        yield from ([f"  {engine.whereto(draft.region, option.office).says}"] if option.office else [])
        yield ""


def _situations(engine: Engine, draft: Draft) -> Iterator[str]:
    yield "Situations"
    scene = engine.scene(draft)
    for situation, _ in engine.situations(draft):
        counts = scene.answers.get(situation.code)
        chosen: tuple[str, ...] = (counts,) if isinstance(counts, str) else ()
        if counts is not None and not isinstance(counts, Missing | str):
            chosen = tuple(counts)
        told = "、".join(option.label for option in situation.options if option.value in chosen)
        yield f"  {situation.code}: {situation.question} {'-> ' + told if told else '(not answered)'}"
        if not told:
            for option in situation.options:
                yield f"      {option.value} = {option.label}{' (ends the online way)' if option.offline else ''}"
    yield ""


def _items(engine: Engine, draft: Draft, form: MergedForm) -> Iterator[str]:
    applying = {leg.item.code: leg.item for leg in form.legs}
    yield f"Items: {len(applying)} apply"
    for item in applying.values():
        yield f"  {item.code}: {item.title} ({item.department}, {item.limit.promised} working days)"
    plan, bank = engine.plan(draft.one_thing, draft.region), engine.bank
    terms = Terms(plan, bank.parameters(draft.region), draft.region, bank.titles)
    for planned in plan.items:
        if planned.item.code in form.undecided:
            yield f"  perhaps {planned.item.code}: {planned.item.title}, when {terms.phrase(planned.bound.when).flat}"
    yield ""


def _form(form: MergedForm) -> Iterator[str]:
    yield f"Form: {len(form.fields())} fields"
    for section in form.sections:
        yield f"  {section.title}"
        for field in section.fields:
            need = {True: "", False: " (optional)", None: " (perhaps)"}[field.required]
            yield f"    {field.path}: {field.title}{need}, for {', '.join(field.asked_by)}"
    yield ""


def _papers(form: MergedForm) -> Iterator[str]:
    yield f"Materials: {len(form.slots)}"
    for slot in form.slots:
        need = {True: "", False: " (optional)", None: " (perhaps)"}[slot.required]
        ways = " > ".join(way.way for way in slot.ways)
        yield f"  {slot.key}: {slot.title}{need}, {ways}, for {', '.join(slot.asked_by)}"
    yield ""


def _legs(form: MergedForm) -> Iterator[str]:
    yield f"Legs: {len(form.legs)}"
    for leg in order(form.legs):
        waits = f" after {', '.join(leg.waits_for)}" if leg.waits_for else " at once"
        given = "".join(f"; takes {path} from {giver}" for path, giver in leg.from_results.items())
        yield f"  {leg.code}{waits}, {_days(leg)}{given}"
    yield ""


def _title(leg: Leg) -> str:
    return leg.item.title if leg.index is None else f"{leg.item.title} {leg.index}"


def _days(leg: Leg) -> str:
    return f"{leg.limit.promised} days"


def _plain(text: str) -> str:
    """Without what would end a Mermaid label."""
    return text.replace('"', "'").replace("<", "‹").replace(">", "›")
