from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from mediation_desk.domain.agreement import PerformanceState
from mediation_desk.domain.case import Case, NumberKind
from mediation_desk.domain.errors import CannotOpen, NotFound
from mediation_desk.domain.identity import Severity, check_paper
from mediation_desk.domain.mediator import Presence
from mediation_desk.domain.party import PartyKind
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.schedule import schedule_on
from mediation_desk.domain.stage import OPEN_STAGES, Stage, stage_of
from mediation_desk.exchange.case_checks import sense_faults
from mediation_desk.exchange.plain_objects import to_plain
from mediation_desk.services import agreements
from mediation_desk.services.exchange import export_case
from mediation_desk.services.papers import draw_paper
from mediation_desk.services.practice import (
    MOST_WITH_PAPERS,
    act_in,
    clock,
    make_practice_store,
    sample_dispute,
    seed,
    set_up_practice,
)
from mediation_desk.services.practice_bulk import Bulk
from mediation_desk.services.practice_cases import make_up
from mediation_desk.services.practice_house import House
from mediation_desk.services.practice_people import id_number
from mediation_desk.services.practice_stories import STORIES
from mediation_desk.services.practice_ways import Way
from mediation_desk.services.replay import replay
from mediation_desk.services.today import DueKind, Grade, look_at_today
from mediation_desk.store.database import Database, create, open_store
from mediation_desk.store.records import Records
from mediation_desk.store.schema import cases, counters
from tests.desk import draw_as_a_line

NOW = datetime(2026, 11, 23, 10, 20)
TODAY = NOW.date()
MANY = 150


@pytest.fixture
def no_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agreements, "draw_agreement", draw_as_a_line)


@pytest.fixture
def practice(new_database: Callable[[], Database], rules: Rules) -> Database:
    """A practice house without cases."""
    database = new_database()
    with database.writing() as records:
        set_up_practice(records, NOW, rules)
    return database


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, rules: Rules) -> Iterator[Database]:
    """A practice store with so many cases that they are written whole."""
    path = tmp_path_factory.mktemp("practice") / "many.db"
    make_practice_store(path, rules, NOW, cases=MANY)
    database = open_store(path)
    yield database
    database.close()


@pytest.fixture(scope="module")
def many_cases(many: Database) -> list[Case]:
    """Its cases, the newest first."""
    with many.reading() as records:
        return all_cases(records)


def house_of(records: Records, rules: Rules) -> House:
    return House(records.centre.get().committees, records.mediators.all(), rules, NOW)


def all_cases(records: Records) -> list[Case]:
    return [records.cases.get(each) for each in records.cases.ids()]


@pytest.fixture(scope="module")
def told_twice(tmp_path_factory: pytest.TempPathFactory, rules: Rules) -> dict[str, dict[str, object]]:
    """What two stores say of the same made-up cases, by uid: one told to the services, one written whole."""
    told: dict[str, dict[str, object]] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(agreements, "draw_agreement", draw_as_a_line)
        for name in ("services", "whole"):
            database = create(tmp_path_factory.mktemp("practice") / name)
            with database.writing() as records:
                act = act_in(set_up_practice(records, NOW, rules), NOW, rules)
                house = house_of(records, rules)
                for way, chance in product(Way, range(3)):
                    file = make_up(house, Random(f"{way} {chance}"), way)
                    if name == "services":
                        replay(records, file, clock(act))
                    else:
                        Bulk(records, house).add(file, clock(act))
            with database.reading() as records:
                told[name] = {
                    case.uid: (export_case(records, act, case.id or 0), facts(case)) for case in all_cases(records)
                }
            database.close()
    return told


def test_cases_written_whole_are_as_the_services_record_them(told_twice: dict[str, dict[str, object]]) -> None:
    assert len(told_twice["whole"]) == 3 * len(Way)
    for uid, case in told_twice["services"].items():
        assert told_twice["whole"][uid] == case


def facts(case: Case) -> object:
    """What an export leaves out."""
    return (
        case.stage,
        case.committee_id,
        case.registered_at,
        sorted((event.happened_on, event.kind, event.text) for event in case.events),
        [(number.kind, number.year, number.seq, number.text) for number in case.numbers],
        [(agreement.number, agreement.effect_day) for agreement in case.agreements],
        [(each.due_on, each.subject, each.done_on) for each in case.follow_ups],
        case.closing and case.closing.missing_papers,
    )


@pytest.mark.parametrize("way", list(Way))
def test_made_up_cases_have_no_fault_as_files(way: Way, practice: Database, rules: Rules) -> None:
    with practice.reading() as records:
        house = house_of(records, rules)
    for chance in range(8):
        assert sense_faults(make_up(house, Random(chance), way), rules, TODAY) == []


@pytest.mark.parametrize("now", [datetime(2026, 11, 22, 0, 5), datetime(2024, 2, 29, 23, 59), datetime(2026, 10, 5, 7)])
@pytest.mark.usefixtures("no_drawing")
def test_cases_can_be_made_up_at_any_moment(now: datetime, tmp_path: Path, rules: Rules) -> None:
    make_practice_store(tmp_path / "practice.db", rules, now, cases=20)
    database = open_store(tmp_path / "practice.db")
    with database.reading() as records:
        assert all(
            event.recorded_at <= now + timedelta(seconds=1) for case in all_cases(records) for event in case.events
        )
    database.close()


@pytest.mark.usefixtures("no_drawing")
def test_the_same_seed_and_moment_give_the_same_cases(tmp_path: Path, rules: Rules) -> None:
    exports = []
    for name, chance in (("one", 5), ("two", 5), ("three", 6)):
        make_practice_store(tmp_path / name, rules, NOW, cases=8, chance=chance)
        database = open_store(tmp_path / name)
        with database.reading() as records:
            act = act_in(records.centre.get(), NOW, rules)
            exports.append([export_case(records, act, each) for each in records.cases.ids()])
        database.close()
    assert exports[0] == exports[1] != exports[2]


@pytest.mark.usefixtures("no_drawing")
def test_seeding_again_adds_other_cases(practice: Database, rules: Rules) -> None:
    for _ in range(2):
        with practice.writing() as records:
            seed(records, act_in(records.centre.get(), NOW, rules), 6, 1)
    with practice.reading() as records:
        cases = all_cases(records)
    assert len({case.uid for case in cases}) == 12


def test_few_cases_come_with_their_papers(practice: Database, rules: Rules) -> None:
    with practice.writing() as records:
        act = act_in(records.centre.get(), NOW, rules)
        replay(records, make_up(house_of(records, rules), Random(1), Way.CLOSED_WRITTEN), clock(act))
        assert draw_paper(records, act, 1, "D08").startswith(b"%PDF")


def test_many_cases_come_without_papers_and_say_so(many: Database, many_cases: list[Case], rules: Rules) -> None:
    assert MANY > MOST_WITH_PAPERS
    performing = next(case for case in many_cases if case.stage == Stage.PERFORMING)
    assert performing.id is not None
    with many.reading() as records:
        act = act_in(records.centre.get(), NOW, rules)
        with pytest.raises(NotFound):
            draw_paper(records, act, performing.id, "D08")


def test_the_stored_stage_is_what_the_facts_say(many_cases: list[Case]) -> None:
    for case in many_cases:
        assert case.stage == stage_of(case)
        assert [each.effect_day for each in case.agreements] == [each.effective_on for each in case.agreements]


def test_numbers_are_without_gaps_and_the_counters_stand_where_they_ended(
    many: Database, many_cases: list[Case]
) -> None:
    issued = [number for case in many_cases for number in case.numbers]
    with many.reading() as records:
        last = {(row.committee_id, row.kind, row.year): row.last for row in records.session.execute(select(counters))}
    assert len({number.text for number in issued}) == len(issued)
    counted = Counter((number.committee_id, NumberKind(number.kind), number.year) for number in issued)
    assert counted == last


def test_most_cases_are_finished_and_every_stage_is_there(many: Database) -> None:
    with many.reading() as records:
        rows = records.session.execute(select(cases.c.stage, func.count()).group_by(cases.c.stage))
        counted = {row[0]: row[1] for row in rows}
    assert sum(counted.values()) == MANY
    assert sum(counted[stage] for stage in OPEN_STAGES & counted.keys()) == 24
    assert {Stage.REGISTERED, Stage.TRIAGED, Stage.ACCEPTED, Stage.ASSIGNED, Stage.IN_MEDIATION} < counted.keys()
    assert {Stage.AGREED_IN_WRITING, Stage.PERFORMING, Stage.FAILED, Stage.CLOSED} < counted.keys()
    assert {Stage.NOT_ACCEPTED, Stage.HANDED_OVER} < counted.keys()


def test_cases_lie_within_the_last_two_years_the_oldest_first(many_cases: list[Case]) -> None:
    days = [case.requested_on for case in many_cases]
    assert days == sorted(days, reverse=True)
    assert min(days) >= date(2024, 11, 23)
    assert max(days) <= TODAY
    assert len({(day.year, day.month) for day in days}) > 18


def test_instalments_fall_due_around_today(many: Database, many_cases: list[Case], rules: Rules) -> None:
    with many.reading() as records:
        look = look_at_today(records, act_in(records.centre.get(), NOW, rules))
    states = {
        part.state
        for case in many_cases
        if case.stage == Stage.PERFORMING
        for agreement in case.agreements
        for obligation in agreement.obligations
        for part in schedule_on(obligation, TODAY)
    }
    performance = {due.grade for due in look.dues if due.kind is DueKind.PERFORMANCE}
    assert {Grade.LATE, Grade.TODAY, Grade.SOON} <= performance
    assert {PerformanceState.LATE, PerformanceState.DUE} <= states
    assert look.presences.people
    assert look.presences.call_list


def test_everybody_is_plainly_made_up(many: Database, many_cases: list[Case]) -> None:
    parties = [party for case in many_cases for party in case.parties]
    with many.reading() as records:
        mediators = records.mediators.all()
    people = [party for party in parties if party.kind is PartyKind.NATURAL]
    assert all(set(person.name) & set("练习示例样试") for person in people)
    assert all(person.id_number.startswith("110000") for person in people)
    assert all(
        phone.startswith("1990000") for phone in [each.phone for each in parties] + [each.phone for each in mediators]
    )
    assert not any(organisation.uscc for organisation in parties)
    assert len({person.name for person in people}) > len(people) * 0.9
    for person in people:
        found = check_paper(person.id_paper, person.id_number, TODAY)
        assert (found.birth_date, found.gender) == (person.birth_date, person.gender)
        assert all(finding.severity is not Severity.WRONG for finding in found.findings)


@pytest.mark.parametrize("gender", ["1", "2"])
def test_id_numbers_have_the_right_check_character(gender: str) -> None:
    draw = Random(gender)
    numbers = [id_number(draw, date(1980, 5, 17), gender) for _ in range(40)]
    assert all(check_paper("111", number, TODAY).is_sound for number in numbers)
    assert {check_paper("111", number, TODAY).gender for number in numbers} == {gender}
    assert any(number.endswith("X") for number in numbers)


def test_there_are_stories_of_every_kind_with_codes_that_exist(rules: Rules) -> None:
    table = rules.table("dispute_kind")
    told = Counter(table[story.kind].parent or story.kind for story in STORIES)
    assert all(told[f"{kind:02}"] >= 3 for kind in range(1, 16))
    assert all(story.category in rules.table("event_category") for story in STORIES)
    assert all(story.path in rules.table("statutory_path") for story in STORIES)
    assert len({story.matter for story in STORIES}) == len(STORIES)


def test_the_house_is_marked_as_practice_and_has_people_of_all_kinds(practice: Database, rules: Rules) -> None:
    with practice.reading() as records:
        centre, mediators = records.centre.get(), records.mediators.all()
    assert centre.is_practice
    assert "练习" in centre.name
    assert len(centre.committees) == 2
    assert [committee.warnings(rules, TODAY) for committee in centre.committees] == [[], []]
    assert len(mediators) == 19
    assert {mediator.presence for mediator in mediators} == set(Presence)
    assert any(not mediator.appointments for mediator in mediators)


def test_a_file_that_is_there_is_never_touched(tmp_path: Path, rules: Rules) -> None:
    path = tmp_path / "desk.db"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(CannotOpen):
        make_practice_store(path, rules, NOW, cases=1)
    assert path.read_text(encoding="utf-8") == "mine"


def test_half_a_practice_store_is_not_left_behind(tmp_path: Path, rules: Rules) -> None:
    broken = replace(rules, periods={})
    with pytest.raises(KeyError):
        make_practice_store(tmp_path / "practice.db", broken, NOW, cases=MOST_WITH_PAPERS + 1)
    assert list(tmp_path.iterdir()) == []


def test_without_appointed_mediators_nothing_is_made_up(practice: Database, rules: Rules) -> None:
    with practice.writing() as records:
        for mediator in records.mediators.all():
            mediator.appointments.clear()
        records.flush()
        act = act_in(records.centre.get(), NOW, rules)
        with pytest.raises(NotFound, match="请先在名册中登记聘任"):
            seed(records, act, 1, 1)
        with pytest.raises(NotFound, match="请先在名册中登记聘任"):
            sample_dispute(records, act)


def test_the_sample_dispute_goes_the_whole_way(practice: Database, rules: Rules) -> None:
    with practice.writing() as records:
        act = act_in(records.centre.get(), NOW, rules)
        case_id = sample_dispute(records, act)
    with practice.reading() as records:
        case = records.cases.get(case_id)
        assert case.stage == Stage.CLOSED
        assert [party.name for party in case.parties] == ["张𠮷样", "买买提江·吐尔逊"]
        [agreement] = case.agreements
        assert [obligation.is_done for obligation in agreement.obligations] == [True, True]
        assert len(agreement.obligations[1].instalments) == 2
        assert agreement.effect_day == agreement.made_on
        assert all(follow_up.done_on for follow_up in case.follow_ups)
        assert draw_paper(records, act, case_id, "D08").startswith(b"%PDF")


@pytest.mark.usefixtures("no_drawing")
def test_the_sample_dispute_can_stop_with_an_instalment_due_in_three_days(practice: Database, rules: Rules) -> None:
    with practice.writing() as records:
        act = act_in(records.centre.get(), NOW, rules)
        case = records.cases.get(sample_dispute(records, act, closed=False))
        dues = [due for due in look_at_today(records, act).dues if due.kind is DueKind.PERFORMANCE]
    assert case.stage == Stage.PERFORMING
    assert [(due.due_on, due.text) for due in dues] == [(TODAY + timedelta(days=3), "应付3,000.00元")]


def test_children_are_signed_for_by_their_guardian(practice: Database, rules: Rules) -> None:
    with practice.reading() as records:
        house = house_of(records, rules)
    files = [make_up(house, Random(chance), Way.CLOSED_WRITTEN) for chance in range(200)]
    of_children = [file for file in files if file.parties[0].agents]
    assert of_children
    for file in of_children:
        assert file.parties[0].lacks_guardian(TODAY) is False
        assert file.agreements[0].signatures[0].signer_name == file.parties[0].agents[0].name
        assert to_plain(file)
