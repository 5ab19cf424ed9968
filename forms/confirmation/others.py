"""Others who confirm for themselves: who they are, how that stands, and what their word opens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core import clock
from forms import paths
from forms.confirmation import confirming
from forms.confirmation.confirmer import Confirmer
from forms.draft import Confirmed, Draft
from forms.filling import lookups, proofs
from forms.filling.asking import PlannedLookup
from forms.filling.privy import Privy
from forms.reading import Reading


class Others(Reading):
    """All that concerns people other than whoever fills the form in."""

    def confirmations(self, draft: Draft) -> tuple[Confirmer, ...]:
        """Everybody else who has to confirm, what, and how that stands."""
        plan, scene, merge = self.plan(draft.one_thing, draft.region), self.scene(draft), self.merge(draft)
        return self.once(draft, "confirmations", lambda: tuple(confirming.confirmers(plan, scene, merge)))

    def confirmed(self, draft: Draft, key: str, given: Confirmed) -> Draft:
        """The draft with what somebody else decided; look-ups that waited for them are planned now."""
        known = {**draft.confirmations, key: given}
        return self.settled(draft.model_copy(update={"confirmations": known}))

    def opens(self, draft: Draft, key: str) -> tuple[str, ...]:
        """Titles of the sources that will be asked once they confirm; none without consent to look-ups."""
        who = next((one for one in self.confirmations(draft) if one.key == key), None)
        opened = self._opened(draft, who) if who is not None else ()
        sources = dict.fromkeys(planned.source for planned in opened)
        return tuple(self.bank.titles.get(code, code) for code in sources)

    def spares(self, draft: Draft) -> Mapping[str, frozenset[str]]:
        """Confirmation to what need not be asked for, perhaps, once they confirm: paths and ``material:key``.

        Only of those who can be asked already: who they are is known, and all that they are to read.
        """
        return self.once(draft, "spares", lambda: dict(self._spares(draft)))

    def _spares(self, draft: Draft) -> Iterator[tuple[str, frozenset[str]]]:
        ready = [who for who in self.confirmations(draft) if who.state == "open" and who.whole]
        asked = [one for one in self.questions(draft) if one.kind != "situation"] if ready else []
        plan, slots = self.plan(draft.one_thing, draft.region), self.merge(draft).slots
        for who in ready if asked else ():
            opened = self._opened(draft, who)
            given = {path for one in opened for path in one.gives}
            fields = {one.key for one in asked if one.key in given or paths.unindexed(one.key) in given}
            papers = {one.key for one in asked if one.key in slots and proofs.told(plan, slots[one.key], opened)}
            if fields or papers:
                yield who.key, frozenset((*fields, *(f"material:{key}" for key in papers)))

    def _opened(self, draft: Draft, who: Confirmer) -> tuple[PlannedLookup, ...]:
        """Look-ups that can be made once they have confirmed, and not before."""
        if draft.consent is None or not draft.consent.given or not self._looked(draft)[1]:
            return ()
        given = confirming.decided(who, "confirmed", id_="", at=clock.now(), level=0)
        before = {planned.code for planned in self.lookups(draft)}
        after = self.lookups(self.confirmed(draft, who.key, given))
        return tuple(planned for planned in after if planned.code not in before)

    def lookups(self, draft: Draft) -> tuple[PlannedLookup, ...]:
        """What can be asked of sources now and was not asked yet."""
        return self._looked(draft)[0]

    def _looked(self, draft: Draft) -> tuple[tuple[PlannedLookup, ...], bool]:
        """What can be asked now, and whether anything waits for somebody's word."""
        return self.once(draft, "lookups", lambda: self._planned(draft))

    def _planned(self, draft: Draft) -> tuple[tuple[PlannedLookup, ...], bool]:
        plan, scene = self.plan(draft.one_thing, draft.region), self.scene(draft)
        privy = Privy(plan, scene)
        return lookups.plannable(plan, draft, scene, self.merge(draft), privy), privy.held
