"""会商: conferences about hard cases, what they decided, and whether it was done in time (信访工作条例 art. 13, 24)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.case import Case, EventKind
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import Faults, NotFound
from mediation_desk.domain.rights import Right
from mediation_desk.domain.supervision import Conference, ConferenceDecision, ConferenceKind
from mediation_desk.services.act import Act, needs, note
from mediation_desk.services.supervision import is_accused
from mediation_desk.store.records import Records

PAPER = "E8"


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A decision of a conference about the case at `place` among its cases, counted from 1."""

    text: str
    unit: str
    due_on: date | None
    helpers: str = ""
    place: int = 1


@dataclass(frozen=True, kw_only=True)
class Held:
    """A conference as it was held: `units` one line each, with who came; `meeting` is its uid."""

    meeting: str
    kind: ConferenceKind
    held_on: date
    chair: str
    units: Sequence[str]
    minutes: str
    place: str = ""
    decisions: Sequence[Decided] = ()


@needs(Right.SUPERVISE)
def record_conference(records: Records, act: Act, case_ids: Sequence[int], held: Held) -> list[Conference]:
    """Record a conference (E8) at each of its cases, and each decision at the case it is about."""
    cases = [records.cases.get(each) for each in dict.fromkeys(case_ids)]
    units = [line.strip() for line in held.units if line.strip()]
    faults = Faults()
    faults.check(held.held_on <= act.today, "会议日期不能晚于今天。", "held_on")
    for case in cases:
        faults.check(
            held.held_on >= case.requested_on,
            f"会议日期早于案件的登记日期（{show_day(case.requested_on)}）。",
            "held_on",
        )
        faults.check(case.merged_into is None, "有案件已并入另一案。请改写并入的那一案。", "other_cases")
        accused = any(is_accused(case, line.split()[0]) for line in units)
        faults.check(
            not accused,
            "有案件是检举控告事项，被检举的单位不能参加会商（信访工作条例第三十条）。请改写参加的单位，或者另开一次会。",
            "units",
        )
    faults.check(held.chair.strip(), "请填写主持人。", "chair")
    faults.check(units, "请写明参加的单位。", "units")
    faults.check(held.minutes.strip(), "请写各方意见。", "minutes")
    for no, decided in enumerate(held.decisions, start=1):
        for sentence in _faults_of(decided, held, cases):
            faults.add(f"第{no}项议定事项：{sentence}", "decisions")
    faults.refuse_if_any()
    kept = [_recorded(case, act, held, units, place) for place, case in enumerate(cases, start=1)]
    records.flush()
    return kept


@needs(Right.SUPERVISE, Right.FOLLOW_UP)
def carry_out_decision(
    records: Records, act: Act, case_id: int, conference_no: int, no: int, *, done_on: date, done_note: str
) -> Case:
    """Record that a decision was carried out, and how. What comes after the case was closed is recorded too."""
    case = records.cases.get(case_id)
    conference, decision = find_decision(case, conference_no, no)
    faults = Faults()
    faults.check(decision.done_on is None, f"这项议定事项已在{show_day(decision.done_on)}登记落实。")
    faults.check(
        conference.held_on <= done_on <= act.today,
        f"落实日期应在会议日期（{show_day(conference.held_on)}）之后、不晚于今天。",
        "done_on",
    )
    faults.check(done_note.strip(), "请写明怎样落实的。", "done_note")
    faults.refuse_if_any()
    decision.done_on, decision.done_note, decision.done_by_id = done_on, done_note.strip(), act.by_id
    note(case, act, EventKind.CONFERENCE, done_on, f"落实“{decision.text}”（{decision.unit}）：{decision.done_note}")
    records.flush()
    return case


def cases_of_meeting(records: Records, _act: Act, conference: Conference) -> list[Case]:
    """The cases of a conference that the user may see, in their order."""
    ids = records.cases.ids_of_meeting(conference.meeting, conference.held_on)
    return [records.cases.get(case_id) for case_id in ids]


def find_cases(records: Records, _act: Act, names: Iterable[str]) -> list[int]:
    """The ids of cases that are told by their numbers or query codes. Raises `RuleBroken` with those nobody knows."""
    found, faults = [], Faults()
    for name in filter(None, (each.strip() for each in names)):
        case_id = _case_called(records, name)
        if case_id is None:
            faults.add(f"没有案号或查询码为“{name}”的案件，请核对。", "other_cases")
        else:
            found.append(case_id)
    faults.refuse_if_any()
    return found


def find_decision(case: Case, conference_no: int, no: int) -> tuple[Conference, ConferenceDecision]:
    """Raises `NotFound`."""
    for conference in case.conferences:
        for decision in conference.decisions:
            if (conference.no, decision.no) == (conference_no, no):
                return conference, decision
    raise NotFound("本案没有这项议定事项。请刷新案件。")


def _faults_of(decided: Decided, held: Held, cases: Sequence[Case]) -> Iterable[str]:
    if not decided.text.strip():
        yield "请写明议定的内容。"
    if not decided.unit.strip():
        yield "请写明责任单位。"
    if decided.due_on is None:
        yield "请填写完成期限。"
    elif decided.due_on < held.held_on:
        yield "完成期限早于会议日期。"
    if not 1 <= decided.place <= len(cases):
        yield f"只有{len(cases)}件案件，没有第{decided.place}件。"
    elif is_accused(cases[decided.place - 1], decided.unit):
        yield "这件是检举控告事项，不能交给被检举的单位办（信访工作条例第三十条）。"


def _recorded(case: Case, act: Act, held: Held, units: list[str], place: int) -> Conference:
    conference = Conference(
        no=_next_no(case),
        meeting=held.meeting,
        kind=held.kind,
        held_on=held.held_on,
        place=held.place.strip(),
        chair=held.chair.strip(),
        units=units,
        minutes=held.minutes.strip(),
        decisions=[_decision(no, each) for no, each in enumerate(held.decisions, start=1) if each.place == place],
        by_id=act.by_id,
        recorded_at=act.at,
    )
    case.conferences.append(conference)
    decided = "；".join(f"{each.text}（{each.unit}，{show_day(each.due_on)}前）" for each in conference.decisions)
    told = f"第{conference.no}次，{held.kind.label}，{conference.chair}主持{f'：{decided}' if decided else ''}"
    note(case, act, EventKind.CONFERENCE, held.held_on, told)
    return conference


def _decision(no: int, decided: Decided) -> ConferenceDecision:
    assert decided.due_on is not None
    return ConferenceDecision(
        no=no,
        text=decided.text.strip(),
        unit=decided.unit.strip(),
        helpers=decided.helpers.strip(),
        due_on=decided.due_on,
    )


def _case_called(records: Records, name: str) -> int | None:
    for find in (records.cases.id_of_number, records.cases.id_of_query_code):
        try:
            return find(name)
        except NotFound:
            continue
    return None


def _next_no(case: Case) -> int:
    """After all conferences, and after papers that were typed before conferences were facts."""
    typed = (each.no for each in case.entries if each.code == PAPER)
    return max((*(each.no for each in case.conferences), *typed), default=0) + 1
