"""Contradictions that published guides are known for, looked for in our own content by name."""

from forms.traps.accepting import Judged, accepted, judged
from forms.traps.matter import Matter, Spoken
from forms.traps.report import Report, report

__all__ = ["Judged", "Matter", "Report", "Spoken", "accepted", "judged", "report"]
