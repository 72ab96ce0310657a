"""三项建议: to improve work, to improve policy, to hold somebody accountable (信访工作条例 art. 40, 41)."""

from datetime import date

from mediation_desk.domain.case import Case, EventKind
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import Faults, NotFound
from mediation_desk.domain.rights import Right
from mediation_desk.domain.supervision import Suggestion, SuggestionKind
from mediation_desk.services.act import Act, needs, note
from mediation_desk.services.supervision import is_accused
from mediation_desk.store.records import Records


@needs(Right.SUPERVISE)
def make_suggestion(
    records: Records,
    act: Act,
    case_id: int,
    *,
    kind: SuggestionKind,
    unit: str,
    text: str,
    made_on: date | None = None,
) -> Suggestion:
    """Record a suggestion to a unit. What a case teaches may be suggested after its end too."""
    case = records.cases.get(case_id)
    day = made_on or act.today
    faults = Faults()
    faults.check(unit.strip(), "请写明向哪个单位提建议。", "unit")
    faults.check(
        not is_accused(case, unit),
        "这是检举控告事项，不能把内容发给被检举的单位（信访工作条例第三十条）。请改写提建议的单位。",
        "unit",
    )
    faults.check(text.strip(), "请写明建议的内容。", "suggestion_text")
    faults.check(case.requested_on <= day <= act.today, "提出日期应在登记日期之后、不晚于今天。", "made_on")
    faults.refuse_if_any()
    suggestion = Suggestion(
        no=max((each.no for each in case.suggestions), default=0) + 1,
        kind=kind,
        unit=unit.strip(),
        text=text.strip(),
        made_on=day,
        by_id=act.by_id,
        recorded_at=act.at,
    )
    case.suggestions.append(suggestion)
    note(case, act, EventKind.SUGGESTED, day, f"向{suggestion.unit}建议{kind.label}：{suggestion.text}")
    records.flush()
    return suggestion


@needs(Right.SUPERVISE, Right.FOLLOW_UP)
def answer_suggestion(
    records: Records, act: Act, case_id: int, no: int, *, answered_on: date, answer: str, adopted: bool
) -> Case:
    """Record what the unit answered, and whether it adopted the suggestion."""
    case = records.cases.get(case_id)
    suggestion = find_suggestion(case, no)
    faults = Faults()
    faults.check(suggestion.answered_on is None, f"这项建议的答复已在{show_day(suggestion.answered_on)}登记。")
    faults.check(
        suggestion.made_on <= answered_on <= act.today,
        f"答复日期应在提出日期（{show_day(suggestion.made_on)}）之后、不晚于今天。",
        "answered_on",
    )
    faults.check(answer.strip(), "请写明单位怎样答复。", "answer")
    faults.refuse_if_any()
    suggestion.answered_on, suggestion.answer, suggestion.adopted = answered_on, answer.strip(), adopted
    verdict = "已采纳" if adopted else "未采纳"
    note(case, act, EventKind.SUGGESTED, answered_on, f"{suggestion.unit}答复（{verdict}）：{suggestion.answer}")
    records.flush()
    return case


def find_suggestion(case: Case, no: int) -> Suggestion:
    """Raises `NotFound`."""
    suggestion = next((each for each in case.suggestions if each.no == no), None)
    if suggestion is None:
        raise NotFound(f"本案没有第{no}项建议。请刷新案件。")
    return suggestion
