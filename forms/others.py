"""Others who confirm for themselves: who they are, how that stands, and what their word opens."""

from __future__ import annotations

from core import clock
from forms import confirming, lookups
from forms.asking import PlannedLookup
from forms.draft import Confirmed, Draft
from forms.merged import Confirmer
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
        if who is None or draft.consent is None or not draft.consent.given:
            return ()
        given = confirming.decided(who, "confirmed", id_="", at=clock.now(), level=0)
        before = {planned.code for planned in self.lookups(draft)}
        after = self.lookups(self.confirmed(draft, key, given))
        sources = dict.fromkeys(planned.source for planned in after if planned.code not in before)
        return tuple(self.bank.titles.get(code, code) for code in sources)

    def lookups(self, draft: Draft) -> tuple[PlannedLookup, ...]:
        """What can be asked of sources now and was not asked yet."""
        plan, scene = self.plan(draft.one_thing, draft.region), self.scene(draft)
        return self.once(draft, "lookups", lambda: lookups.plannable(plan, draft, scene, self.merge(draft)))
