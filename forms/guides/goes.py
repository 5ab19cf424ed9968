"""The places that a guide sends people to: behind each sentence that does, and all of them together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.guides.view import GuideWindow
from forms.guides.whereto import HALL, Whereto, whereto
from forms.wording import words

if TYPE_CHECKING:
    from forms.guides.making import Sketch


def place(sketch: Sketch, office: str, department: str = "") -> Whereto:
    """Where an office is in the region of the guide."""
    return whereto(sketch.bank, sketch.terms.region, office, department)


def goes_to(sketch: Sketch, office: str) -> str:
    """The sentence about a place behind another one that sends there; empty for none."""
    return words("guide_go", where=place(sketch, office).short) if office else ""


def windows(sketch: Sketch) -> tuple[GuideWindow, ...]:
    """Every place that the guide may send to, those with an address first, each once."""
    found = {one.title: one for one in (place(sketch, office) for office in _offices(sketch))}
    return tuple(
        GuideWindow(title=one.title, address=one.address, hours=one.hours, phone=one.phone, find=one.find,
                    source=one.source)
        for one in sorted(found.values(), key=lambda one: not one.known)
    )


def _offices(sketch: Sketch) -> list[str]:
    """The hall, where anything may be handed in, then what visits, papers and answers lead to."""
    visits = (item.office for item in sketch.items.values() if item.visits)
    papers = (way.office for item in sketch.items.values() for need in item.materials
              for way in sketch.bank.materials[need.material].ways if way.way == "window")
    answers = (option.office for one in sketch.plan.definition.situations for option in one.options)
    return [one for one in dict.fromkeys((HALL, *visits, *papers, *answers)) if one]
