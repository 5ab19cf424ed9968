"""Who a case can be given to."""

from __future__ import annotations

from cases.models import Case
from cases.review.views import StaffView
from console.accounts import staff_of
from console.models import Account


async def colleagues_for(case: Case, view: StaffView) -> list[Account]:
    """Reviewers who are at work and whose department and region cover the case."""
    departments = [leg.department for leg in view.case.legs]
    reviewers = await Account.filter(active=True, role="reviewer").order_by("name")
    return [account for account in reviewers if staff_of(account).covers(case.region, departments)]
