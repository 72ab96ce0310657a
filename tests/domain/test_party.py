"""Age, capacity and guardians: 民法典 art. 17 to 23."""

from datetime import date

import pytest

from mediation_desk.domain.party import (
    Agent,
    AgentKind,
    Capacity,
    Party,
    PartyKind,
    Side,
    full_years,
    representative_faults,
)

TODAY = date(2026, 11, 23)


def born(day: date | None) -> Party:
    return Party(no=1, side=Side.CLAIMANT, name="王小五", birth_date=day)


def test_the_age_grows_on_the_birthday() -> None:
    party = born(date(2008, 11, 23))
    assert party.age_on(date(2026, 11, 22)) == 17
    assert party.age_on(TODAY) == 18
    assert born(None).age_on(TODAY) is None


def test_who_was_born_on_a_leap_day_is_older_on_the_first_of_march() -> None:
    assert full_years(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert full_years(date(2008, 2, 29), date(2026, 3, 1)) == 18


@pytest.mark.parametrize(
    ("birth_date", "capacity"),
    [
        (date(2008, 11, 23), Capacity.FULL),
        (date(2008, 11, 24), Capacity.LIMITED),
        (date(2018, 11, 23), Capacity.LIMITED),
        (date(2018, 11, 24), Capacity.NONE),
        (None, Capacity.FULL),
    ],
)
def test_capacity_follows_from_age(birth_date: date | None, capacity: Capacity) -> None:
    assert born(birth_date).capacity_on(TODAY) is capacity


def test_who_lives_on_own_work_has_full_capacity_from_16() -> None:
    party = born(date(2010, 11, 23))
    assert party.capacity_on(TODAY) is Capacity.LIMITED
    party.self_supporting = True
    assert party.capacity_on(TODAY) is Capacity.FULL
    assert party.capacity_on(date(2026, 11, 22)) is Capacity.LIMITED


def test_a_capacity_that_was_stated_counts_more_than_age() -> None:
    party = born(date(1990, 1, 1))
    party.capacity = Capacity.LIMITED
    assert party.capacity_on(TODAY) is Capacity.LIMITED


def test_an_organisation_has_full_capacity_however_young() -> None:
    party = born(date(2020, 1, 1))
    party.kind = PartyKind.ORGANISATION
    assert party.capacity_on(TODAY) is Capacity.FULL


def test_only_a_statutory_agent_fills_in_for_a_minor() -> None:
    party = born(date(2018, 12, 31))
    assert party.lacks_guardian(TODAY)
    party.agents.append(Agent(kind=AgentKind.ENTRUSTED, name="孙律"))
    assert party.lacks_guardian(TODAY)
    guardian = Agent(kind=AgentKind.STATUTORY, name="王大五", relation="父亲")
    party.agents.append(guardian)
    assert party.guardians == [guardian]
    assert not party.lacks_guardian(TODAY)


def test_an_adult_needs_no_guardian() -> None:
    assert not born(date(1990, 1, 1)).lacks_guardian(TODAY)


def test_a_side_may_choose_so_many_representatives_and_no_more() -> None:
    crowd = [Party(no=no, side=Side.CLAIMANT, name=f"工人{no}", represents_group=True) for no in range(1, 7)]
    crowd.append(Party(no=7, side=Side.RESPONDENT, name="公司"))
    assert representative_faults(crowd[1:], 5, "representatives") == []
    [fault] = representative_faults(crowd, 5, "representatives")
    assert (fault.sentence, fault.place) == (
        "申请方推选了6名代表人，最多5名（信访工作条例第二十条）。",
        "representatives",
    )
