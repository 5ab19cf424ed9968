"""The tables of cases. What could name a person is sealed, what is searched is not personal and stands in the clear.

Comments of columns go into the migrations, which cut SQL at semicolons: there is none in them.
"""

from cases.models.case import Case, Leg
from cases.models.exchange import Outbox, SeenEvent
from cases.models.history import CaseEvent, Pause
from cases.models.people import Correction, Rating, Task

__all__ = ["Case", "CaseEvent", "Correction", "Leg", "Outbox", "Pause", "Rating", "SeenEvent", "Task"]
