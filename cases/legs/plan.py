"""From the merged form to departments: what each leg carries, frozen at submission; and the package built from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from cases.delivery import file_tag
from cases.models import Case, Leg
from core.clock import now
from forms.draft import Draft, MaterialAnswer, Value
from forms.drafts import StoredFile
from forms.merging.merged import Leg as LegView
from forms.merging.merged import MergedForm
from integrations.platforms.base import Package, PackageConfirmation, PackageMaterial, Party


class PlannedMaterial(BaseModel):
    """A material slot a leg needs."""

    key: str
    code: str
    title: str


class Plan(BaseModel):
    """What one leg needs, waits for and gives: names of things, never values."""

    needs: tuple[str, ...] = ()
    labels: dict[str, str] = {}
    materials: tuple[PlannedMaterial, ...] = ()
    waits_for: tuple[str, ...] = ()
    from_results: dict[str, str] = {}
    gives: dict[str, str] = {}
    """Result title to path."""
    results: tuple[str, ...] = ()
    legal_days: int | None = None
    item_version: str = "1"


def plan_of(leg: LegView, form: MergedForm, title: Callable[[str], str]) -> Plan:
    """Freeze one leg of a merged form. ``title`` names a path; what results will fill is needed like all else."""
    slots = {slot.key: slot for slot in form.slots}
    needs = tuple(dict.fromkeys((*leg.needs, *leg.from_results)))
    return Plan(
        needs=needs,
        labels={path: title(path) for path in needs},
        materials=tuple(
            PlannedMaterial(key=key, code=slots[key].material.code, title=slots[key].title)
            for key in leg.materials if key in slots
        ),
        waits_for=leg.waits_for, from_results=leg.from_results, gives=leg.gives,
        results=tuple(result.title for result in leg.item.results),
        legal_days=leg.limit.legal, item_version=form.version[:16] or "1",
    )


def plan_in(leg: Leg) -> Plan:
    """The plan a leg was stored with."""
    return Plan.model_validate(leg.plan)


def with_results(draft: Draft, legs: Iterable[Leg]) -> Draft:
    """The draft with what completed legs gave, as values of origin ``result``."""
    given: dict[str, Value] = {}
    for leg in legs:
        gives = plan_in(leg).gives
        for result in leg.results or ():
            path = gives.get(result["title"])
            if path and result["value"]:
                given[path] = Value(value=result["value"], origin="result", at=now(), source=leg.code)
    return draft.model_copy(update={"values": draft.values | given})


def package_for(
    case: Case, leg: Leg, legs: Sequence[Leg], files: Mapping[str, StoredFile], callback_url: str, files_url: str,
    confirmations: tuple[PackageConfirmation, ...] = (), version: int = 0,
) -> Package:
    """One department's part of the case: its needs and nothing else. ``version`` where it is not that of the leg."""
    version = version or leg.data_version
    plan = plan_in(leg)
    draft = with_results(Draft.model_validate(case.snapshot), legs)
    form = {path: draft.values[path].value for path in plan.needs if path in draft.values}
    materials = tuple(
        _material(slot, draft.materials[slot.key], files, files_url)
        for slot in plan.materials if slot.key in draft.materials
    )
    return Package(
        case_number=case.number, leg_number=leg.number, idempotency_key=key_of(leg.number, version),
        one_thing=case.one_thing, one_thing_title=case.title, item=leg.item, item_title=leg.title,
        item_version=plan.item_version, department=leg.department, region=leg.region, applicant=_applicant(draft),
        submitted_at=case.submitted_at, form=form, labels={path: plan.labels[path] for path in form},
        materials=materials, promised_days=leg.promised_days, results=plan.results, data_version=version,
        callback_url=callback_url, confirmations=confirmations,
    )


def key_of(leg_number: str, data_version: int) -> str:
    """The idempotency key: constant for a leg and the version of its data."""
    return f"{leg_number}:v{data_version}"


def _applicant(draft: Draft) -> Party:
    login = draft.login
    return Party(login.name, "id_card", login.id_number, login.phone) if login else Party("", "id_card", "")


def _material(
    slot: PlannedMaterial, answer: MaterialAnswer, files: Mapping[str, StoredFile], files_url: str
) -> PackageMaterial:
    given = tuple(
        {"name": files[id_].name, "sha256": files[id_].sha256, "url": f"{files_url}/{id_}.{file_tag.tag(id_)}"}
        for id_ in answer.files if id_ in files
    )
    return PackageMaterial(slot.code, slot.title, answer.way, answer.reference, given)


def freeze(package: Package) -> dict[str, Any]:
    """A package as JSON, to be sent again exactly as it was."""
    data = asdict(package)
    confirmed = [{**one, "at": one["at"].isoformat()} for one in data["confirmations"]]
    return data | {"submitted_at": package.submitted_at.isoformat(), "confirmations": confirmed}


def thaw(data: dict[str, Any]) -> Package:
    """What `freeze` gave."""
    materials = tuple(PackageMaterial(**{**m, "files": tuple(m["files"])}) for m in data["materials"])
    confirmed = tuple(
        PackageConfirmation(**{**one, "at": datetime.fromisoformat(one["at"])}) for one in data.get("confirmations", ())
    )
    return Package(**{
        **data, "applicant": Party(**data["applicant"]), "materials": materials, "results": tuple(data["results"]),
        "confirmations": confirmed,
        "submitted_at": datetime.fromisoformat(data["submitted_at"]),
    })
