"""What the papers of a case show, and that a frozen agreement stays the very paper that was signed."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from mediation_desk.domain.case import EventKind
from mediation_desk.domain.errors import NotFound, RuleBroken
from mediation_desk.domain.forms import InputKind
from mediation_desk.domain.paper import content_digest, short_digest
from mediation_desk.services import agreements
from mediation_desk.services.act import Act
from mediation_desk.services.agreements import freeze_agreement, save_agreement
from mediation_desk.services.case_papers import papers_of
from mediation_desk.services.mediation import add_confidential_note, record_session
from mediation_desk.services.paper_entries import save_entry
from mediation_desk.services.paper_log import note_printed
from mediation_desk.services.papers import (
    SeenPaper,
    draw_agreement,
    draw_paper,
    paper_to_print,
    see_paper,
)
from mediation_desk.services.triage import decline, hand_over, triage
from mediation_desk.store.records import Records
from tests.desk import Desk, session, text


@pytest.fixture
def printing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk that draws real papers."""
    monkeypatch.setattr(agreements, "draw_agreement", draw_agreement)
    return desk


def read(paper: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)


def test_every_paper_is_drawn_and_no_confidential_note_is_on_any(printing: Desk) -> None:
    desk = printing
    desk.registered()
    case_id = desk.performing()
    desk.do(record_session, case_id, session(record="第二次会谈。"))
    desk.do(add_confidential_note, case_id, "绝密调解底线", 1)
    with desk.database.reading() as records:
        drawn = {
            (paper.code, paper.no): read(draw_paper(records, desk.act, case_id, paper.code, paper.no))
            for paper in papers_of(records.cases.get(case_id), desk.act)
        }
    assert {("D03", 0), ("D04", 0), ("D07", 1), ("D07", 2), ("D08", 1)} <= set(drawn)
    assert not [paper for paper, words in drawn.items() if "绝密" in words]
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
    desk.do(print_application, case_id)
    line = desk.case(case_id).events[-1]
    assert (line.kind, line.text) == (EventKind.PRINTED, "人民调解申请书 2份")


def print_application(records: Records, act: Act, case_id: int) -> bytes:
    """Print it as the window does; the bytes are those that went to the printer."""
    paper = paper_to_print(records, act, case_id, "D03", 0)
    note_printed(records, act, case_id, "D03", 0, "人民调解申请书", paper.content, paper.digest, 2)
    return paper.pdf


def test_a_reprint_says_so_until_the_words_change(desk: Desk) -> None:
    case_id = desk.registered()
    assert "重印" not in read(desk.do(print_application, case_id))
    assert "重印（第2次打印，2026年11月23日）" in read(desk.do(print_application, case_id))
    desk.write(change_matter, case_id, "漏水的另一种说法。")
    assert "重印" not in read(desk.do(print_application, case_id))


def change_matter(records: Records, case_id: int, matter: str) -> None:
    records.cases.get(case_id).matter = matter


def test_what_changed_since_the_last_print_is_marked(desk: Desk) -> None:
    case_id = desk.registered()

    def seen() -> SeenPaper:
        return desk.do(see_paper, case_id, "D03", marked=True)

    assert seen().last_printed is None
    desk.do(print_application, case_id)
    assert seen().changes_marked is None
    desk.write(change_matter, case_id, "漏水的另一种说法。")
    changed = seen()
    assert changed.changes_marked is not None
    assert "与上次打印不同" in read(changed.changes_marked)
    assert "与上次打印不同" not in read(changed.pdf)


def test_a_frozen_agreement_is_known_by_its_digest(printing: Desk) -> None:
    desk = printing
    case_id = desk.frozen()
    seen = desk.do(see_paper, case_id, "D08")
    agreement = desk.agreement(case_id)
    assert seen.digest == agreement.content_digest == content_digest(seen.content)
    assert short_digest(agreement.content_digest) in read(seen.pdf)


def test_a_final_agreement_in_large_type_says_the_same_or_is_refused(printing: Desk) -> None:
    desk = printing
    case_id = desk.frozen()
    large = desk.do(see_paper, case_id, "D08", large=True)
    assert large.digest == desk.agreement(case_id).content_digest
    desk.write(lambda records: setattr(records.cases.get(case_id).parties[0], "phone", "13800000001"))
    with pytest.raises(RuleBroken, match="大字版会与存档的协议不同"):
        desk.do(see_paper, case_id, "D08", large=True)


def test_large_type_says_the_same(desk: Desk) -> None:
    case_id = desk.registered()
    plain, large = (desk.do(see_paper, case_id, "D03", large=size) for size in (False, True))
    assert plain.digest == large.digest
    assert len(PdfReader(BytesIO(large.pdf)).pages) >= len(PdfReader(BytesIO(plain.pdf)).pages)
    assert plain.pdf != large.pdf


def test_what_was_typed_before_the_form_asked_for_something_else_stays_as_it_was_typed(desk: Desk) -> None:
    case_id = desk.registered()
    desk.do(save_entry, case_id, "D01", 0, {"compiler": "钱文书"})
    form = desk.rules.form("D01")
    for kind in (InputKind.DAY, InputKind.TIME, InputKind.AMOUNT, InputKind.PARTY, InputKind.TEXT):
        inputs = tuple(replace(each, kind=kind) if each.name == "compiler" else each for each in form.inputs)
        desk.rules = replace(desk.rules, forms={**desk.rules.forms, "D01": (replace(form, inputs=inputs),)})
        assert "钱文书" in read(desk.do(see_paper, case_id, "D01").pdf), kind


def test_papers_about_the_whole_file_show_it_when_drawn_alone(printing: Desk) -> None:
    desk = printing
    case_id = desk.performing()
    with desk.database.reading() as records:
        cover, contents, back, scores = (
            read(draw_paper(records, desk.act, case_id, code)) for code in ("D01", "D02", "D13", "S1")
        )
    assert "短期" in cover.split("保管期限：")[1].split("（")[0]
    assert re.search("1人民调解申请书2人民调解受理登记表", re.sub(r"\s", "", contents))
    assert "页号由装订卷宗印出" in contents
    assert re.search(r"本卷共\s+页", back)
    assert "缺当事人身份证明。" in re.sub(r"\s", "", scores)


# --- what the visitor is told of the way


def squeezed(paper: bytes) -> str:
    return re.sub(r"\s", "", read(paper))


def test_the_visitor_is_told_way_organ_limits_and_what_to_bring(desk: Desk) -> None:
    case_id = desk.registered(event_category="1301")
    answers = {"elsewhere": False, "decided": True, "on_spot": True}
    with desk.database.reading() as records, pytest.raises(NotFound):
        draw_paper(records, desk.act, case_id, "E20")  # nobody has decided on a way
    desk.do(triage, case_id, path="P4a", reason="当场罚款二百元。", answers=answers)
    with desk.database.reading() as records:
        said = squeezed(draw_paper(records, desk.act, case_id, "E20"))
    for words in (
        "办理途径：行政复议所属：行政程序",
        "当场罚款二百元。（经询问，",
        "办理单位：行政复议机关",
        "申请行政复议：自知道或者应当知道行政行为之日起60日内",
        "请带材料：身份证明",
    ):
        assert words in said, words
    assert said.count("对行政执法的争议不属于民间纠纷") == 1, "the reason says it already"


def test_the_visitor_is_told_why_mediation_is_not_open_where_the_reason_does_not_say_it(desk: Desk) -> None:
    case_id = desk.registered(event_category="1301")
    desk.do(triage, case_id, path="P4a")
    with desk.database.reading() as records:
        said = squeezed(draw_paper(records, desk.act, case_id, "E20"))
    assert "本事项现在不能由人民调解委员会调解：对行政执法的争议不属于民间纠纷" in said


def test_who_is_not_accepted_is_told_the_routes_unless_others_were_typed(desk: Desk) -> None:
    case_id = desk.registered(dispute_kind="10")
    desk.do(triage, case_id, path="M1")
    desk.do(decline, case_id, reason_code="party_refuses", reason="用人单位不来。")
    with desk.database.reading() as records:
        said = squeezed(draw_paper(records, desk.act, case_id, "E1"))
    assert "一方当事人明确拒绝调解；用人单位不来。" in said
    assert "仲裁：用人单位所在地或者劳动合同履行地的劳动人事争议仲裁委员会。" in said
    assert "劳动保障监察机构" in said
    desk.do(save_entry, case_id, "E1", 0, {"routes": "到区人社局监察大队投诉。"})
    with desk.database.reading() as records:
        said = squeezed(draw_paper(records, desk.act, case_id, "E1"))
    assert "到区人社局监察大队投诉。" in said
    assert "劳动人事争议仲裁委员会" not in said


def test_the_unit_that_gets_a_matter_is_told_its_way_and_group(desk: Desk) -> None:
    case_id = desk.registered(dispute_kind="10")
    desk.do(triage, case_id, path="P4c", reason="拖欠工资")
    desk.do(hand_over, case_id, handed_to="区人力资源和社会保障局", reason="劳动监察")
    with desk.database.reading() as records:
        said = squeezed(draw_paper(records, desk.act, case_id, "E6"))
    assert "区人力资源和社会保障局" in said
    assert "法定途径：行政确认、许可、处罚、给付及劳动监察等" in said
    assert "所属：行政程序" in said
    assert "转办理由：劳动监察" in said
