"""One-things: who else must confirm, and whether they can be told apart, asked and understood."""

from __future__ import annotations

from collections.abc import Iterator

from forms.content.schema import Confirmation, Definition
from forms.lint.scope import Scope, bound_items, near, played
from forms.lint.tree import Place, Problem

SUBMISSION = "submission"
SHORTEST = 10
"""Characters of a text somebody puts their name to."""
BY_HAND = ("upload", "window")
"""Ways in which a paper can stand for a confirmation: a promise of the citizen's own cannot."""


def confirmations(scope: Scope, definition: Definition, at: Place) -> Iterator[Problem]:
    """Mistakes in the confirmations of a one-thing."""
    seen: set[str] = set()
    for number, wanted in enumerate(definition.confirmations):
        place = at.under("confirmations", number)
        if wanted.code in seen:
            yield place.under("code").problem(f"the confirmation `{wanted.code}` stands twice", "give it another code")
        if any(rule.code == wanted.code for rule in definition.rules):
            yield place.under("code").problem(f"`{wanted.code}` is the code of a rule as well", "give it another code")
        seen.add(wanted.code)
        yield from _who(scope, definition, wanted, place)
        yield from _text(wanted, place)
        yield from _shows(scope, definition, wanted, place)
        yield from _holds(definition, wanted, place)
        yield from _instead(scope, wanted, place)


def _who(scope: Scope, definition: Definition, wanted: Confirmation, at: Place) -> Iterator[Problem]:
    if wanted.subject not in scope.kinds:
        yield at.under("subject").problem(f"there is no subject `{wanted.subject}` to confirm",
                                          near(wanted.subject, scope.kinds))
        return
    if [(rule.subject, rule.when) for rule in definition.applicant] == [(wanted.subject, None)]:
        yield at.under("subject").problem(f"`{wanted.subject}` is always whoever fills the form in, and signs it",
                                          "name somebody else, or take the confirmation out")
    needed = needs(scope, definition)
    for word in (wanted.name, wanted.id_number):
        path = f"{wanted.subject}.{word}"
        if path not in needed:
            yield at.problem(f"no item here needs `{path}`, so nobody could tell who has to confirm",
                             "add it to the `needs` of an item, or name the elements that hold name and id number "
                             "with `name` and `id_number`")


def closed(scope: Scope, definition: Definition, at: Place) -> Iterator[Problem]:
    """Look-ups about a person who never files, never confirms, and for whom no basis is stated: nobody ever makes
    them."""
    askable = {rule.subject for rule in definition.applicant} | {told.subject for told in definition.confirmations}
    askable |= {code for code, subject in definition.subjects.items() if subject.basis}
    for number, lookup in enumerate(definition.lookups):
        for key, path in lookup.by.items():
            subject, _, element = path.partition(".")
            if element == "id_number" and subject in scope.kinds and subject not in askable:
                yield at.under("lookups", number, "by", key).problem(
                    f"`{subject}` never files and never confirms, so nobody may look this up under their id number",
                    f"add a confirmation by `{subject}`, or state the law in `basis` of the subject")


def _text(wanted: Confirmation, at: Place) -> Iterator[Problem]:
    if len(wanted.says.strip()) < SHORTEST:
        yield at.under("says").problem(f"the text of `{wanted.code}` is too short to be confirmed",
                                       "write the whole sentence that they put their name to")
    if "{" in wanted.says:
        yield at.under("says").problem(f"the text of `{wanted.code}` has a blank in it",
                                       "write it without; they see the values about themselves below the text")


def _shows(scope: Scope, definition: Definition, wanted: Confirmation, at: Place) -> Iterator[Problem]:
    needed = needs(scope, definition)
    for number, path in enumerate(wanted.shows):
        place, wrong = at.under("shows", number), scope.bad_path(at.under("shows", number), path)
        yield from wrong
        if not wrong and path not in needed:
            yield place.problem(f"no item here needs `{path}`, so it is never filled", near(path, needed))


def needs(scope: Scope, definition: Definition) -> set[str]:
    """Unindexed paths that items of a one-thing need."""
    items = bound_items(scope.tree, definition)
    return {played(bound, need.element) for _, bound, item in items for need in item.thing.needs}


def _holds(definition: Definition, wanted: Confirmation, at: Place) -> Iterator[Problem]:
    bound = {item.item for item in definition.items}
    if wanted.holds != SUBMISSION and wanted.holds not in bound:
        yield at.under("holds").problem(f"the confirmation `{wanted.code}` holds back `{wanted.holds}`, which is no "
                                        "item here", near(wanted.holds, {SUBMISSION, *bound}))


def _instead(scope: Scope, wanted: Confirmation, at: Place) -> Iterator[Problem]:
    if wanted.instead is None:
        return
    held = scope.tree.materials.get(wanted.instead)
    if held is None:
        yield at.under("instead").problem(f"there is no material `{wanted.instead}`",
                                          near(wanted.instead, scope.tree.materials))
    elif not any(way.way in BY_HAND for way in held.thing.ways):
        yield at.under("instead").problem(f"`{wanted.instead}` can be neither uploaded nor brought, so it cannot stand "
                                          "for what somebody else says", "give it a way `upload` or `window`")
