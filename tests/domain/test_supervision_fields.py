"""What papers of orders and conferences take from the facts, and what stays as it was typed."""

from datetime import date
from typing import Any

from mediation_desk.domain.case import Case
from mediation_desk.domain.centre import Centre
from mediation_desk.domain.form_values import is_there, list_of, rows_of, text_of, with_told
from mediation_desk.domain.forms import About
from mediation_desk.domain.paper import PaperEntry
from mediation_desk.domain.paper_input import PaperInput, subjects
from mediation_desk.domain.party import Party, Side
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.supervision import Conference, ConferenceDecision, ConferenceKind, SupervisionOrder
from tests.desk import NOW, TODAY

BY: dict[str, Any] = {"by_id": 1, "recorded_at": NOW}
DUE = date(2026, 11, 30)


def a_case(name: str = "张三", number: str = "（2026）示人调字第1号") -> Case:
    return Case(
        uid=name,
        centre_id=1,
        number=number,
        requested_on=TODAY,
        registered_at=NOW,
        first_contact_id=1,
        matter="",
        demand="",
        parties=[Party(no=1, side=Side.CLAIMANT, name=name)],
    )


def a_conference(*decisions: ConferenceDecision) -> Conference:
    return Conference(
        no=1,
        meeting="m",
        kind=ConferenceKind.JOINT,
        held_on=TODAY,
        chair="许主任",
        units=["区住建局　甲某　副科长 兼", "示例街道"],
        minutes="先鉴定。",
        decisions=list(decisions),
        **BY,
    )


def a_decision(no: int, text: str, helpers: str = "") -> ConferenceDecision:
    return ConferenceDecision(no=no, text=text, unit="区住建局", helpers=helpers, due_on=DUE)


def paper(rules: Rules, case: Case, code: str, meeting: tuple[Case, ...] = ()) -> PaperInput:
    form = rules.form(code)
    [*_, subject] = subjects(case, form.about, code)
    entry = next((each for each in case.entries if (each.code, each.no) == (code, subject.no)), None)
    centre = Centre(uid="c", name="示例中心")
    given = PaperInput(
        case=case,
        centre=centre,
        committee=None,
        mediators={},
        rules=rules,
        day=TODAY,
        about=subject.thing,
        entry=entry,
        meeting=meeting,
    )
    return with_told(form, given)


def test_an_order_fills_its_paper_and_leaves_the_rest_as_typed(rules: Rules) -> None:
    case = a_case()
    case.supervision_orders.append(
        SupervisionOrder(no=1, unit="示例所", fault_code="evaded", demand="说明", issued_on=TODAY, due_on=DUE, **BY)
    )
    case.entries.append(PaperEntry(code="E7", no=1, values={"contact": "钱科员", "unit": "旧单位"}, **BY))
    given = paper(rules, case, "E7")
    assert text_of(given, "entry.unit") == "示例所"
    assert text_of(given, "entry.contact") == "钱科员"
    assert list_of(given, "entry.faults") == ["推诿、敷衍"]
    assert (text_of(given, "entry.deadline"), text_of(given, "entry.replied_on")) == ("2026年11月30日", "")
    assert not is_there(given, "entry.reply")
    assert [each.values for each in case.entries] == [{"contact": "钱科员", "unit": "旧单位"}]


def test_a_paper_typed_before_orders_were_facts_stays_as_it_was(rules: Rules) -> None:
    case = a_case()
    case.entries.append(PaperEntry(code="E7", no=1, values={"unit": "旧单位"}, **BY))
    assert text_of(paper(rules, case, "E7"), "entry.unit") == "旧单位"
    case.supervision_orders.append(
        SupervisionOrder(no=2, unit="示例所", fault_code="evaded", demand="说明", issued_on=TODAY, due_on=DUE, **BY)
    )
    assert [(each.no, each.mark) for each in subjects(case, About.SUPERVISION, "E7")] == [
        (1, "（第1份）"),
        (2, "（第2次）"),
    ]
    assert text_of(paper(rules, case, "E7"), "entry.unit") == "示例所"


def test_a_conference_about_one_case_fills_its_paper(rules: Rules) -> None:
    case = a_case()
    case.conferences.append(a_conference(a_decision(1, "先作鉴定", "示例街道")))
    given = paper(rules, case, "E8")
    assert text_of(given, "conference.cases") == "张三纠纷　（2026）示人调字第1号"
    assert (text_of(given, "entry.kind"), text_of(given, "entry.discussion")) == ("联席会议", "先鉴定。")
    assert rows_of(given, "entry.units") == [["区住建局", "甲某", "副科长 兼"], ["示例街道", "", ""]]
    assert rows_of(given, "entry.decisions") == [["先作鉴定（示例街道配合）", "区住建局", "2026年11月30日"]]


def test_one_about_several_cases_names_all_and_says_which_each_decision_is_about(rules: Rules) -> None:
    first, second = a_case(), a_case("李四", "")
    first.conferences.append(a_conference(a_decision(2, "一并答复")))
    second.conferences.append(a_conference(a_decision(1, "先作鉴定")))
    given = paper(rules, second, "E8", (first, second))
    assert text_of(given, "conference.cases") == "1．张三纠纷　（2026）示人调字第1号\n2．李四纠纷"
    assert [row[0] for row in rows_of(given, "entry.decisions")] == ["（第2件）先作鉴定", "（第1件）一并答复"]


def test_a_form_asks_only_for_what_the_fact_does_not_tell(rules: Rules) -> None:
    asked = {code: [each.name for each in rules.form(code).for_a_fact.inputs] for code in ("E7", "E8")}
    assert asked == {"E7": ["number", "facts", "contact"], "E8": ["number", "began", "recorder", "matters"]}
