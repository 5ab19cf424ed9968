"""A paper of three items, small enough to follow by eye: the card waits for the household's number."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from core.clock import now
from core.errors import InvalidAnswer
from forms.confirmation.confirmer import Confirmer
from forms.content.element_schema import Element
from forms.content.item_schema import Item, Limit
from forms.content.material_schema import Material, Way
from forms.content.schema import Definition
from forms.draft import Draft, Login, MaterialAnswer, Value
from forms.guides.whereto import Whereto
from forms.merging.merged import Field, Finding, Leg, MergedForm, Numbers, Question, Section, Slot

CODE = "newborn_small"
VERSION = "v" * 64
TITLES = {"baby.name": "宝宝姓名", "baby.id_number": "宝宝身份证号", "mother.phone": "妈妈手机号"}


def item(code: str, title: str, department: str, needs: tuple[str, ...], results: tuple[str, ...]) -> Item:
    return Item(
        code=code, title=title, department=department, kind="公共服务", limit=Limit(legal=20, promised=5),
        roles={"baby": "person"}, needs=needs, results=results,
    )


HOUSEHOLD = item("household", "出生登记", "公安", ("baby.name",), ("公民身份号码",))
CARD = item("card", "社会保障卡申领", "人力资源社会保障", ("baby.name", "baby.id_number"), ("社会保障卡",))
INSURANCE = item("insurance", "医疗保险登记", "医疗保障", ("baby.name", "mother.phone"), ("参保凭证",))
PHOTO = Material(code="photo", title="照片", ways=(Way(way="upload"),))


def leg(one: Item, waits: tuple[str, ...] = (), materials: tuple[str, ...] = ()) -> Leg:
    fed = {"baby.id_number": "household"} if waits else {}
    gives = {"公民身份号码": "baby.id_number"} if one is HOUSEHOLD else {}
    return Leg(
        code=one.code, item=one, index=None, needs=tuple(need.element for need in one.needs), from_results=fed,
        materials=materials, waits_for=waits, gives=gives, limit=one.limit,
    )


LEGS = (leg(HOUSEHOLD), leg(CARD, ("household",), ("photo:baby",)), leg(INSURANCE))


def field(path: str) -> Field:
    subject, code = path.split(".")
    element = Element(code=code, title=TITLES[path], type="text")
    return Field(
        path=path, subject=subject, index=None, element=element, title=TITLES[path], ask="", help="", why="",
        options=(), required=True, edit="free", asked_by=("household",),
    )


class SmallPaper:
    """What cases ask of the engine, answered by hand. ``findings`` are those of the next review."""

    def __init__(self) -> None:
        definition = Definition.model_construct(code=CODE, title="新生儿出生一件事", limit=Limit(promised=10))
        self.bank: Any = SimpleNamespace(definitions={CODE: definition}, version=lambda code: VERSION)
        self.definition = lambda draft: definition
        self.findings: tuple[Finding, ...] = ()
        self.asks: tuple[Question, ...] = ()
        self.planned = LEGS

    def merged(self, draft: Draft) -> MergedForm:
        slot = Slot(
            key="photo:baby", material=PHOTO, subject="baby", index=None, title="宝宝照片", required=True,
            ways=PHOTO.ways, asked_by=("card",),
        )
        section = Section(subject="baby", index=None, title="宝宝", fields=tuple(field(path) for path in TITLES))
        return MergedForm(
            code=CODE, title="", version=VERSION, region=draft.region, sections=(section,), slots=(slot,),
            legs=self.planned, undecided=(),
        )

    def legs(self, draft: Draft) -> tuple[Leg, ...]:
        return self.planned

    def whereto(self, region: str, office: str = "", department: str = "") -> Whereto:
        says = f"{department}的窗口，地址请打 12345 问"
        return Whereto(office=office, title=f"{department}的窗口", known=False, says=says, short=says)

    def questions(self, draft: Draft) -> tuple[Question, ...]:
        return self.asks

    def offline(self, draft: Draft) -> None:
        return None

    def review(self, draft: Draft) -> tuple[Finding, ...]:
        return self.findings

    def confirmations(self, draft: Draft) -> tuple[Confirmer, ...]:
        return ()

    def numbers(self, draft: Draft) -> Numbers:
        return Numbers(
            items=3, departments=3, forms_before=3, forms_after=1, fields_before=5, fields_after=3, prefilled=0,
            asked=2, materials_before=1, materials_after=1, without_upload=0, visits=0, promised_days=10,
        )

    def differences(self, old: Draft, new: Draft) -> tuple[Any, ...]:
        paths = sorted(old.values.keys() | new.values.keys())
        changed = [p for p in paths if self.shown(old, p) != self.shown(new, p)]
        fields = [SimpleNamespace(about=p, title=TITLES[p], before=self.shown(old, p), after=self.shown(new, p))
                  for p in changed]
        slots = [SimpleNamespace(about=f"material:{key}", title=key, before="", after="")
                 for key in sorted(new.materials) if old.materials.get(key) != new.materials[key]]
        return (*fields, *slots)

    def put(self, draft: Draft, path: str, raw: object, origin: Any = "citizen") -> Draft:
        if not raw:
            raise InvalidAnswer(path, "empty")
        value = Value(value=str(raw), origin=origin, at=now())
        return draft.model_copy(update={"values": draft.values | {path: value}})

    def shown(self, draft: Draft, path: str) -> str:
        return str(draft.values[path].value) if path in draft.values else ""

    def masked(self, draft: Draft, path: str) -> str:
        return "*" * len(self.shown(draft, path))

    def describe(self, draft: Draft, path: str) -> Any:
        return SimpleNamespace(text=draft.values[path].origin)

    def title(self, draft: Draft, about: str) -> str:
        return TITLES.get(about, "宝宝照片")


def signed_draft() -> Draft:
    """A draft with everything the small paper asks for."""
    values = {"baby.name": "陈小宝", "mother.phone": "13800000001"}
    return Draft(
        one_thing=CODE, version=VERSION, region="330106",
        login=Login(name="陈一民", id_number="330106199001011234", phone="13800000002", level=3),
        values={path: Value(value=value, origin="citizen", at=now()) for path, value in values.items()},
        materials={"photo:baby": MaterialAnswer(way="upload", at=now())},
    )
