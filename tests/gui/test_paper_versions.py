"""Which wordings of a paper can be compared, and which two are proposed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from mediation_desk.domain.paper import content_digest
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.paper_versions import NOW, Versions, Wording, content_of_version, versions
from mediation_desk.services.agreements import save_agreement
from mediation_desk.services.paper_log import note_printed
from tests.desk import Desk as Clerk
from tests.desk import text


def known(desk: Desk, case_id: int, code: str, no: int) -> Sequence[Versions]:
    return desk.look(versions, case_id, code, no, desk.centre.user_name)


def labels(kind: Versions) -> list[str]:
    return [each.label for each in kind.wordings]


def print_(clerk: Clerk, case_id: int, code: str, no: int, *content: str) -> None:
    clerk.do(note_printed, case_id, code, no, "文书", content, content_digest(content), 2)


def test_each_print_is_named_by_time_person_and_copies_and_then_comes_now(desk: Desk, clerk: Clerk) -> None:
    case_id = clerk.accepted()
    clerk.now = datetime(2026, 11, 23, 9, 5)
    print_(clerk, case_id, "D03", 0, "起初")
    [paper] = known(desk, case_id, "D03", 0)
    assert paper.kind == "文书"
    assert labels(paper) == ["2026-11-23 9:05　王窗口　打印2份", NOW]
    assert paper.proposed() == (0, 1)


def test_what_says_the_same_now_is_not_told_twice(desk: Desk, clerk: Clerk) -> None:
    case_id = clerk.accepted()
    [paper] = known(desk, case_id, "D03", 0)
    print_(clerk, case_id, "D03", 0, *paper.wordings[0].content)
    [paper] = known(desk, case_id, "D03", 0)
    assert [each.is_printed for each in paper.wordings] == [True]


def test_a_draft_has_its_sittings_and_the_paper_its_prints(desk: Desk, clerk: Clerk) -> None:
    case_id = clerk.drafted()
    clerk.now += timedelta(hours=1)
    clerk.do(save_agreement, case_id, 1, text(facts="改过的事实"))
    paper, draft = known(desk, case_id, "D08", 1)
    assert labels(paper) == [NOW]
    assert draft.kind == "协议草稿各稿"
    assert [each.split("　")[-1] for each in labels(draft)][-2:] == ["修改前", NOW]


def test_a_final_text_has_no_draft_of_now(desk: Desk, clerk: Clerk) -> None:
    case_id = clerk.frozen()
    paper, draft = known(desk, case_id, "D08", 1)
    assert [each.split("　")[-1] for each in labels(paper)] == ["定稿"]
    assert labels(draft)[-1].endswith("定稿")


def test_what_cannot_be_drawn_any_more_can_still_be_compared(desk: Desk, clerk: Clerk) -> None:
    case_id = clerk.accepted()
    print_(clerk, case_id, "E2", 7, "旧")
    print_(clerk, case_id, "E2", 7, "新")
    [paper] = known(desk, case_id, "E2", 7)
    assert len(paper.wordings) == 2


def test_the_words_of_a_version_are_read_when_they_are_wanted(desk: Desk, clerk: Clerk) -> None:
    case_id = clerk.accepted()
    print_(clerk, case_id, "D03", 0, "起初")
    [paper] = known(desk, case_id, "D03", 0)
    kept, now = paper.wordings
    assert desk.look(lambda records, _: content_of_version(records, kept)) == ["起初"]
    assert desk.look(lambda records, _: content_of_version(records, now)) == now.content


def test_a_paper_nobody_knows_has_no_versions(desk: Desk, clerk: Clerk) -> None:
    assert known(desk, clerk.registered(), "D08", 1) == []


def wordings(*digests: str, printed: str = "", now: bool = False) -> Versions:
    """Versions with these digests; `printed` names those that were printed, `now` says that the last is not kept."""
    made = [Wording(each, each, each in printed, number) for number, each in enumerate(digests, start=1)]
    if now:
        made[-1] = made[-1]._replace(version_id=None)
    return Versions("文书", made)


def test_now_is_compared_with_the_last_print() -> None:
    assert wordings("a", "b", "c", printed="ab", now=True).proposed() == (1, 2)
    assert wordings("a", "b", "c", printed="a", now=True).proposed() == (0, 2)


def test_the_last_is_compared_with_the_last_that_says_something_else() -> None:
    assert wordings("a", "b", "b", printed="ab").proposed() == (0, 2)
    assert wordings("a", "b", "c", now=True).proposed() == (1, 2)


def test_reprints_that_all_say_the_same_are_compared_with_each_other() -> None:
    assert wordings("a", "a", printed="a").proposed() == (0, 1)
    assert wordings("a").proposed() == (0, 0)
