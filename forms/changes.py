"""What differs between two drafts, and moving a draft to the version of the content that holds now."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.errors import InvalidAnswer
from forms import paths
from forms.draft import Draft, MaterialAnswer, SituationAnswer
from forms.merging.plan import Plan
from forms.values import canonical, showing
from forms.wording import words


@dataclass(frozen=True)
class Change:
    """One difference. ``about`` is a path, ``situation:code``, ``material:key`` or ``count:subject``."""

    about: str
    title: str
    before: str
    after: str


@dataclass(frozen=True)
class Moved:
    """A draft on the present version, and what became of each answer (by about)."""

    draft: Draft
    kept: tuple[str, ...]
    ask_again: tuple[str, ...]
    dropped: tuple[str, ...]


def differences(plan: Plan, old: Draft, new: Draft) -> Iterator[Change]:
    """Everything that reads differently, situations first."""
    for code in _either(old.situations, new.situations):
        before, after = (_chosen(plan, code, draft.situations.get(code)) for draft in (old, new))
        if before != after:
            about = f"situation:{code}"
            yield Change(about, showing.title(plan, about), before, after)
    for subject in _either(old.counts, new.counts):
        if old.counts.get(subject) != new.counts.get(subject):
            known = plan.definition.subjects.get(subject)
            name = words("count_title", title=known.title if known else subject)
            yield Change(f"count:{subject}", name, str(old.counts.get(subject, "")), str(new.counts.get(subject, "")))
    for path in _either(old.values, new.values):
        before, after = (_said(plan, path, draft) for draft in (old, new))
        if before != after:
            yield Change(path, showing.title(plan, path), before, after)
    for key in _either(old.materials, new.materials):
        before, after = (_provided(draft.materials.get(key)) for draft in (old, new))
        files = [given.files if given else [] for given in (old.materials.get(key), new.materials.get(key))]
        if before != after or files[0] != files[1]:
            about = f"material:{key}"
            yield Change(about, showing.title(plan, about), before, after)


def _either(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys([*old, *new]))


def _said(plan: Plan, path: str, draft: Draft) -> str:
    value = draft.values.get(path)
    return showing.of_path(plan, path, value.value) if value is not None else ""


def _chosen(plan: Plan, code: str, answer: SituationAnswer | None) -> str:
    if answer is None:
        return ""
    options = next((s.options for s in plan.definition.situations if s.code == code), ())
    labels = {option.value: option.label for option in options}
    given = answer.value if isinstance(answer.value, list) else [answer.value]
    return words("join").join(labels.get(value, value) for value in given)


def _provided(answer: MaterialAnswer | None) -> str:
    if answer is None:
        return ""
    return words("files", n=len(answer.files)) if answer.files else words(f"way_{answer.way}")


def carry(plan: Plan, draft: Draft, today: date) -> tuple[Draft, list[str], list[str]]:
    """(draft on the new version, what is to be answered again, what was dropped), before settling."""
    again: list[str] = []
    dropped: list[str] = []
    situations = dict(draft.situations)
    for code, answer in draft.situations.items():
        known = next((s for s in plan.definition.situations if s.code == code), None)
        given = answer.value if isinstance(answer.value, list) else [answer.value]
        if known is None or isinstance(answer.value, list) != (known.type == "multi"):
            del situations[code]
            (dropped if known is None else again).append(f"situation:{code}")
        elif not {option.value for option in known.options}.issuperset(given):
            del situations[code]
            again.append(f"situation:{code}")
    found = dict(draft.values)
    for path, value in draft.values.items():
        element = plan.element(path)
        if element is None:
            del found[path]
            dropped.append(path)
            continue
        try:
            options = plan.options.get(paths.unindexed(path), ())
            canonical.read(element, value.value, path=path, today=today, options=options)
        except InvalidAnswer:
            del found[path]
            again.append(path)
    changed = {"situations": situations, "values": found, "version": plan.version}
    return draft.model_copy(update=changed), again, dropped


@dataclass(frozen=True)
class Papers:
    """What became of the materials of a moved draft, as ``material:key``."""

    kept: tuple[str, ...]
    again: tuple[str, ...]
    dropped: tuple[str, ...]


def carry_papers(old: Draft, new: Draft, slots: Collection[str], undecided: bool) -> tuple[Draft, Papers]:
    """The moved draft without papers nobody asks for any more. While a question is open that may ask for one again
    (``undecided``), it is kept: what somebody photographed is not thrown away on a maybe."""
    kept, again, dropped = list[str](), list[str](), list[str]()
    for key in old.materials:
        if key in slots:
            (kept if key in new.materials else again).append(key)
        else:
            (kept if undecided else dropped).append(key)
    left = {key: given for key, given in new.materials.items() if key not in dropped}
    if len(left) < len(new.materials):
        new = new.model_copy(update={"materials": left})
    told = (tuple(f"material:{key}" for key in keys) for keys in (kept, again, dropped))
    return new, Papers(*told)
