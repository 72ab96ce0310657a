"""What can be printed for a case, and that a frozen agreement stays the very paper that was signed."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from mediation_desk.domain.agreement import AgreementForm
from mediation_desk.domain.case import EventKind
from mediation_desk.domain.errors import NotFound
from mediation_desk.services import agreements
from mediation_desk.services.agreements import draft_agreement, freeze_agreement, save_agreement, withdraw_agreement
from mediation_desk.services.mediation import add_confidential_note, record_session
from mediation_desk.services.papers import CasePaper, draw_agreement, draw_paper, note_printed, papers_of
from tests.desk import Desk, session, text


@pytest.fixture
def printing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk that draws real papers."""
    monkeypatch.setattr(agreements, "draw_agreement", draw_agreement)
    return desk


def read(paper: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)


def test_the_papers_follow_from_what_is_recorded(desk: Desk) -> None:
    application, acceptance = CasePaper("D03", "人民调解申请书", 0), CasePaper("D04", "人民调解受理登记表", 0)
    assert papers_of(desk.case(desk.registered())) == [application]
    assert papers_of(desk.case(desk.accepted())) == [application, acceptance]
    case_id = desk.drafted()
    desk.do(record_session, case_id, session())
    sessions = [CasePaper("D07", f"人民调解记录（第{no}次）", no) for no in (1, 2)]
    assert papers_of(desk.case(case_id)) == [
        application,
        acceptance,
        *sessions,
        CasePaper("D08", "人民调解协议书（草稿）", 1),
    ]


def test_agreements_are_called_by_form_kind_and_state_and_withdrawn_ones_left_out(desk: Desk) -> None:
    case_id = desk.performing()
    desk.do(draft_agreement, case_id, form=AgreementForm.ORAL)
    desk.do(save_agreement, case_id, 2, text())
    titles = [paper.title for paper in papers_of(desk.case(case_id)) if paper.code in {"D08", "D09"}]
    assert titles == ["人民调解协议书", "人民调解口头协议登记表（补充协议）（草稿）"]
    withdrawn = desk.frozen()
    desk.do(withdraw_agreement, withdrawn, 1, reason="写错")
    titles = [paper.title for paper in papers_of(desk.case(withdrawn)) if paper.code == "D08"]
    assert titles == ["人民调解协议书（草稿）"]


def test_every_paper_is_drawn_and_no_confidential_note_is_on_any(printing: Desk) -> None:
    desk = printing
    desk.registered()
    case_id = desk.performing()
    desk.do(record_session, case_id, session(record="第二次会谈。"))
    desk.do(add_confidential_note, case_id, "绝密调解底线", 1)
    with desk.database.reading() as records:
        drawn = {
            (paper.code, paper.no): read(draw_paper(records, desk.act, case_id, paper.code, paper.no))
            for paper in papers_of(records.cases.get(case_id))
        }
    assert list(drawn) == [("D03", 0), ("D04", 0), ("D07", 1), ("D07", 2), ("D08", 1)]
    assert all("张三" in words and "绝密" not in words for words in drawn.values())
    assert "第二次会谈" in drawn["D07", 2]
    assert "第二次会谈" not in drawn["D07", 1]


def test_without_a_number_the_latest_is_drawn(printing: Desk) -> None:
    desk = printing
    case_id = desk.in_mediation()
    desk.do(record_session, case_id, session(record="第二次会谈。"))
    with desk.database.reading() as records:
        assert "第二次会谈" in read(draw_paper(records, desk.act, case_id, "D07"))


def test_an_oral_agreement_has_a_paper_of_its_own(printing: Desk) -> None:
    desk = printing
    case_id = desk.performing_orally()
    with desk.database.reading() as records:
        assert "口头协议" in read(draw_paper(records, desk.act, case_id, "D09"))


def test_a_draft_is_drawn_anew_and_a_frozen_text_only_once(printing: Desk) -> None:
    desk = printing
    case_id = desk.drafted()

    def drawn() -> bytes:
        with desk.database.reading() as records:
            return draw_paper(records, desk.act, case_id, "D08")

    first = drawn()
    desk.do(save_agreement, case_id, 1, text(facts="另一种经过"))
    assert "另一种经过" in read(drawn())
    assert "另一种经过" not in read(first)
    desk.do(freeze_agreement, case_id, 1)
    with desk.database.writing() as records:
        case = records.cases.get(case_id)
        case.parties[0].name = "改名"
    kept = drawn()
    assert "改名" not in read(kept)
    assert kept == drawn()


@pytest.mark.parametrize(("code", "no"), [("D04", 0), ("D07", 0), ("D08", 0), ("D09", 0), ("X99", 0), ("D03", 5)])
def test_what_a_case_does_not_have_is_told(desk: Desk, code: str, no: int) -> None:
    case_id = desk.registered()
    with desk.database.reading() as records, pytest.raises(NotFound, match=f"没有可打印的 {code}"):
        draw_paper(records, desk.act, case_id, code, no)


def test_printing_leaves_a_line(desk: Desk) -> None:
    case_id = desk.registered()
    desk.do(note_printed, case_id, "人民调解申请书", 2)
    line = desk.case(case_id).events[-1]
    assert (line.kind, line.text) == (EventKind.PRINTED, "人民调解申请书 2份")
