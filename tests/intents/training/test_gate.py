"""The gate: what it refuses, what it only remarks, what it lets through."""

from __future__ import annotations

import pytest

from intents.training.evaluation import Report, measured
from intents.training.gate import findings, server_findings
from intents.training.lead import Step, lead_over
from intents.training.measures import AUTOMATIC, Evaluation, Finding, InForce, Limits
from intents.training.reading import OUTSIDE, Answer

LIMITS = Limits(golden_drop=0.01, recall_drop=0.2, outside_rise=0.05, golden_erosion=0.02, golden_changed=0.01)


def report(right: int, wrong: int = 0, accepted: int = 0, intent: str = "a") -> Report:
    """So many sentences of one intent read rightly and wrongly, and ten of none of ours, some of them accepted."""
    answers = [Answer(text="x", truth=intent, best=intent, three=(), score=0.9, band="act")] * right
    answers += [Answer(text="x", truth=intent, best="z", three=(), score=0.9, band="act")] * wrong
    for number in range(10):
        taken = number < accepted
        answers.append(Answer(text="x", truth=OUTSIDE, best=intent, three=(), score=0.95 if taken else 0.1,
                              band="act" if taken else "out_of_scope"))
    found = measured(answers)
    assert found is not None
    return found


def kinds(mine: Evaluation | None, base: int = 1, folds: Report | None = None, golden: str = "g") -> list[str]:
    return [one.kind for one in findings(mine, InForce(base, Evaluation(folds=folds)), golden, LIMITS)]


def test_what_is_as_good_passes() -> None:
    same = report(20)
    mine = Evaluation(folds=same, golden=same, golden_before=same, golden_digest="g", against=1)
    assert kinds(mine, folds=same) == []


def test_never_evaluated_and_outdated() -> None:
    good = report(20)
    assert kinds(None) == ["not_evaluated"]
    assert kinds(Evaluation(folds=good, golden=good, golden_digest="old", against=1)) == ["outdated"]
    assert kinds(Evaluation(folds=good, golden=good, golden_digest="g", against=7)) == ["outdated"]


@pytest.mark.parametrize(("after", "found"), [
    (report(100), []), (report(99, 1), []), (report(97, 3), ["golden_down"]),
    (report(70, 30), ["golden_down", "recall_down"]),
])
def test_the_golden_set_may_not_fall(after: Report, found: list[str]) -> None:
    same = report(20)
    mine = Evaluation(folds=same, golden=after, golden_before=report(100), golden_digest="g", against=1)
    assert kinds(mine, folds=same) == found


@pytest.mark.parametrize(("after", "found"), [
    (report(20, accepted=0), []), (report(20, accepted=1), ["outside_up"]), (report(17, 3), []),
    (report(15, 5), ["recall_down"]), (report(3, 1), []), (report(20, intent="b"), ["lost"]),
])
def test_folds_may_not_collapse(after: Report, found: list[str]) -> None:
    golden = report(20)
    mine = Evaluation(folds=after, golden=golden, golden_before=golden, golden_digest="g", against=1)
    assert kinds(mine, folds=report(20)) == found


@pytest.mark.parametrize(("accepted", "found"), [(0, []), (1, ["outside_up"])])
def test_more_of_what_is_none_of_ours_stops_on_the_golden_set_too(accepted: int, found: list[str]) -> None:
    same = report(20)
    golden = report(20, accepted=accepted)
    mine = Evaluation(folds=same, golden=golden, golden_before=same, golden_digest="g", against=1)
    assert [kind for kind in kinds(mine, folds=same) if kind != "golden_down"] == found


def test_what_was_never_measured_is_remarked_and_does_not_stop() -> None:
    found = findings(Evaluation(against=1), InForce(1, Evaluation()), "", LIMITS)
    assert [(one.kind, one.stops) for one in found] == [("no_golden", False), ("no_folds", False)]


def test_leaving_a_measure_out_stops() -> None:
    same = report(20)
    found = findings(Evaluation(against=1), InForce(1, Evaluation(folds=same, golden=same)), "", LIMITS)
    assert [(one.kind, one.stops) for one in found] == [("golden_gone", True), ("folds_gone", True)]


def of_server(mine: Evaluation | None, base_model: str | None = "old") -> list[tuple[str, str]]:
    return [(one.reader, one.kind) for one in server_findings(mine, "new", base_model, LIMITS)]


def test_a_server_is_measured_against_its_own_model_in_force() -> None:
    good, bad = report(100), report(70, 30)
    mine = Evaluation(golden=good, golden_before=good, server=good, server_before=good, server_model="new")
    assert of_server(mine) == []
    assert of_server(mine.model_copy(update={"server": bad})) == [("server", "golden_down"), ("server", "recall_down")]
    assert of_server(mine.model_copy(update={"server_before": bad})) == []
    worse_outside = mine.model_copy(update={"server": report(100, accepted=2)})
    assert ("server", "outside_up") in of_server(worse_outside)
    assert all(one.stops for one in server_findings(worse_outside, "new", "old", LIMITS))


def test_a_server_is_measured_against_the_local_engine_where_that_reads() -> None:
    good, bad = report(100), report(70, 30)
    mine = Evaluation(golden=good, golden_before=good, server=bad, server_model="new")
    assert of_server(mine, base_model="") == [("server", "golden_down"), ("server", "recall_down")]
    assert of_server(mine, base_model=None) == [], "nothing is in force"
    assert of_server(mine.model_copy(update={"golden_before": None}), base_model="") == []


def test_a_server_of_which_too_little_is_known_is_stopped() -> None:
    good = report(100)
    assert of_server(Evaluation(golden=good)) == [("server", "server_unread")]
    assert of_server(Evaluation(golden=good, server=good, server_model="another")) == [("server", "server_unread")]
    assert of_server(Evaluation(golden=good, server=good, server_model="new")) == [("server", "server_alone")]
    assert of_server(Evaluation()) == of_server(None) == [], "there is nothing to measure with, which is said already"


def compared(
    before: Report | None, after: Report, base: InForce, truths: dict[str, str] | None = None
) -> list[Finding]:
    mine = Evaluation(folds=report(20), golden=after, golden_before=before, golden_digest="g", against=base.version,
                      golden_truths=truths or {})
    return findings(mine, base, "g", LIMITS)


def test_the_first_publication_is_compared_with_what_reads_by_itself() -> None:
    assert compared(report(100), report(100), InForce()) == []
    found = compared(report(100), report(90, 10), InForce())
    assert [(one.kind, one.source, one.stops) for one in found] == [("golden_down", "golden", True)]
    assert [one.kind for one in compared(None, report(100), InForce())] == ["not_compared"]
    found = findings(Evaluation(against=AUTOMATIC), InForce(), "", LIMITS)
    assert [(one.kind, one.stops) for one in found] == [("golden_needed", True), ("folds_needed", True)]
    assert kinds(Evaluation(folds=report(20), golden=report(20), golden_digest="g", against=None), 0) == ["outdated"]


@pytest.mark.parametrize(("after", "found"), [
    ({"new": "a"}, []), ({"0": "b"}, [("golden_changed", False)]), ({"0": None}, [("golden_changed", False)]),
    ({"0": None, "1": "b", "2": "c"}, [("golden_touched", True)]),
])
def test_a_golden_set_that_was_made_easier_is_told(after: dict[str, str | None], found: list[tuple[str, bool]]) -> None:
    then = {str(number): "a" for number in range(200)}
    now = {key: truth for key, truth in {**then, **after}.items() if truth is not None}
    base = InForce(1, Evaluation(folds=report(20), golden=report(20), golden_truths=then))
    told = compared(report(20), report(20), base, now)
    assert [(one.kind, one.stops) for one in told] == found
    assert all((one.count, one.whole) == (len(after), 200) for one in told)


def test_easy_sentences_do_not_thin_out_wrong_answers() -> None:
    base = InForce(1, Evaluation(folds=report(20), golden_truths={str(number): "a" for number in range(100)}))
    assert [one.kind for one in compared(report(390), report(387, 3), base)] == ["golden_down"]
    assert compared(report(390), report(389, 1), base) == []


def test_small_falls_one_after_another_are_seen() -> None:
    steps = [Step(1, AUTOMATIC, 0.05), Step(2, 1, -0.009), Step(3, 2, -0.009)]
    assert lead_over(1, steps[:1]) == 0
    lead = lead_over(3, steps)
    assert lead == pytest.approx(0.018)
    assert compared(report(1000), report(999, 1), InForce(3, Evaluation(folds=report(20)), lead)) == []
    found = compared(report(1000), report(995, 5), InForce(3, Evaluation(folds=report(20)), lead))
    assert [(one.kind, one.stops) for one in found] == [("golden_eroded", True)]
    assert lead_over(1, [*steps, Step(4, 1, 0.01)]) == pytest.approx(0.01)  # gone back to the first: what came of it
    assert lead_over(9, steps) == 0


def test_a_finding_says_which_measure_fell() -> None:
    same, worse = report(20), report(10, 10)
    mine = Evaluation(folds=worse, golden=worse, golden_before=same, golden_digest="g", against=1)
    found = findings(mine, InForce(1, Evaluation(folds=same)), "g", LIMITS)
    assert [(one.kind, one.source) for one in found] == [
        ("golden_down", "golden"), ("recall_down", "golden"), ("recall_down", "folds")]
