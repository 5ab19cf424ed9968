"""The whole way through the demo province, in one process: every department works, corrects, issues."""

from __future__ import annotations

import inspect
from dataclasses import replace
from pathlib import Path

import pytest

from cases.models import Case
from cases.service import CaseService
