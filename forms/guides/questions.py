"""The questions of a guide: what each answer brings, and where it leads outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.content.element_schema import Option
from forms.content.schema import Situation
from forms.guides.deciding import answering, decided
from forms.guides.goes import goes_to
from forms.guides.view import GuideOption, GuideSituation
from forms.logic import answers
from forms.logic.offering import offered
from forms.logic.truth import FALSE, TRUE, Missing
from forms.merging.planned import PlannedSituation

if TYPE_CHECKING:
    from forms.guides.making import Sketch


def questions(sketch: Sketch) -> tuple[GuideSituation, ...]:
    """Every question that may be asked; in a draft those that still apply, with the answer where there is one."""
    return tuple(made for planned in sketch.plan.situations if (made := _question(sketch, planned)) is not None)


def _question(sketch: Sketch, planned: PlannedSituation) -> GuideSituation | None:
    situation = planned.situation
    if sketch.scene is not None and answers.asked(planned, sketch.scene) is FALSE:
        return None
    if sketch.scene is None and decided(situation.ask_when, sketch.terms.decide) is FALSE:
        return None
    chosen = _chosen(sketch, situation)
    adds = _adds(sketch, situation)
    options = tuple(
        GuideOption(label=one.label, effect=one.effect or one.help, adds=adds[one.value], offline=one.offline,
                    where=goes_to(sketch, one.office), chosen=one.value in chosen)
        for one in _offered(sketch, planned) if not chosen or one.value in chosen
    )
    return GuideSituation(code=situation.code, question=situation.question, help=situation.help, options=options)


def _offered(sketch: Sketch, planned: PlannedSituation) -> list[Option]:
    """The options that this place, or this draft, has."""
    if sketch.scene is None:
        return [one for one in planned.situation.options if decided(one.when, sketch.terms.decide) is not FALSE]
    return list(offered(planned, sketch.scene))


def _chosen(sketch: Sketch, situation: Situation) -> tuple[str, ...]:
    given = sketch.scene.answers.get(situation.code) if sketch.scene else None
    if given is None or isinstance(given, Missing):
        return ()
    return (given,) if isinstance(given, str) else tuple(given)


def _adds(sketch: Sketch, situation: Situation) -> dict[str, tuple[str, ...]]:
    """Option value to the titles of the items that this answer brings nearer than some other answer does."""
    nearer = {option.value: _nearness(sketch, situation, option.value) for option in situation.options}
    least = {title: min(near[title] for near in nearer.values()) for near in nearer.values() for title in near}
    return {value: tuple(title for title, near in titles.items() if near > least[title])
            for value, titles in nearer.items()}


def _nearness(sketch: Sketch, situation: Situation, value: str) -> dict[str, int]:
    """Title of every item to 0 (this answer keeps it out), 1 (it hangs on more) or 2 (this answer is enough)."""
    answer = [value] if situation.type == "multi" else value
    decide = answering(sketch.terms.decide, situation.code, answer)
    found: dict[str, int] = {}
    for planned, _ in sketch.applying:
        truth = decided(planned.bound.when, decide)
        near = 0 if truth is FALSE else 2 if truth is TRUE else 1
        found[planned.item.title] = max(near, found.get(planned.item.title, 0))
    return found
