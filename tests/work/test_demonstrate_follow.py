"""What follows in the demonstration is there to be seen."""

from __future__ import annotations

from gemba.domain.follow_through import Instrument
from gemba.work.demonstrate_follow import follow
from gemba.work.desk import Desk
from gemba.work.discrepancies import discrepancies, summaries
from gemba.work.places import add_place
from gemba.work.registers import counts
from gemba.work.risks import risks
from gemba.work.survey_scores import SurveyQuestion, scores


def test_the_demonstration_has_something_of_everything(desk: Desk) -> None:
    follow(desk, [add_place(desk, name).uid for name in ("Harbour branch", "Station kiosk")])
    first, *_ = scores(desk, SurveyQuestion(Instrument.NPS, "place")).groups
    assert (first.title, first.best_rank, first.worst_rank) == ("Harbour branch", 1, 1)
    assert summaries(discrepancies(desk))[0].low is not None
    worst = risks(desk)[0]
    assert (worst.priority, worst.is_gap_finding, worst.overdue) == ("H", True, True)
    assert sum(one.due for one in counts(desk)) == 1
