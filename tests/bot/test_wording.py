"""Every sentence that the code asks for exists; none shouts."""

import re
from pathlib import Path

import pytest

from bot.wording.wording import MissingWording, wording
from cases.wording_keys import KEYS
from core import errors

SAY = wording()
ROOT = Path(__file__).parents[2] / "bot"


def test_every_sentence_named_in_the_code_exists():
    calls = re.compile(r'(?:say|wording)(?:\.first|\.words)?\(\s*((?:"[a-z_.0-9]+"[,)\s]*)+)')
    missing = []
    for path in ROOT.rglob("*.py"):
        for match in calls.finditer(path.read_text("utf-8")):
            keys = re.findall(r'"([a-z_]+\.[a-z_.0-9]+)"', match[1])
            missing += [f"{path.name}: {key}" for key in keys if not SAY.has(key) and not SAY.has_list(key)]
    assert missing == []


def test_every_key_that_cases_speak_in_exists():
    assert [key for key in KEYS if not SAY.has(key)] == []


def test_every_error_has_its_sentence():
    kinds = [errors.CitizenError, *errors.CitizenError.__subclasses__(), errors.OutsideError,
             *errors.OutsideError.__subclasses__()]
    ours = [kind for kind in kinds if not kind.__module__.startswith("console.")]  # the console has words of its own
    assert [kind.wording for kind in ours if not SAY.has(kind.wording)] == []


def test_every_reason_of_an_answer_that_does_not_fit_has_its_sentence():
    reasons = set()
    for path in (ROOT.parent / "forms").rglob("*.py"):
        text = path.read_text("utf-8")
        reasons |= set(re.findall(r'(?:Wrong|InvalidAnswer)\((?:[^()]*?, )?"([a-z_]+)"', text))
    assert len(reasons) > 5
    assert {reason for reason in reasons if not SAY.has(f"invalid.{reason}")} == set()


def test_sentences_are_calm():
    loud = [key for key in sorted(SAY.keys()) if re.search("[!！\U0001f300-\U0001faff你]", SAY._sentences[key])]
    assert loud == []


def test_a_missing_sentence_or_blank_is_loud():
    with pytest.raises(MissingWording):
        SAY("nothing.here")
    with pytest.raises(MissingWording):
        SAY("submitted.done")
