"""Which options of a situation are offered: all but those whose condition is false."""

from __future__ import annotations

from typing import Any

from forms.content.element_schema import Option
from forms.content.schema import Situation
from forms.logic.scene import Scene
from forms.logic.truth import FALSE
from forms.merging.planned import PlannedSituation


def offered(planned: PlannedSituation, scene: Scene) -> tuple[Option, ...]:
    """The options to choose from; one whose condition hangs on data that did not come is among them."""
    if not planned.option_tests:
        return planned.situation.options
    gone = {value for value, test in planned.option_tests.items() if test(scene) is FALSE}
    return tuple(option for option in planned.situation.options if option.value not in gone)


def as_offered(planned: PlannedSituation, scene: Scene) -> Situation:
    """The situation with the options to choose from."""
    options = offered(planned, scene)
    if len(options) == len(planned.situation.options):
        return planned.situation
    return planned.situation.model_copy(update={"options": options})


def still_offered(planned: PlannedSituation, scene: Scene, value: str | list[str]) -> Any:
    """What is left of an answer when options that are not offered any more are taken out; None when nothing is."""
    if not planned.option_tests:
        return value
    known = {option.value for option in offered(planned, scene)}
    if isinstance(value, str):
        return value if value in known else None
    return [part for part in value if part in known] or None
