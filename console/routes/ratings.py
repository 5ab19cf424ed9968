"""What citizens thought of it."""

from __future__ import annotations

from aiohttp import web
from tortoise.functions import Count

from cases.models import Rating, Task
from console.asking import Asking, page
from console.queueing import narrowed

routes = web.RouteTableDef()
PER_PAGE = 30
LOW = 2


@routes.get("/ratings")
@page("work")
async def ratings(ask: Asking) -> web.Response:
    """Ratings of this person's department and region, the latest first; words are masked."""
    staff = narrowed(ask.staff, "")
    rows = Rating.filter(case__region__startswith=staff.region_prefix)
    if staff.department and staff.role == "reviewer":
        rows = rows.filter(case__legs__department=staff.department).distinct()
    low = ask.query("low") == "1"
    asked = rows.filter(stars__lte=LOW) if low else rows
    found = await asked.order_by("-at").limit(PER_PAGE).prefetch_related("case")
    counted = await rows.annotate(how_many=Count("id", distinct=True)).group_by("stars").values("stars", "how_many")
    counts = {row["stars"]: row["how_many"] for row in counted}
    open_tasks = await Task.filter(
        kind="rectification", state__in=["open", "claimed"], case_id__in=[rating.case.id for rating in found]
    )
    return ask.show(
        "ratings.html", ratings=found, counts=counts, total=sum(counts.values()), low=low,
        tasks={task.case_id: task for task in open_tasks},
    )
