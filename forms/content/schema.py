"""What the files of one-things may say. The items they bundle stand in `forms.content.item_schema`."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from forms.content.condition_schema import Condition
from forms.content.element_schema import Code, Edit, Option, Shape
from forms.content.item_schema import Limit


class Repeat(Shape):
    """A subject that may stand several times: twins, shareholders."""

    at_least: int = 1
    at_most: int = 1
    count_from: str = ""
    """Name of a lookup whose number of records sets the count."""
    unit: str = ""


class Subject(Shape):
    """Someone or something the form is about."""

    kind: Code
    title: str
    repeat: Repeat | None = None
    when: Condition | None = None
    """Its section is shown only then."""
    basis: str = ""
    """Why records under this person's id number may be looked up although somebody else files: the law, or what the
    office must verify. Without one, such look-ups wait until the person has confirmed. Company records need none."""


class Decision(Shape):
    """Data that answers a situation in the citizen's place."""

    when: Condition
    answer: str | tuple[str, ...]


class Situation(Shape):
    """A question whose answer selects items and materials."""

    code: Code
    question: str
    help: str = ""
    why: str = ""
    type: Literal["single", "multi"] = "single"
    options: tuple[Option, ...]
    ask_when: Condition | None = None
    decided_by: tuple[Decision, ...] = ()
    default: str | tuple[str, ...] | None = None


class Lookup(Shape):
    """A question to a shared-data source: keyed by form values, giving form values and facts for rules.

    ``each`` spreads the records over a repeated subject, one record each.
    """

    code: Code
    source: Code
    by: dict[Code, str]
    """Key attribute of the source to path, such as ``id_number: mother.id_number``."""
    gives: dict[str, Code] = Field(default_factory=dict)
    """Path to attribute, such as ``father.name: spouse_name``."""
    facts: tuple[Code, ...] = ()
    """Attributes kept for conditions and rules only."""
    each: Code | None = None
    when: Condition | None = None


class Derivation(Shape):
    """A value computed from others by a function of ``forms/filling/derive.py`` (``copy`` takes ``value``)."""

    path: str
    by: Code = "copy"
    using: dict[str, Any] = Field(default_factory=dict)
    when: Condition | None = None
    edit: Edit = "free"


class BoundItem(Shape):
    """An item in a one-thing: who plays its roles, when it applies, and what this bundle narrows."""

    item: Code
    roles: dict[Code, Code]
    when: Condition | None = None
    needs_when: dict[str, Condition] = Field(default_factory=dict)
    """Path to a further condition on a need of this item."""
    materials_when: dict[Code, Condition] = Field(default_factory=dict)
    each: Code | None = None
    """A leg for each of this repeated subject, such as one card a baby."""


class FieldNote(Shape):
    """Wording and order of one field in this one-thing."""

    path: str
    title: str = ""
    ask: str = ""
    """The question in chat: 「宝宝叫什么名字？」."""
    help: str = ""
    why: str = ""
    unknown: str = ""
    """What happens here when the citizen does not know it now; with it they may go on without."""
    options: tuple[str, ...] = ()
    """The option values that make sense here; empty for all."""
    optional: bool = False


Level = Literal["block", "warn", "manual", "gate"]


class Rule(Shape):
    """A pre-review rule: a check of ``forms/checks.py`` that must hold, and plain words for when it does not."""

    code: Code
    level: Level
    check: Code = "condition"
    using: dict[str, Any] = Field(default_factory=dict)
    when: Condition | None = None
    says: str
    about: str
    """Path of a field, or ``material:code``, or ``situation:code`` that the finding points at."""
    gates: Code | None = None
    """For level ``gate``: the item that is held."""
    basis: str = ""


class Confirmation(Shape):
    """Somebody else who must confirm a text on their own phone, with their own login."""

    code: Code
    subject: Code
    """Who: a person of this form, each of them when there are several. Whoever fills the form in is never asked."""
    says: str
    """What they put their name to, as they would say it: 「我同意孩子的户口落在我的户口本上。」."""
    title: str = ""
    """Who they are to the citizen: 「户主」; the subject's title when left out."""
    when: Condition | None = None
    holds: Code = "submission"
    """What waits for it: ``submission``, or the code of the one item whose leg waits."""
    instead: Code | None = None
    """A material that stands for it: a signed letter, for a person without a phone."""
    shows: tuple[str, ...] = ()
    """Paths of what they see below the text; when left out, all that the form says about them. Sensitive values are
    masked."""
    name: Code = "name"
    """The element of the subject that holds their name."""
    id_number: Code = "id_number"
    """The element of the subject that holds their id number."""


class ApplicantRule(Shape):
    """Which subject the signed-in person is."""

    subject: Code
    when: Condition | None = None


class Faq(Shape):
    """A question people ask, with its answer."""

    q: str
    a: str


class Definition(Shape):
    """``forms/definitions/<code>.yaml``: one one-thing."""

    code: Code
    title: str
    subjects: dict[Code, Subject]
    applicant: tuple[ApplicantRule, ...]
    situations: tuple[Situation, ...]
    items: tuple[BoundItem, ...]
    lookups: tuple[Lookup, ...] = ()
    derive: tuple[Derivation, ...] = ()
    fields: tuple[FieldNote, ...] = ()
    rules: tuple[Rule, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    limit: Limit
    """What the bundle as a whole promises."""
    purpose: str
    """The purpose named in the consent: 「为您办理新生儿出生一件事」."""
    pledge: str
    """What the citizen signs."""
    confidence: Literal["high", "medium", "low"] = "medium"
    source: str = ""
