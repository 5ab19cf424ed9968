"""What a case's records read like to staff: events, findings, changes and results, with nothing personal in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.following.views import Moment, ResultView
from cases.review.views import CorrectionRound, StaffView
from console.desk import ConsoleDesk
from console.wording import words
from core.masking import mask_middle, mask_text, mask_value
from forms.draft import Draft

PERSONAL = frozenset({"id_number", "phone", "bank_account"})


@dataclass(frozen=True)
class Line:
    """One line of the timeline."""

    at: datetime
    says: str
    more: str
    """A note, a reason, what a department said."""
    who: str
    private: bool


@dataclass(frozen=True)
class ShownFinding:
    """Something pre-review found."""

    level: str
    about: str
    title: str
    says: str
    basis: str


@dataclass(frozen=True)
class ShownChange:
    """What a citizen changed, masked. ``same`` when the difference lies in what is masked."""

    title: str
    before: str
    after: str

    @property
    def same(self) -> bool:
        """Whether both read alike once masked."""
        return self.before == self.after


def timeline(view: StaffView, names: Mapping[str, str]) -> list[Line]:
    """The lines of a case, the latest first."""
    return [_line(moment, names) for moment in reversed(view.timeline)]


def _line(moment: Moment, names: Mapping[str, str]) -> Line:
    params = {key: _plain(value) for key, value in moment.params.items()}
    if moment.what == "assigned":
        params["to"] = names.get(str(moment.params.get("to")), "")
    says = words().lenient(f"event.{moment.what}", "event.other", params)
    more = next((str(params[key]) for key in ("note", "says", "reason") if params.get(key)), "")
    remedy = params.get("remedy")
    if remedy:
        more = words()("case.reason_and_remedy", reason=more, remedy=remedy)
    who = "staff" if moment.by_staff else ("department" if moment.what.startswith("leg_") else "")
    return Line(moment.at, says, more, who, private=moment.what in ("noted", "assigned"))


def _plain(value: Any) -> Any:
    return mask_text(value) if isinstance(value, str) else value


def findings(desk: ConsoleDesk, draft: Draft, stored: Sequence[Mapping[str, Any]]) -> list[ShownFinding]:
    """What pre-review found, what a person must look at first."""
    order = {"manual": 0, "gate": 1, "warn": 2}
    shown = [_finding(desk, draft, finding) for finding in stored]
    return sorted(shown, key=lambda finding: order.get(finding.level, 3))


def _finding(desk: ConsoleDesk, draft: Draft, finding: Mapping[str, Any]) -> ShownFinding:
    about, says = str(finding["about"]), str(finding["says"])
    title = title_of(desk, draft, about)
    if says.startswith("case.finding."):
        says = words()(f"finding.{says.removeprefix('case.finding.')}", title=title)
    return ShownFinding(str(finding["level"]), about, title, mask_text(says), str(finding.get("basis") or ""))


def title_of(desk: ConsoleDesk, draft: Draft, about: str) -> str:
    """What a place of the form, or a source, is called."""
    if about in desk.engine.bank.titles:
        return desk.engine.bank.titles[about]
    if about.startswith("item:"):
        item = desk.engine.bank.items.get(about.removeprefix("item:"))
        return item.title if item else about
    return desk.engine.title(draft, about) or about


def changes(desk: ConsoleDesk, draft: Draft, notice: CorrectionRound) -> Iterator[ShownChange]:
    """What the answer to a notice changed, masked like the form."""
    elements = {field.path: field.element for field in desk.engine.merged(draft).fields()}
    for change in notice.changes:
        element, before, after = elements.get(change.about), change.before, change.after
        if element is not None and (element.type in PERSONAL or element.sensitivity != "public"):
            before, after = mask_value(element.type, before), mask_value(element.type, after)
        yield ShownChange(change.title, mask_text(before), mask_text(after))


def result(issued: ResultView) -> str:
    """What was issued, with its number masked."""
    number = issued.licence_number or issued.value
    return mask_middle(number, 3, 3) if any(char.isdigit() for char in number) else mask_text(number)
