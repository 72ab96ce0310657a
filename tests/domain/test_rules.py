from datetime import date

import pytest

from mediation_desk.domain.dated import version_on
from mediation_desk.domain.rules import (
    AttachmentLimits,
    Certainty,
    Clause,
    Code,
    CodeTable,
    Holidays,
    NumberFormat,
    NumberFormats,
    Period,
    Rules,
    Setting,
    Unit,
)

BEFORE, CHANGE, LATER = date(2026, 6, 30), date(2026, 7, 1), date(2026, 12, 1)


def code_table(*codes: Code) -> CodeTable:
    return CodeTable("dispute_kind", "纠纷类型", "某规定", Certainty.VERIFIED, codes)


def period(length: int, begins: date | None = None, ends: date | None = None) -> Period:
    return Period(
        "T02", "期限", length, Unit.CALENDAR_DAY, False, "", Certainty.UNSURE, effective_from=begins, effective_to=ends
    )


def setting(value: int, begins: date | None = None) -> Setting:
    return Setting("due_soon_days", "临近", value, "", Certainty.UNSURE, effective_from=begins)


KINDS = code_table(
    Code("10", "劳动争议纠纷", extra={"event_categories": "07 0701"}),
    Code("1001", "拖欠农民工工资纠纷", "10"),
    Code("88", "旧纠纷", effective_to=BEFORE),
    Code("99", "其他纠纷"),
)


def rules(
    *, periods: tuple[Period, ...] = (), settings: tuple[Setting, ...] = (), clauses: tuple[Clause, ...] = ()
) -> Rules:
    return Rules(
        tables={"dispute_kind": KINDS},
        periods={"T02": periods},
        settings={"due_soon_days": settings},
        clauses=clauses,
        number_formats=NumberFormats(()),
        attachment_limits=AttachmentLimits(1, {}),
        holidays=Holidays(),
    )


def test_a_code_is_shown_by_its_label_and_an_unknown_one_as_it_is() -> None:
    assert KINDS.label("10") == "劳动争议纠纷"
    assert KINDS.label("77") == "77"


def test_a_sub_code_can_be_shown_with_its_parent() -> None:
    assert KINDS.full_label("1001") == "劳动争议纠纷·拖欠农民工工资纠纷"
    assert KINDS.full_label("10") == "劳动争议纠纷"
    assert KINDS.full_label("77") == "77"


def test_a_retired_code_keeps_its_label_but_can_no_longer_be_chosen() -> None:
    assert KINDS.label("88") == "旧纠纷"
    assert "88" in KINDS
    assert [code.code for code in KINDS.valid_on(BEFORE)] == ["10", "1001", "88", "99"]
    assert [code.code for code in KINDS.valid_on(CHANGE)] == ["10", "1001", "99"]


def test_the_top_level_and_the_sub_codes_are_told_apart() -> None:
    assert [code.code for code in KINDS.children("", CHANGE)] == ["10", "99"]
    assert [code.code for code in KINDS.children("10", CHANGE)] == ["1001"]


def test_a_code_that_changed_its_label_is_offered_once() -> None:
    table = code_table(Code("15", "物业管理纠纷"), Code("15", "物业纠纷", effective_from=CHANGE))
    assert [code.label for code in table.valid_on(BEFORE)] == ["物业管理纠纷"]
    assert [code.label for code in table.valid_on(CHANGE)] == ["物业纠纷"]
    assert table["15"].label == "物业纠纷"


def test_an_unknown_code_has_no_entry() -> None:
    with pytest.raises(KeyError):
        KINDS["77"]


def test_the_version_that_began_last_counts_and_none_comes_back_after_it_ended() -> None:
    old, new = period(30), period(20, CHANGE, LATER)
    assert version_on([old, new], BEFORE) is old
    assert version_on([old, new], CHANGE) is new
    assert version_on([old, new], LATER) is new
    assert version_on([old, new], date(2026, 12, 2)) is None
    assert version_on([old, new], None) is new
    assert version_on([new], BEFORE) is None
    assert version_on([], None) is None


def test_a_period_is_the_one_in_force_when_it_starts_to_run() -> None:
    both = rules(periods=(period(30), period(20, CHANGE)))
    assert both.period("T02", BEFORE).length == 30
    assert both.period("T02", CHANGE).length == 20
    assert both.period("T02").length == 20


def test_a_setting_is_the_one_in_force_on_the_day() -> None:
    both = rules(settings=(setting(3), setting(5, CHANGE)))
    assert (both.setting("due_soon_days", BEFORE), both.setting("due_soon_days")) == (3, 5)


def test_asking_for_what_no_pack_holds_is_a_defect() -> None:
    with pytest.raises(KeyError):
        rules().table("no_such_table")
    with pytest.raises(KeyError):
        rules().period("T99")
    with pytest.raises(KeyError):
        rules(periods=(period(20, CHANGE),)).period("T02", BEFORE)


def test_clauses_are_offered_for_their_kinds_in_the_version_of_the_day() -> None:
    library = rules(
        clauses=(
            Clause("all", "通用", "旧文"),
            Clause("all", "通用", "新文", effective_from=CHANGE),
            Clause("wages", "工资", "工资条款", ("10",)),
        )
    )
    assert [clause.text for clause in library.clauses_for("1001", CHANGE)] == ["新文", "工资条款"]
    assert [clause.text for clause in library.clauses_for("99", BEFORE)] == ["旧文"]
    assert [clause.text for clause in library.clauses_for("", CHANGE)] == ["新文"]


def test_a_sub_kind_counts_under_the_event_categories_of_its_kind() -> None:
    assert rules().event_categories("10") == ("07", "0701")
    assert rules().event_categories("1001") == ("07", "0701")
    assert rules().event_categories("99") == ()
    assert rules().event_categories("77") == ()


def test_the_template_in_force_is_given_out() -> None:
    old = NumberFormat("case", "案卷号", "第{seq}号（{year}）", "", Certainty.UNSURE)
    new = NumberFormat("case", "案卷号", "（{year}）第{seq}号", "", Certainty.UNSURE, effective_from=CHANGE)
    formats = NumberFormats((old, new))
    assert formats.template("case", BEFORE) == "第{seq}号（{year}）"
    assert formats.template("case") == "（{year}）第{seq}号"
    assert list(formats) == [old, new]
    with pytest.raises(KeyError):
        formats.template("oral")


def test_only_files_of_the_named_endings_have_a_media_type() -> None:
    limits = AttachmentLimits(20, {"jpg": "image/jpeg"})
    assert limits.media_type("签字页.JPG") == "image/jpeg"
    assert limits.media_type("签字页.exe") is None
    assert limits.media_type("jpg") is None


def test_years_without_a_notice_are_not_known() -> None:
    holidays = Holidays(years=frozenset({2026}))
    assert holidays.knows(BEFORE)
    assert not holidays.knows(date(2027, 1, 1))
