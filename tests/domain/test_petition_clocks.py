"""The time limits of a petition item."""

from datetime import date

import pytest

from mediation_desk.domain.petition import PetitionStepKind
from mediation_desk.domain.petition_clocks import facts_of, latest_mediation_day, petition_clocks
from mediation_desk.domain.procedure_clock import Clock
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.time_facts import ClockKind
from tests.domain.casework import petition

RECEIVED, NOTICED = date(2026, 4, 20), date(2026, 4, 27)
NOTICE, FINISHED = PetitionStepKind.NOTICE, PetitionStepKind.FINISHED


def clocks(rules: Rules, *steps: tuple[PetitionStepKind, date], path: str = "", **facts: object) -> dict[str, Clock]:
    found = petition_clocks(rules, facts_of(petition(RECEIVED, *steps, **facts), path))
    return {clock.kind: clock for clock in found}


def test_the_sender_is_told_within_fifteen_days_even_where_a_holiday_stands_at_their_end(rules: Rules) -> None:
    """Worked example of the rules: early is always safe, so the office's own duty does not move to after 5 May."""
    clock = clocks(rules)[ClockKind.PETITION_NOTICE]
    assert (clock.started_on, clock.ends_on) == (RECEIVED, date(2026, 5, 5))
    assert clock.is_late(date(2026, 5, 6))


def test_the_first_notice_ends_it_and_begins_the_sixty_days(rules: Rules) -> None:
    found = clocks(rules, (PetitionStepKind.OFFERED, RECEIVED), (NOTICE, NOTICED), (NOTICE, date(2026, 6, 1)))
    assert found[ClockKind.PETITION_NOTICE].met_on == NOTICED
    assert (found[ClockKind.PETITION].started_on, found[ClockKind.PETITION].ends_on) == (NOTICED, date(2026, 6, 26))


def test_sixty_days_end_in_the_spring_festival_without_moving(rules: Rules) -> None:
    """Worked example of the rules."""
    found = petition_clocks(rules, facts_of(petition(date(2025, 12, 10), (NOTICE, date(2025, 12, 17))), ""))
    assert found[-1].ends_on == date(2026, 2, 15)


def test_nobody_is_told_whose_name_or_address_is_unclear(rules: Rules) -> None:
    assert clocks(rules, contact_clear=False) == {}


@pytest.mark.parametrize("step", [PetitionStepKind.OPINION, FINISHED])
def test_an_answer_in_writing_tells_the_sender_too(rules: Rules, step: PetitionStepKind) -> None:
    found = clocks(rules, (step, date(2026, 4, 22)))
    assert found[ClockKind.PETITION_NOTICE].met_on == date(2026, 4, 22)
    assert ClockKind.PETITION not in found


@pytest.mark.parametrize("kind", ["suggestion", "accusation", "a kind of another release"])
def test_only_a_claim_for_redress_has_to_be_finished_in_sixty_days(rules: Rules, kind: str) -> None:
    assert list(clocks(rules, (NOTICE, NOTICED), kind=kind)) == [ClockKind.PETITION_NOTICE]


@pytest.mark.parametrize(
    ("path", "runs"), [("", True), ("P6", True), ("M1", True), ("P1", False), ("P4a", False), ("N1", False)]
)
def test_other_lawful_ways_have_time_limits_of_their_own(rules: Rules, path: str, runs: bool) -> None:
    """信访工作条例 art. 31 no. 6, art. 34."""
    assert (ClockKind.PETITION in clocks(rules, (NOTICE, NOTICED), path=path)) is runs


def test_finishing_ends_it(rules: Rules) -> None:
    clock = clocks(rules, (NOTICE, NOTICED), (FINISHED, date(2026, 6, 26)))[ClockKind.PETITION]
    assert (clock.met_on, clock.met_by, clock.is_late(date(2027, 1, 1))) == (date(2026, 6, 26), "办结", False)
    late = clocks(rules, (NOTICE, NOTICED), (FINISHED, date(2026, 6, 27)))[ClockKind.PETITION]
    assert late.is_late(date(2026, 6, 27))


def test_a_finished_item_that_comes_back_has_its_sixty_days_anew(rules: Rules) -> None:
    back = (PetitionStepKind.RETURNED, date(2026, 9, 1))
    clock = clocks(rules, (NOTICE, NOTICED), (FINISHED, date(2026, 6, 26)), back)[ClockKind.PETITION]
    assert (clock.started_on, clock.ends_on, clock.is_running) == (date(2026, 9, 1), date(2026, 10, 31), True)


def test_an_item_that_comes_back_from_mediation_goes_on(rules: Rules) -> None:
    taken_up, back = (PetitionStepKind.TAKEN_UP, date(2026, 5, 6)), (PetitionStepKind.RETURNED, date(2026, 5, 20))
    assert clocks(rules, (NOTICE, NOTICED), taken_up, back)[ClockKind.PETITION].started_on == NOTICED


def test_mediation_has_to_end_five_working_days_before(rules: Rules) -> None:
    clock = clocks(rules, (NOTICE, NOTICED))[ClockKind.PETITION]
    assert latest_mediation_day(rules, clock) == date(2026, 6, 18)  # 26 June is a Friday; 19 to 21 are off
