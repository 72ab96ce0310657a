"""Every store that a release ever wrote is opened and read by this one. The files are made by `tests/data/make.py`."""

import shutil
from collections.abc import Iterator
from datetime import date, time
from hashlib import sha256
from pathlib import Path

import pytest

from mediation_desk.domain.call_out import CallAnswer
from mediation_desk.domain.case import NumberKind
from mediation_desk.domain.choice import RecusalAnswer, StanceKind
from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.paper import content_digest
from mediation_desk.domain.petition import PetitionStepKind
from mediation_desk.domain.presence import Leave
from mediation_desk.domain.query_code import query_code
from mediation_desk.domain.relation import RelationKind
from mediation_desk.domain.stage import stage_of
from mediation_desk.services.attachments import attached
from mediation_desk.services.blank_forms import find_blank
from mediation_desk.services.paper_log import DRAFT
from mediation_desk.store import migrations
from mediation_desk.store.database import Database, create, open_store
from tests.data.make import EVIDENCE
from tests.desk import APPOINTED, LAPSED, NOW, ON_CALL, TODAY, TOMORROW

pytestmark = pytest.mark.file_only

DATA = Path(__file__).parent.parent / "data"
NOVEMBER = date(2026, 11, 1)


@pytest.fixture(params=migrations.REVISIONS)
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    database = open_store(Path(shutil.copy(DATA / f"store-{request.param}.db", tmp_path)))
    assert database.read_only == ""
    yield database
    database.close()


def test_every_case_is_read_whole_and_stands_where_its_facts_say(released: Database) -> None:
    with released.reading() as records:
        cases = [records.cases.get(case_id) for case_id in reversed(records.cases.ids())]
        rows = {row.id: row for row in records.cases.rows(records.cases.ids())}
    assert len(cases) == len(rows) == 16
    for case in cases:
        assert case.id is not None
        assert case.stage == rows[case.id].stage == stage_of(case)
        assert [party.no for party in case.parties] == [1, 2]
        assert case.events
    assert {case.stage for case in cases} >= {"registered", "not_accepted", "handed_over", "performing", "closed"}


def test_names_agents_and_minors_are_as_they_were_written(released: Database) -> None:
    with released.reading() as records:
        [found] = records.party_keys.candidates((), ["买买提江·吐尔逊"])
        other = records.cases.get(found).parties[1]
    assert (other.name, [agent.name for agent in other.guardians]) == ("王𠮷五", ["王大五"])


def test_papers_and_attachments_are_unchanged(released: Database) -> None:
    with released.reading() as records:
        frozen = attachments = 0
        for case in [records.cases.get(case_id) for case_id in records.cases.ids()]:
            for agreement in case.agreements:
                if agreement.frozen_at:
                    assert sha256(records.cases.kept_paper(agreement)).hexdigest() == agreement.digest
                    frozen += 1
            for attachment in case.attachments:
                assert case.id is not None
                assert attachment.id is not None
                assert attached(records, case.id, attachment.id)[1] == b"%PDF-1.7 scan"
                attachments += 1
    assert (frozen, attachments) == (4, 1)


def test_numbers_notes_and_drafts_are_there(released: Database) -> None:
    with released.reading() as records:
        assert records.numbers.is_issued(1, "（2026）示人调字第1号")
        assert records.cases.id_of_number("（2026）示人调（口头）字第1号")
        notes = [note.text for case_id in records.cases.ids() for note in records.cases.notes(case_id)]
        assert notes == ["只给调解员看"]
        assert [draft.content for draft in records.drafts.parked()] == [{"claimant_name": "张三"}]


def test_every_case_has_the_code_that_its_uid_gives(released: Database) -> None:
    with released.reading() as records:
        for case_id in records.cases.ids():
            case = records.cases.get(case_id)
            assert case.query_code == query_code(case.uid)
            assert records.cases.id_of_query_code(case.query_code) == case_id


def open_copy(revision: str, folder: Path) -> Database:
    return open_store(Path(shutil.copy(DATA / f"store-{revision}.db", folder)))


def test_a_store_of_the_first_release_has_nothing_that_papers_need_now(tmp_path: Path) -> None:
    stored = open_copy("0001", tmp_path)
    with stored.reading() as records:
        for case in [records.cases.get(case_id) for case_id in records.cases.ids()]:
            assert case.id is not None
            assert case.entries == []
            assert records.versions.of_case(case.id) == []
            for agreement in case.agreements:
                assert (agreement.confirmation_wanted, agreement.despite_reason) == (False, "")
                assert agreement.content_digest == ""
    with stored.writing() as records:
        assert list(records.blanks.next(1, 2026, 2)) == [1, 2]
    stored.close()


def test_what_the_second_release_wrote_for_papers_is_read(tmp_path: Path) -> None:
    stored = open_copy("0002", tmp_path)
    with stored.reading() as records:
        [case] = [case for case_id in records.cases.ids() if (case := records.cases.get(case_id)).entries]
        assert case.id is not None
        [typed] = case.entries
        assert (typed.code, typed.no, typed.values) == ("D06", 1, {"items": EVIDENCE})
        printed = records.versions.last(case.id, "D03", 0, printed=True)
        assert printed is not None
        assert (printed.content, printed.copies) == (["人民调解申请书", "申请人张三"], 2)
        assert printed.digest == content_digest(printed.content)
        kept = {each.title for each in records.versions.of_paper(case.id, DRAFT, 1)}
        assert kept == {"起草", "定稿"}
        blanks = [find_blank(records, f"BF2026-00000{seq}") for seq in (1, 2, 3)]
        assert [each.case_id for each in blanks] == [None, case.id, None]
        assert all(agreement.content_digest for agreement in case.agreements)
    stored.close()


def test_older_stores_have_nothing_of_duties_and_take_the_first(tmp_path: Path) -> None:
    stored = open_copy("0002", tmp_path)
    with stored.writing() as records:
        assert [each.professions for each in records.mediators.all()] == [[], [], ["lawyer"]]
        assert {each.share for each in records.mediators.all()} == {100}
        assert records.centre.get().opening_pattern == []
        for case in [records.cases.get(case_id) for case_id in records.cases.ids()]:
            assert (case.stances, case.recusal_checks, case.rankings) == ([], [], [])
            assert (case.mediator_gender_wish, case.has_interpreter) == ("", False)
        assert records.rosters.posts() == []
        assert records.own.settings() == []
        records.presence.add(Leave(mediator_id=1, first_day=TODAY, last_day=TODAY, by_id=1, recorded_at=NOW))
        assert len(records.presence.leaves(TODAY, TODAY)) == 1
    stored.close()


def test_what_the_third_release_wrote_of_presence_and_rosters_is_read(tmp_path: Path) -> None:
    stored = open_copy("0003", tmp_path)
    with stored.reading() as records:
        assert records.centre.get().opening_pattern == ["mon_am", "sat_am"]
        on_call = records.mediators.get(ON_CALL)
        assert (on_call.professions, on_call.share) == (["lawyer", "people_mediator"], 50)
        assert (on_call.call_from, on_call.call_until) == (time(8), time(20, 30))
        [leave] = records.presence.leaves(TODAY, TODAY)
        assert (leave.first, leave.last) == (HalfDay(TODAY, Half.PM), HalfDay(TOMORROW, Half.AM))
        assert records.presence.open_attendance(APPOINTED, TODAY) is not None
        assert [each.half for each in records.presence.opening_exceptions(TODAY, TOMORROW)] == [Half.PM]
        assert [(each.name, each.value) for each in records.own.settings()] == [("roster_day_most", 1)]
        assert [each.days for each in records.own.notices()] == [{"2027-01-01": ["off", "元旦"]}]
        assert [each.state for each in records.rosters.versions(NOVEMBER)] == ["replaced", "published", "draft"]
        assert records.rosters.shifts(TODAY, TODAY) == [(TODAY, Half.AM, 1, LAPSED)]
        draft = records.rosters.draft(NOVEMBER)
        assert draft is not None
        assert [each.locked for each in draft.shifts] == [True]
        assert [each.weight for each in records.rosters.wishes(TODAY, TODAY)] == [-2]
        assert [each.reason for each in records.rosters.clashes()] == ["同案对方"]
        assert [(each.taker_id, each.back_half) for each in records.rosters.swaps(NOVEMBER)] == [(LAPSED, Half.PM)]
    stored.close()


def test_what_the_third_release_wrote_of_choosing_and_calling_is_read(tmp_path: Path) -> None:
    stored = open_copy("0003", tmp_path)
    with stored.reading() as records:
        [searched] = records.call_outs.running()
        assert [(each.mediator_id, each.answer) for each in searched.calls] == [(ON_CALL, CallAnswer.NO_ANSWER)]
        assert searched.case_id is not None
        case = records.cases.get(searched.case_id)
        assert (case.mediator_gender_wish, case.has_interpreter) == ("2", True)
        assert case.parties[0].languages == ["维吾尔语"]
        assert [(each.kind, each.upheld) for each in case.stances] == [(StanceKind.OPPOSES, True)]
        assert [each.answer for each in case.recusal_checks] == [RecusalAnswer.NO]
        assert [(each.chosen_id, each.candidates[0]["score"]) for each in case.rankings] == [(APPOINTED, 61)]
        assert case.assignments[0].ranking_no == 1
    stored.close()


def test_of_dangers_of_open_cases_a_report_is_owed_since_they_were_registered(released: Database) -> None:
    with released.reading() as records:
        cases = [records.cases.get(case_id) for case_id in records.cases.ids()]
        owed = records.procedure_dues.unreported()
    [flagged] = [case for case in cases if case.safety_flags]
    assert owed == [(flagged.id, "violence", flagged.registered_at)]
    assert [(each.flag, each.by_id) for each in flagged.owed_reports] == [("violence", flagged.first_contact_id)]


def test_work_goes_on_where_it_stood(released: Database) -> None:
    with released.writing() as records:
        assert records.numbers.next(1, 1, NumberKind.CASE, 2026) == 13
        case = records.cases.get(1)
        case.remark = "升级后补记"
    with released.reading() as records:
        assert records.cases.get(1).remark == "升级后补记"


def test_the_newest_file_is_as_the_steps_make_it_now(tmp_path: Path) -> None:
    """A step that was released is frozen; before that, a changed step needs a newly made file."""

    def tables(database: Database) -> list[str]:
        query = "select sql from sqlite_master where sql is not null and name not like 'sqlite_%' order by name"
        with database.reading() as records:
            return [row[0] for row in records.connection.exec_driver_sql(query)]

    made = create(tmp_path / "made.db")
    stored = open_store(Path(shutil.copy(DATA / f"store-{migrations.HEAD}.db", tmp_path)))
    assert tables(made) == tables(stored)
    made.close()
    stored.close()


def test_the_procedure_around_mediation_is_as_it_was_written(tmp_path: Path) -> None:
    stored = open_copy("0005", tmp_path)
    with stored.reading() as records:
        cases = [records.cases.get(case_id) for case_id in records.cases.ids()]
    stored.close()
    [case] = [case for case in cases if case.clock_stops]
    assert case.petition is not None
    assert [step.kind for step in case.petition.steps] == [PetitionStepKind.OFFERED]
    assert [step.person for step in case.referrals[0].steps] == ["示例人"]
    assert [decision.text for decision in case.conferences[0].decisions] == ["先鉴定"]
    assert [visit.situation for visit in case.lead_cadres[0].visits] == ["看了现场"]
    assert [each.kind for each in case.relations] == [RelationKind.NEW_DISPUTE]
    assert [len(each.closings) for each in cases if each.closings] == [2]
