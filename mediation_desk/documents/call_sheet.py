"""The call sheet of a call-out: who is called in which order, and what came of each call, printed or for the pen.

What has not happened yet is an empty cell to be written in; nothing is filled in that nobody told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mediation_desk.documents.page import CAPTION, FIELDS, PAPER_TITLE, SMALL, Frame, Sheet, TableColumn
from mediation_desk.domain.call_out import Call, CallAnswer, CallOut
from mediation_desk.domain.dates import day_in_words, show_time

TITLE = "随驻人员呼叫单"
_COLUMNS = (
    TableColumn("次序", 1.1, centred=True),
    TableColumn("姓名", 2.6),
    TableColumn("单位", 3.4),
    TableColumn("电话", 3.6),
    TableColumn("呼叫", 1.7, centred=True),
    TableColumn("答复", 2.4),
    TableColumn("时间", 1.7, centred=True),
    TableColumn("到达", 1.7, centred=True),
)
_LEAST_ROWS = 6
_RULED_LINES = 3
_BELOW_TABLE = 6.0
_ADVICE = "谢绝的请记下本人所说的理由，谢绝不作评价；答复后请立即记入系统。"


@dataclass(frozen=True)
class Callee:
    """Somebody on the list."""

    name: str
    unit: str = ""
    phone: str = ""


@dataclass(frozen=True)
class CallSheet:
    """What a call sheet says. `people` by mediator id, all of the list; `begun_by` is the user who began."""

    centre: str
    call_out: CallOut
    people: Mapping[int, Callee]
    profession: str = ""
    case_number: str = ""
    begun_by: str = ""
    is_practice: bool = False


def draw_call_sheet(said: CallSheet) -> bytes:
    """The PDF. Raises `GlyphMissing`."""
    call_out = said.call_out
    frame = Frame(TITLE, said.centre, said.case_number, ("练习",) if said.is_practice else ())
    sheet = Sheet(frame, names=[each.name for each in said.people.values()])
    sheet.add(TITLE, style=PAPER_TITLE)
    for line in _head(said):
        sheet.add(line, style=FIELDS, place="呼叫事由")
    sheet.add_table(_COLUMNS, _rows(said), least=_LEAST_ROWS, place="呼叫名单")
    sheet.add_gap(_BELOW_TABLE)
    sheet.add(_ADVICE, style=SMALL)
    for call in call_out.calls:
        if call.reason:
            sheet.add(f"{said.people[call.mediator_id].name}：{call.reason}", style=SMALL, place="谢绝的理由")
    if call_out.ended_at is not None:
        ended = f"{_moment(call_out.ended_at)} {call_out.state.label}。{call_out.end_note}"
        sheet.add(ended, style=FIELDS, place="结果")
    sheet.add("备注：", style=CAPTION, keep=True)
    sheet.add_ruled("", least=_RULED_LINES)
    return sheet.pdf()


def _head(said: CallSheet) -> list[str]:
    call_out = said.call_out
    at_a_time = f"每次呼叫{call_out.at_a_time}人" if call_out.at_a_time else "同时呼叫全部"
    wanted = "　".join(filter(None, (said.profession and f"需要：{said.profession}", call_out.purpose)))
    begun = f"开始：{_moment(call_out.began_at)}" + (f"　发起人：{said.begun_by}" if said.begun_by else "")
    return [
        *([wanted] if wanted else []),
        f"缓急：{call_out.urgency.label}　{at_a_time}，{call_out.minutes}分钟内答复",
        begun,
    ]


def _rows(said: CallSheet) -> list[Sequence[str]]:
    """The calls in order, then who is on the list and was not called."""
    call_out = said.call_out
    called = {call.mediator_id for call in call_out.calls}
    waiting = [each for each in call_out.order if each not in called]
    rows = [_row(at, said.people[call.mediator_id], call) for at, call in enumerate(call_out.calls, start=1)]
    return rows + [
        _row(at, said.people[mediator_id]) for at, mediator_id in enumerate(waiting, start=len(call_out.calls) + 1)
    ]


def _row(place: int, callee: Callee, call: Call | None = None) -> Sequence[str]:
    told = ("", "", "", "")
    if call is not None:
        answer = "" if call.answer is CallAnswer.WAITING else call.answer.label + ("（超时）" if call.late else "")
        told = (_time(call.called_at), answer, _time(call.answered_at), _time(call.arrived_at))
    return (str(place), callee.name, callee.unit, callee.phone, *told)


def _time(moment: datetime | None) -> str:
    return show_time(moment.time()) if moment else ""


def _moment(moment: datetime) -> str:
    return f"{day_in_words(moment.date())} {_time(moment)}"
