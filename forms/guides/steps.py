"""The steps of a guide: what the citizen does, then what each department does, in the order results allow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from forms.content.item_schema import Item
from forms.guides.papers import SPARED
from forms.guides.services import GuideMaterial
from forms.wording import words

if TYPE_CHECKING:
    from forms.guides.making import Sketch


def steps(sketch: Sketch, materials: tuple[GuideMaterial, ...]) -> tuple[str, ...]:
    """From signing in to the results, as sentences."""
    sources = dict.fromkeys(sketch.bank.titles.get(one.source, one.source) for one in sketch.plan.lookups.values())
    spared = sum(bool(one.made_by) or any(way.way in SPARED for way in one.ways) for one in materials)
    found = [words("guide_step_login", sources=words("join").join(sources)) if sources else words("guide_step_begin")]
    found.append(words("guide_step_answer"))
    if materials:
        found.append(words("guide_step_materials", count=len(materials), spared=spared))
    found.append(words("guide_step_sign"))
    waves = enumerate(_waves(list(sketch.items.values())))
    found += [_wave(wave, "guide_step_wave_next" if number else "guide_step_wave") for number, wave in waves]
    found.append(words("guide_step_end"))
    return tuple(found)


def _waves(items: list[Item]) -> Iterator[list[Item]]:
    """Items that can go on side by side; each wave waits for results of those before it."""
    done: set[str] = set()
    issued = {result.title for item in items for result in item.results}
    while items:
        ready = [item for item in items if all(w.result in done or w.result not in issued for w in item.waits_for)]
        wave = ready or items  # content is checked for circles; should one be here, all that is left goes together
        yield wave
        done.update(result.title for item in wave for result in item.results)
        items = [item for item in items if item not in wave]


def _wave(wave: list[Item], says: str) -> str:
    titles = words("join").join(words("guide_quote", what=item.title) for item in wave)
    days = max(item.limit.promised for item in wave)
    ready = words("guide_step_days", days=days) if days else words("guide_at_once")
    return words(says if len(wave) > 1 else f"{says}_one", items=titles, ready=ready)
