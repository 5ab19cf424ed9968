"""The report: each trap by name, what it means here, and where it was found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from forms.bank import Bank
from forms.lint.tree import Problem
from forms.traps import choices, flows, keys, promises, words
from forms.traps.matter import Found, Matter


@dataclass(frozen=True)
class Trap:
    """One contradiction that published guides are known for. ``here`` says what it would mean in our content."""

    code: str
    title: str
    here: str
    look: Callable[[Matter], Found]


TRAPS: tuple[Trap, ...] = (
    Trap("promise_shorter_than_chain", "The whole promises less than its parts take",
         "the limit of a one-thing against its longest possible chain of items, in every region; also a limit far "
         "above it, and an item that promises more than the law allows", promises.shorter_than_the_chain),
    Trap("waiting_outside_promise", "Statutory waiting stands outside the promise",
         "a notice, announcement or objection period in an item's note that is longer than its promised days",
         promises.waiting_outside),
    Trap("counts_differ_from_lists", "Counts differ from the lists",
         "numbers of items, departments or materials in catalogue texts, and departments named there, against the "
         "items", words.counts_and_lists),
    Trap("no_improvement", "Nothing improves",
         "a one-thing of a single item, or whose items have no datum in common", promises.no_improvement),
    Trap("alternatives_flat", "Alternatives stand side by side, all required",
         "two items with the same result, or two kinds of one item, that may apply at once",
         choices.alternatives_side_by_side),
    Trap("conditional_but_mandatory", "What is conditional is marked mandatory",
         "a paper whose own words name a condition, demanded from everybody by hand; or a bundle without any required "
         "paper", choices.conditional_but_demanded),
    Trap("condition_against_material", "A condition rules out a material",
         "a paper demanded only where a blocking rule lets nobody through; items and papers no answer leads to",
         lambda matter: _both(choices.rules_that_forbid(matter), matter.known("is never demanded", "no answer leads"))),
    Trap("product_as_input", "A product of the bundle is demanded as an input",
         "a paper or datum that one item issues and another demands without waiting for it", flows.products_as_inputs),
    Trap("repeat_and_cycle", "Repeats and cycles are not told",
         "results for each of several people in one go, yearly duties nobody tells of, papers owed for months; items "
         "that wait for one another in a circle",
         lambda matter: _both(flows.repeats(matter), matter.known("in a circle"))),
    Trap("across_matters", "One matter leans on another, or contradicts it",
         "related one-things that are not there; one service defined twice, with other limits", flows.other_matters),
    Trap("duplicated_keys", "Keys are not unique",
         "codes, titles of materials and elements, FAQ questions and aliases that stand twice", keys.doubled_keys),
    Trap("exemption_unreliable", "The way of giving a paper contradicts its words",
         "a way that is never tried because one by hand stands before it; a format that promises a way which is not "
         "there", keys.ways_that_contradict),
    Trap("roles_missing", "Roles are missing",
         "one subject that plays two people of the same item", flows.roles_missing),
    Trap("items_and_reality", "The list of items is not the list of services",
         "items that nobody bundles or that lead to nothing, papers no item asks for", flows.lists_and_reality),
    Trap("dirty_values", "Dirty values",
         "placeholders, gaps inside words, windows called 「1」, in every content file", keys.dirty_values),
    Trap("visits_disagree", "Visits are told in several places that disagree",
         "`visits` of an item against its notes, its materials and the catalogue's texts",
         words.visits_in_several_places),
    Trap("aging_words", "Answers carry amounts and years that age",
         "years that are over and sums of money in catalogue texts", words.aging_words),
)


@dataclass(frozen=True)
class Report:
    """What was found. ``regions`` has, for each one-thing, (region, items, days promised, longest chain in days)."""

    found: tuple[tuple[Trap, tuple[Problem, ...]], ...]
    regions: dict[str, tuple[tuple[str, int, int, int], ...]]
    mistakes: tuple[Problem, ...]
    """What the content check itself refuses."""
    unconfirmed: dict[str, tuple[str, ...]]
    """What is of low confidence, to be confirmed by a person: ``one_things``, ``items``, ``values`` that hold
    everywhere, and by region what holds there alone."""

    def as_data(self) -> dict[str, Any]:
        """For the JSON file."""
        mistakes = set(self.mistakes)
        return {
            "mistakes": [str(problem) for problem in self.mistakes],
            "traps": [
                {"number": number, "code": trap.code, "title": trap.title, "here": trap.here, "clean": not problems,
                 "found": [{"file": one.file, "line": one.line, "wrong": one.wrong, "write": one.write,
                            "mistake": one in mistakes} for one in problems]}
                for number, (trap, problems) in enumerate(self.found, 1)
            ],
            "regions": {code: [
                {"region": region, "items": items, "promised": promised, "longest": days}
                for region, items, promised, days in rows] for code, rows in self.regions.items()},
            "unconfirmed": self.unconfirmed,
        }


def report(matter: Matter) -> Report:
    """Look for every trap."""
    found = tuple((trap, tuple(sorted(set(trap.look(matter))))) for trap in TRAPS)
    regions = {
        code: tuple((region, len(matter.offered(code, region)), matter.definition(code, region).limit.promised,
                     matter.chain(code, region)[0]) for region in sorted(matter.bank.regions))
        for code in matter.bundles
    }
    return Report(found, regions, tuple(sorted(matter.problems)), _unconfirmed(matter.bank))


def _unconfirmed(bank: Bank) -> dict[str, tuple[str, ...]]:
    values = {
        region or "values": tuple(name for name, how in layer.confidence.items() if how == "low")
        for region, layer in sorted(bank.regions.items())
    }
    guessed = {
        "one_things": tuple(code for code, one in sorted(bank.definitions.items()) if one.confidence == "low"),
        "items": tuple(code for code, one in sorted(bank.items.items()) if one.confidence == "low"), **values,
    }
    return {name: codes for name, codes in guessed.items() if codes}


def _both(first: Found, second: Found) -> Found:
    yield from first
    yield from second
