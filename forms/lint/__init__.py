"""Content is data, checked by the program that runs it: every mistake with its file, its line and what to write."""

from forms.lint.content import PACKAGED, check_content
from forms.lint.tree import Problem

__all__ = ["PACKAGED", "Problem", "check_content"]
