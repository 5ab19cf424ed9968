"""Finding what can fill a field or answer a question: values, and who they belong to."""

from nlu.entities.finding import find_entities
from nlu.entities.found import Found, Kind

__all__ = ["Found", "Kind", "find_entities"]
