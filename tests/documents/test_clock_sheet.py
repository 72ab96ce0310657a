"""How a time limit was counted, on paper."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from mediation_desk.documents.clock_sheet import ClockSheet, draw_clock_sheet
from mediation_desk.documents.fonts import GlyphMissing
from mediation_desk.domain.day_count import Stop
from mediation_desk.domain.procedure_clock import running, until_day
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.time_facts import ClockKind, Extension
from tests.documents.reading import Paper

START, TODAY = date(2026, 2, 12), date(2026, 3, 20)
Read = Callable[[bytes], Paper]


def said(rules: Rules, rule: str = "T03", kind: ClockKind = ClockKind.MEDIATION, **facts: object) -> ClockSheet:
    on_paper = {
        name: facts.pop(name) for name in ("extensions", "orders", "is_practice", "file_title") if name in facts
    }
    told: dict[str, object] = {
        "centre": "示例街道综治中心",
        "case_number": "（2026）示人调字第7号",
        "file_title": "张三与李四医疗纠纷",
        "clock": running(kind, rules, rules.period(rule), START, **facts),  # type: ignore[arg-type]  # any fact
        "holidays": rules.holidays,
        "today": TODAY,
        "made_by": "登记员",
    }
    return ClockSheet(**told | on_paper)  # type: ignore[arg-type]  # any field


def test_it_tells_rule_source_beginning_and_end(rules: Rules, read: Read) -> None:
    text = read(draw_clock_sheet(said(rules)).pdf).text
    assert "期限计算说明" in text
    assert "案件：张三与李四医疗纠纷" in text
    assert "规则：医疗纠纷调解期限（鉴定时间不计入），30个工作日" in text
    assert "依据：医疗纠纷预防和处理条例第38条" in text
    assert "起算：2026年2月12日，受理" in text
    assert "届满：2026年4月1日" in text
    assert "情况：截至2026年3月20日，还有8个工作日" in text
    assert "（2026）示人调字第7号" in text
    assert "练习" not in text


def test_every_day_is_in_the_calendar_and_says_whether_it_counts(rules: Rules, read: Read) -> None:
    text = read(draw_clock_sheet(said(rules)).pdf).text
    assert "2-122-132-142-15起算第1日第2日休息" in text  # a week a row
    assert all(f"第{number}日" in text for number in range(1, 31))
    assert "第31日" not in text
    assert "2026-02-14" in text
    assert "春节调休上班" in text
    assert "休息日，不计春节" in text
    assert "周末" not in text.replace("调休上班的周末", "")


def test_stops_and_extensions_are_told_with_who_approved(rules: Rules, read: Read) -> None:
    more = Extension(
        clock=ClockKind.MEDIATION,
        days=10,
        approved_on=date(2026, 3, 16),
        approved_by="各方当事人同意",
        reason="等鉴定意见",
        by_id=1,
        recorded_at=datetime(2026, 3, 16, 9),
    )
    stopped = Stop(since=date(2026, 3, 2), until=date(2026, 3, 8), reason="委托鉴定或专家咨询")
    text = read(draw_clock_sheet(said(rules, stops=(stopped,), further=10, extensions=[more])).pdf).text
    assert "停计：2026年3月2日至2026年3月8日，委托鉴定或专家咨询" in text
    assert "延长：10个工作日，2026年3月16日批准（各方当事人同意），理由：等鉴定意见" in text
    assert "届满：2026年4月23日" in text
    assert "3-23-33-43-53-63-73-8" + "停计" * 7 in text


def test_one_that_stands_still_says_what_is_left_and_goes_up_to_today(rules: Rules, read: Read) -> None:
    stopped = Stop(since=date(2026, 3, 2), until=None, reason="各方约定暂停")
    text = read(draw_clock_sheet(said(rules, "T02", stops=(stopped,))).pdf).text
    assert "停计：2026年3月2日起，尚未恢复，各方约定暂停" in text
    assert "届满：停计中，已计17天，尚余13天" in text
    assert "3-163-173-183-193-20" + "停计" * 5 in text
    assert "3-21" not in text


def test_what_moved_the_last_day_and_what_nobody_announced_yet_is_said(rules: Rules, read: Read) -> None:
    clock = said(rules, "T13", ClockKind.ENFORCEMENT, about="示调字第1号")
    text = read(draw_clock_sheet(clock).pdf).text
    assert "期限：申请强制执行（示调字第1号）" in text
    assert "24个月，末日逢休息日顺延" in text
    assert "未确认：2028年2月12日是休息日（星期六），顺延到2028年2月14日。2028年的放假安排尚未导入" in text
    assert "分段表（期限较长，逐日表从略）" in text
    assert "第1日至第730日" in text


def test_it_names_the_orders_it_answers(rules: Rules, read: Read) -> None:
    paper = read(draw_clock_sheet(said(rules, orders=["2026年3月18日对示例所的督办（第1号）"], is_practice=True)).pdf)
    assert "用于答复：2026年3月18日对示例所的督办（第1号）" in paper.text
    assert "练习" in paper.text


def test_a_day_that_somebody_set_has_no_rule(rules: Rules, read: Read) -> None:
    last = START + timedelta(days=10)
    clock = running(ClockKind.SUPERVISION, rules, until_day("督办单的答复期限", "督办单确定的日期", START, last), START)
    text = read(draw_clock_sheet(ClockSheet("中心", "", "张三与李四纠纷", clock, rules.holidays, TODAY)).pdf).text
    assert "规则：" not in text
    assert "依据：督办单确定的日期" in text
    assert "届满：2026年2月22日" in text


def test_a_name_nobody_can_print_is_refused_with_its_place(rules: Rules) -> None:
    with pytest.raises(GlyphMissing, match="期限的说明"):
        draw_clock_sheet(said(rules, file_title="张\ue000与李四"))
