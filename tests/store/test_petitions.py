"""Petition items across cases: which nobody finished, and which case has a number already."""

from datetime import date, timedelta

from mediation_desk.domain.case_clocks import clocks_of
from mediation_desk.domain.day_count import Stop
from mediation_desk.domain.petition import PetitionStep, PetitionStepKind
from mediation_desk.domain.petition_clocks import Handling, petition_clocks
from mediation_desk.domain.time_facts import ClockKind, ClockStop, Extension
from mediation_desk.services.afterwards import close_case
from mediation_desk.services.petitions import PetitionItem, record_petition, record_petition_step
from mediation_desk.services.triage import decline, triage
from mediation_desk.store.records import Records
from tests.desk import NOW, TODAY, YESTERDAY, Desk


def a_petition(desk: Desk, *, clear: bool = True, number: str = "") -> int:
    case_id = desk.registered()
    item = PetitionItem(kind="redress_claim", received_on=YESTERDAY, contact_clear=clear, number=number)
    desk.do(record_petition, case_id, item)
    return case_id


def add_step(desk: Desk, case_id: int, kind: PetitionStepKind) -> None:
    def add(records: Records) -> None:
        case = records.cases.get(case_id)
        assert case.petition is not None
        case.petition.steps.append(PetitionStep(kind=kind, happened_on=TODAY, by_id=1, recorded_at=NOW))

    desk.write(add)


def unfinished(desk: Desk, since: date = TODAY) -> list[int]:
    return [each.case_id for each in desk.look(lambda records, _: records.petitions.unfinished(since))]


def test_an_item_is_told_until_it_is_finished_and_again_when_it_came_back(desk: Desk) -> None:
    offered, told, finished, again, closed = (a_petition(desk) for _ in range(5))
    desk.do(record_petition_step, offered, PetitionStepKind.OFFERED)
    desk.do(record_petition_step, told, PetitionStepKind.NOTICE, text="受理告知书")
    desk.do(record_petition_step, finished, PetitionStepKind.FINISHED, text="当场答复")
    for kind in (PetitionStepKind.NOTICE, PetitionStepKind.FINISHED, PetitionStepKind.RETURNED):
        add_step(desk, again, kind)
    desk.do(close_case, closed, despite_reason="当事人撤回")
    assert unfinished(desk) == [offered, told, again]


def test_its_facts_are_those_its_time_limits_follow_from(desk: Desk) -> None:
    """The clock of the list is that of the whole case."""
    case_id = a_petition(desk)
    desk.do(triage, case_id, path="P6")
    for kind in (PetitionStepKind.NOTICE, PetitionStepKind.FINISHED, PetitionStepKind.RETURNED):
        add_step(desk, case_id, kind)

    def lengthen(records: Records) -> None:
        case = records.cases.get(case_id)
        case.extensions += [
            Extension(
                clock=ClockKind.PETITION,
                days=days,
                approved_on=TODAY,
                approved_by="主任",
                reason="复杂",
                by_id=1,
                recorded_at=recorded_at,
            )
            for days, recorded_at in ((7, NOW - timedelta(days=9)), (30, NOW))
        ]
        stop = ClockStop(
            clock=ClockKind.PETITION, reason_code="appraisal", since=TODAY, until=TODAY, by_id=1, recorded_at=NOW
        )
        case.clock_stops.append(stop)

    desk.write(lengthen)
    [item] = desk.look(lambda records, _: records.petitions.unfinished(TODAY))
    assert (item.facts.path, item.facts.handling) == ("P6", Handling(TODAY, NOW, None))
    assert (item.stops, item.further) == ([(TODAY, TODAY)], 30)
    [whole] = [each for each in clocks_of(desk.case(case_id), desk.rules) if each.kind is ClockKind.PETITION]
    stops = tuple(Stop(since=since, until=until, reason="") for since, until in item.stops)
    listed = petition_clocks(desk.rules, item.facts, stops=stops, further=item.further)
    assert [each.ends_on for each in listed if each.kind is ClockKind.PETITION] == [whole.ends_on]


def test_of_what_left_the_desk_long_ago_nobody_is_reminded(desk: Desk) -> None:
    case_id = a_petition(desk)
    desk.do(decline, case_id, reason_code="not_civil")
    assert unfinished(desk, YESTERDAY) == [case_id]
    assert unfinished(desk, TODAY) == []


def test_a_number_belongs_to_one_case(desk: Desk) -> None:
    case_id = a_petition(desk, number="XF1")
    with desk.database.reading() as records:
        assert records.petitions.other_case("XF1", case_id) is None
        assert records.petitions.other_case("XF1", case_id + 1) == case_id
        assert records.petitions.other_case("XF2", case_id + 1) is None
