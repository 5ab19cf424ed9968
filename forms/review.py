"""Pre-review: the rules of a one-thing applied to a draft, before anybody at a counter sees it.

A rule whose data did not come becomes ``manual``: that a source is down must never read as if it had said no. A rule
that waits for the citizen says nothing; the missing question is what stands in the way.
"""

from __future__ import annotations

import inspect
from collections.abc import Collection, Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from forms import paths
from forms.checks import CHECKS, COLLECTIVE
from forms.content import uses
from forms.content.condition_schema import Condition
from forms.content.mentions import references, written
from forms.content.schema import Level, Rule
from forms.filling.deriving import argument
from forms.logic.conditions import Test, compiled
from forms.logic.scene import Scene
from forms.logic.truth import FALSE, TRUE, UNAVAILABLE, Missing, Truth, all_of, negate, truth
from forms.merging.merge import Merge
from forms.merging.merged import Finding
from forms.merging.plan import Plan, rule_condition
from forms.questions import about_title
from forms.wording import words


def findings(plan: Plan, scene: Scene, merge: Merge, now: datetime) -> Iterator[Finding]:
    """What the rules of the one-thing say of a draft. ``scene.form`` holds the paths that the form asks for."""
    for rule, when in plan.rules:
        if rule.gates is not None and rule.gates not in merge.active:
            continue
        for index, bound in _bindings(plan, scene, rule):
            result = all_of((when(bound), negate(_holds(plan, rule, bound, now))))
            if result is UNAVAILABLE:
                result = _without_unasked(plan, bound, rule, when)
            if result is TRUE:
                yield _finding(plan, scene, merge, rule, index, rule.level, rule.says)
            elif result is UNAVAILABLE and rule.level != "warn":
                about = about_title(plan, scene, _about(merge, rule, index))
                yield _finding(plan, scene, merge, rule, index, "manual", words("finding_unknown", title=about))


def _finding(
    plan: Plan, scene: Scene, merge: Merge, rule: Rule, index: tuple[str, int] | None, level: Level, says: str
) -> Finding:
    gates = rule.gates if level == "gate" else None
    return Finding(
        rule=rule.code, level=level, about=_about(merge, rule, index), says=says, gates=gates, basis=rule.basis
    )


def _bindings(plan: Plan, scene: Scene, rule: Rule) -> Iterator[tuple[tuple[str, int] | None, Scene]]:
    """Once, or once for each of a repeated subject that the rule names without an index."""
    subject = None if rule.check in COLLECTIVE else _repeated(plan, scene, rule)
    if subject is None:
        last = _repeated(plan, scene, rule)
        yield ((last, scene.count(last)) if last else None), scene
        return
    for index in scene.indexes(subject):
        yield (subject, index or 1), scene.at(subject, index)


def _repeated(plan: Plan, scene: Scene, rule: Rule) -> str | None:
    for name in plan.rule_reads[rule.code]:
        path = paths.parse(name)
        if path is not None and path.index is None and scene.repeats(path.subject):
            return path.subject
    facts = plan.rule_facts[rule.code] if rule.check != "condition" else ()
    return next((subject for name in facts if (subject := scene.spread(name))), None)


def _about(merge: Merge, rule: Rule, index: tuple[str, int] | None) -> str:
    """The anchor of a finding, made concrete."""
    if rule.about.startswith("material:"):
        return _slot(merge, rule.about.removeprefix("material:"), index)
    path = paths.parse(rule.about)
    if path is None or index is None or path.index is not None or path.subject != index[0]:
        return rule.about
    return paths.write(path.subject, index[1], path.element)


def _slot(merge: Merge, code: str, index: tuple[str, int] | None) -> str:
    found = [slot for key, slot in merge.slots.items() if code in (key, slot.material.code)]
    exact = [slot for slot in found if index and (slot.subject, slot.index) == index]
    best = (exact or found)[:1]
    return f"material:{best[0].key if best else code}"


def _without_unasked(plan: Plan, scene: Scene, rule: Rule, when: Test) -> Truth:
    """What a rule comes to when look-ups that are never made in this case have no say; false when nothing is left."""
    used = uses.Used()
    used.add(written(rule.using, plan.definition.subjects))
    for condition in (rule.when, rule_condition(rule)):
        used.add(references(condition))
    absent = {code for code in used.facts if scene.fact_of(code)[0] is None and code in plan.lookups}
    unasked = {code for code in absent if _not_asked(plan, scene, code)}
    condition = rule_condition(rule)
    if not unasked or condition is None:
        return FALSE if unasked and unasked == absent else UNAVAILABLE
    left = _left(condition, unasked)
    if left is None or (when(scene) is UNAVAILABLE and rule.when and _left(rule.when, unasked) != rule.when):
        return FALSE
    return all_of((when(scene), negate(compiled(left)(scene))))


def _left(condition: Condition, unasked: Collection[str]) -> Condition | None:
    """A condition without what it says of look-ups that were never made; None when it says nothing else."""
    if condition.not_ is not None:
        inner = _left(condition.not_, unasked)
        return inner and condition.model_copy(update={"not_": inner})
    for word in ("all", "any"):
        if parts := getattr(condition, word):
            kept = tuple(left for part in parts if (left := _left(part, unasked)) is not None)
            return condition.model_copy(update={word: kept}) if kept else None
    named = {name.partition(".")[0] for kind, name in references(condition) if kind == "fact"}
    return condition if named.isdisjoint(unasked) else None


def _not_asked(plan: Plan, scene: Scene, code: str) -> bool:
    if plan.lookup_when[code](scene) is FALSE:
        return True
    keys = [paths.parse(path) for path in plan.lookups[code].by.values()]
    subjects = [key.subject for key in keys if key and key.subject in plan.subject_when]
    return any(plan.subject_when[subject](scene) is FALSE for subject in subjects)


@lru_cache(maxsize=1024)
def _parameters(check: str) -> dict[str, bool]:
    """Parameter name to whether it may be left out."""
    signature = inspect.signature(CHECKS[check]).parameters
    return {name: parameter.default is not inspect.Parameter.empty for name, parameter in signature.items()}


def _holds(plan: Plan, rule: Rule, scene: Scene, now: datetime) -> Truth:
    """Whether the check of a rule holds."""
    if rule.check == "condition":
        return plan.holds[rule.code](scene)
    given: dict[str, Any] = {"today": scene.today, "now": now}
    for name, argued in rule.using.items():
        value = argument(scene, argued)
        if isinstance(value, Missing):
            return _missing(value)
        given["value" if name == "path" else name] = value
    wanted = _parameters(rule.check)
    if any(name not in given and not optional for name, optional in wanted.items()):
        return UNAVAILABLE
    try:
        return truth(CHECKS[rule.check](**{name: given[name] for name in wanted if name in given}))
    except (TypeError, ValueError, KeyError, AttributeError):
        return UNAVAILABLE  # a value of a kind the check does not know goes to a person


def _missing(value: Missing) -> Truth:
    """What is known not to be there breaks no rule about it; what is unknown stays unknown."""
    return TRUE if value is Missing.ABSENT else Truth(value.value)
