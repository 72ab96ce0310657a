"""领导包案: a leading cadre takes a hard case on, visits, and says what came of it (信访工作条例 art. 18)."""

from datetime import date

from mediation_desk.domain.case import Case, EventKind
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import Faults, NotFound
from mediation_desk.domain.rights import Right
from mediation_desk.domain.supervision import CadreVisit, LeadCadre
from mediation_desk.services.act import Act, needs, note
from mediation_desk.services.supervision import refuse_unless_open
from mediation_desk.store.records import Records


@needs(Right.SUPERVISE)
def take_on_case(
    records: Records, act: Act, case_id: int, *, name: str, post: str, since: date | None = None
) -> LeadCadre:
    """Record who takes the case on, and in which post. One at a time."""
    case = records.cases.get(case_id)
    day = since or act.today
    refuse_unless_open(case, "登记领导包案")
    now = next((each for each in case.lead_cadres if each.until is None), None)
    faults = Faults()
    faults.check(now is None, f"{now.name if now else ''}正在包案。换人包案的，请先登记前一位的结果。")
    faults.check(name.strip(), "请填写包案领导的姓名。", "cadre_name")
    faults.check(post.strip(), "请填写包案领导的职务。", "post")
    faults.check(case.requested_on <= day <= act.today, "包案日期应在登记日期之后、不晚于今天。", "since")
    faults.refuse_if_any()
    cadre = LeadCadre(
        no=max((each.no for each in case.lead_cadres), default=0) + 1,
        name=name.strip(),
        post=post.strip(),
        since=day,
        by_id=act.by_id,
        recorded_at=act.at,
    )
    case.lead_cadres.append(cadre)
    note(case, act, EventKind.LEAD_CADRE, day, f"{cadre.name}（{cadre.post}）包案")
    records.flush()
    return cadre


@needs(Right.SUPERVISE, Right.FOLLOW_UP)
def record_visit(
    records: Records, act: Act, case_id: int, no: int, *, visited_on: date, situation: str, manner: str = ""
) -> Case:
    """Record a visit, or a meeting with the parties, that the leading cadre made. It may be told after the end."""
    case = records.cases.get(case_id)
    cadre = find_cadre(case, no)
    last = cadre.until or act.today
    faults = Faults()
    faults.check(
        cadre.since <= visited_on <= last,
        f"走访日期应在包案期间（{show_day(cadre.since)}至{show_day(cadre.until) or '今天'}）。",
        "visited_on",
    )
    faults.check(situation.strip(), "请写走访情况。", "visit_situation")
    faults.refuse_if_any()
    cadre.visits.append(
        CadreVisit(
            visited_on=visited_on,
            manner=manner.strip(),
            situation=situation.strip(),
            by_id=act.by_id,
            recorded_at=act.at,
        )
    )
    told = f"{cadre.name}{manner.strip() or '走访'}：{situation.strip()}"
    note(case, act, EventKind.LEAD_CADRE, visited_on, told)
    records.flush()
    return case


@needs(Right.SUPERVISE)
def end_lead(records: Records, act: Act, case_id: int, no: int, *, result: str, until: date | None = None) -> Case:
    """Record what came of it. What comes after the case was closed is recorded too."""
    case = records.cases.get(case_id)
    cadre = find_cadre(case, no)
    day = until or act.today
    begin = max([cadre.since, *(each.visited_on for each in cadre.visits)])
    faults = Faults()
    faults.check(cadre.until is None, f"{cadre.name}的包案已在{show_day(cadre.until)}结束。")
    faults.check(begin <= day <= act.today, f"结束日期应在{show_day(begin)}之后、不晚于今天。", "until")
    faults.check(result.strip(), "请写明包案的结果。", "cadre_result")
    faults.refuse_if_any()
    cadre.until, cadre.result = day, result.strip()
    note(case, act, EventKind.LEAD_CADRE, day, f"{cadre.name}包案结束：{cadre.result}")
    records.flush()
    return case


def find_cadre(case: Case, no: int) -> LeadCadre:
    """Raises `NotFound`."""
    cadre = next((each for each in case.lead_cadres if each.no == no), None)
    if cadre is None:
        raise NotFound(f"本案没有第{no}次领导包案。请刷新案件。")
    return cadre
