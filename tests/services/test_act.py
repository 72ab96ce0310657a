"""Every fact leaves a line in the timeline, and the stage follows."""

from datetime import date, datetime

from mediation_desk.domain.case import EventKind
from mediation_desk.services.act import note
from tests.desk import NOW, TODAY, Desk


def test_an_act_is_of_a_day(desk: Desk) -> None:
    desk.now = datetime(2026, 11, 23, 23, 59)
    assert desk.act.today == date(2026, 11, 23)


def test_a_note_tells_what_when_and_who_and_lets_the_stage_follow(desk: Desk) -> None:
    case = desk.case(desk.accepted())
    case.stage, case.decisions = "", []
    note(case, desk.act, EventKind.PRINTED, TODAY, "人民调解申请书 1份")
    line = case.events[-1]
    assert (line.kind, line.happened_on, line.text, line.by_id, line.recorded_at) == (
        EventKind.PRINTED,
        TODAY,
        "人民调解申请书 1份",
        1,
        NOW,
    )
    assert case.stage == "triaged"
