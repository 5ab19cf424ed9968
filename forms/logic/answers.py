"""Which answers to situations count: the citizen's, those that data decided, and defaults, in the order of the form."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from forms.draft import Draft, SituationAnswer
from forms.logic.offering import still_offered
from forms.logic.scene import Scene
from forms.logic.truth import FALSE, TRUE, UNAVAILABLE, Missing, Truth
from forms.merging.plan import Plan
from forms.merging.planned import PlannedSituation


def count(plan: Plan, scene: Scene) -> dict[str, Any]:
    """Fill ``scene.answers``: code to value, absent where a situation does not apply, unanswered where it waits."""
    for planned in plan.situations:
        code, given = planned.situation.code, scene.draft.situations.get(planned.situation.code)
        if planned.ask_when(scene) is FALSE:
            scene.answers[code] = Missing.ABSENT
        elif given is not None:
            scene.answers[code] = given.value
        else:
            default = planned.situation.default
            scene.answers[code] = Missing.UNANSWERED if default is None else _value(planned, default)
    return scene.answers


def _value(planned: PlannedSituation, answer: str | tuple[str, ...]) -> str | list[str]:
    if planned.situation.type == "multi":
        return [answer] if isinstance(answer, str) else list(answer)
    return answer if isinstance(answer, str) else answer[0]


def decide(plan: Plan, draft: Draft, scene: Scene, now: datetime) -> Draft:
    """Situations that data answers, in order; what the citizen said stays, what no longer applies goes."""
    answers = dict(draft.situations)
    for planned in plan.situations:
        code = planned.situation.code
        given = answers.get(code)
        if planned.ask_when(scene) is FALSE:
            answers.pop(code, None)
            scene.answers[code] = Missing.ABSENT
            continue
        if given is not None and (left := still_offered(planned, scene, given.value)) != given.value:
            answers.pop(code)
            given = None if left is None else given.model_copy(update={"value": left})
            answers |= {code: given} if given else {}
        if given is None or given.origin != "citizen":
            decided = _decided(planned, scene)
            if decided is None:
                answers.pop(code, None)
            elif given is None or given.value != decided:
                answers[code] = SituationAnswer(value=decided, origin="decided", at=now)
        known = answers.get(code)
        default = planned.situation.default
        fallback = Missing.UNANSWERED if default is None else _value(planned, default)
        scene.answers[code] = known.value if known else fallback
    return draft if answers == draft.situations else draft.model_copy(update={"situations": answers})


def _decided(planned: PlannedSituation, scene: Scene) -> str | list[str] | None:
    """The first decision whose condition holds; one that is still unknown does not stand in the way of a later one."""
    for test, answer in planned.decisions:
        if test(scene) is TRUE:
            return _value(planned, answer)
    return None


def asked(planned: PlannedSituation, scene: Scene) -> Truth:
    """Whether a situation is to be asked now: true; false; or unanswered while an earlier answer will tell.

    When it hangs on data that did not come it is asked: what is unavailable is never taken for a no.
    """
    applies = planned.ask_when(scene)
    return TRUE if applies is UNAVAILABLE else applies
