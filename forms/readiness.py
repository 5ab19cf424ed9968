"""What stands in the way of submitting besides the rules of a one-thing: gaps, old versions, the counter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core.errors import InvalidAnswer
from forms import questions
from forms.content.element_schema import Option
from forms.draft import Draft
from forms.logic.compare import same
from forms.logic.scene import Scene
from forms.merging.merge import Merge
from forms.merging.merged import Finding
from forms.merging.plan import Plan
from forms.values import canonical
from forms.wording import words


def built_in(
    plan: Plan, scene: Scene, merge: Merge, draft: Draft, titles: Mapping[str, str]
) -> Iterator[Finding]:
    """Findings that hold for every one-thing: a past version, undecided items, values at odds with a source."""
    if draft.version != plan.version:
        yield Finding(rule="version", level="block", about="version", says=words("finding_version"))
    names = {planned.item.code: planned.item.title for planned in plan.items}
    if merge.form.undecided and not any(questions.open_situations(plan, scene)):
        for code in merge.form.undecided:
            says = words("finding_undecided", title=names[code])
            yield Finding(rule="undecided", level="manual", about=f"item:{code}", says=says)
    for path, field in merge.fields.items():
        value, title = draft.values.get(path), questions.about_title(plan, scene, path)
        if value is None or value.value is None:
            if field.required and path in draft.skipped:
                says = words("finding_unstated", title=title, says=field.unknown)
                yield Finding(rule="unstated", level="manual", about=path, says=says)
            continue
        if value.fetched is not None and not same(value.value, value.fetched):
            source = titles.get(value.source or "", value.source or "")
            says = words("finding_differs", title=title, source=source)
            yield Finding(rule="differs", level="manual", about=path, says=says)
        try:
            element = canonical.coarse(field.element, value.value) if value.origin == "derived" else field.element
            canonical.read(element, value.value, path=path, today=scene.today, options=field.options)
        except InvalidAnswer:
            yield Finding(rule="invalid", level="block", about=path, says=words("finding_invalid", title=title))


def still_missing(plan: Plan, scene: Scene, merge: Merge, offline: Option | None) -> Iterator[Finding]:
    """Everything still to answer, as blocking findings, and the option that leads to a counter."""
    for question in questions.all_open(plan, scene, merge):
        about = {"situation": f"situation:{question.key}", "material": f"material:{question.key}"}.get(question.kind)
        key = "finding_missing" if question.kind == "field" else f"finding_missing_{question.kind}"
        says = words(key, title=question.title)
        yield Finding(rule="missing", level="block", about=about or question.key, says=says)
    if offline is not None:
        about = next(
            (f"situation:{s.code}" for s in plan.definition.situations if offline in s.options), "situation"
        )
        says = words("finding_offline", title=offline.label, says=offline.offline)
        yield Finding(rule="offline", level="block", about=about, says=says)
