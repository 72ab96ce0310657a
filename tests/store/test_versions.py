"""Kept wordings: light in lists, whole when asked for, found by their index."""

import pytest

from mediation_desk.domain.paper import PaperVersion
from mediation_desk.store.versions import VersionRow
from tests.desk import NOW, Desk, statements


def keep(desk: Desk, case_id: int, *, code: str = "D03", no: int = 0, copies: int = 0, word: str = "张三") -> None:
    version = PaperVersion(
        centre_id=1,
        case_id=case_id,
        code=code,
        no=no,
        title="申请书",
        content=[word],
        digest=word,
        copies=copies,
        by_id=1,
        kept_at=NOW,
    )
    with desk.database.writing() as records:
        records.versions.keep(version)


def test_versions_come_light_the_oldest_first_and_whole_when_asked_for(desk: Desk) -> None:
    case_id = desk.registered()
    keep(desk, case_id)
    keep(desk, case_id, copies=2, word="李四")
    with desk.database.reading() as records, statements(desk.database) as sent:
        first, second = records.versions.of_paper(case_id, "D03", 0)
    assert len(sent) == 1
    assert "content" not in sent[0]
    assert first == VersionRow(1, "D03", 0, "申请书", "张三", 0, 1, NOW)
    with desk.database.reading() as records:
        assert records.versions.get(second.id).content == ["李四"]


def test_papers_of_other_cases_codes_and_numbers_are_not_mixed_in(desk: Desk) -> None:
    case_id, other = desk.registered(), desk.registered()
    for each, code, no in ((case_id, "D07", 1), (case_id, "D07", 2), (case_id, "D08", 1), (other, "D07", 1)):
        keep(desk, each, code=code, no=no, copies=1)
    with desk.database.reading() as records:
        assert len(records.versions.of_paper(case_id, "D07", 1)) == 1
        assert records.versions.times_printed(case_id, "D07", 1) == 1
        assert [(each.code, each.no) for each in records.versions.of_case(case_id)] == [
            ("D07", 1),
            ("D07", 2),
            ("D08", 1),
        ]


def test_the_newest_and_the_newest_printed_are_told_apart(desk: Desk) -> None:
    case_id = desk.registered()
    with desk.database.reading() as records:
        assert records.versions.last(case_id, "D03", 0) is None
    keep(desk, case_id, copies=1, word="一")
    keep(desk, case_id, word="二")
    with desk.database.reading() as records:
        newest, printed = (records.versions.last(case_id, "D03", 0, printed=each) for each in (False, True))
        assert (newest and newest.digest, printed and printed.digest) == ("二", "一")


def test_what_is_given_up_goes_or_keeps_no_number(desk: Desk) -> None:
    case_id = desk.registered()
    for code in ("draft", "D08"):
        for no in (1, 2):
            keep(desk, case_id, code=code, no=no)
    with desk.database.writing() as records:
        records.versions.drop(case_id, "draft", 2)
        records.versions.orphan(case_id, "D08", 2)
        assert [(each.code, each.no) for each in records.versions.of_case(case_id)] == [
            ("draft", 1),
            ("D08", 1),
            ("D08", 0),
        ]


@pytest.mark.file_only
def test_versions_of_a_paper_are_found_by_their_index(desk: Desk) -> None:
    case_id = desk.registered()
    with desk.database.reading() as records, statements(desk.database) as sent:
        records.versions.last(case_id, "D03", 0)
        records.versions.of_case(case_id)
        for statement in list(sent):
            blanks = (1,) * statement.count("?")
            plan = records.connection.exec_driver_sql(f"explain query plan {statement}", blanks).all()
            assert any("ix_paper_versions_centre_id_case_id" in row[3] for row in plan), plan


def test_a_case_is_read_without_its_versions(desk: Desk) -> None:
    case_id = desk.registered()
    with statements(desk.database) as before:
        desk.case(case_id)
    keep(desk, case_id)
    with statements(desk.database) as after:
        desk.case(case_id)
    assert before == after
    assert not any("paper_versions" in each for each in after)
