"""Calling somebody who is on call (随驻): one by one, in pairs or all at once, each call with its times and answer."""

from dataclasses import dataclass, field
from datetime import datetime

from mediation_desk.domain.labelled import Labelled


class Urgency(Labelled):
    """How soon somebody must be there; how many are called at a time and how long an answer may take: settings."""

    URGENT = "urgent", "紧急"
    NORMAL = "normal", "一般"
    BOOKED = "booked", "预约"


class CallAnswer(Labelled):
    """What became of a call. Declining costs nothing; silence counts (`call_out_flow.py`)."""

    WAITING = "waiting", "已呼叫，等待答复"
    ACCEPTED = "accepted", "接受"
    DECLINED = "declined", "谢绝"
    NO_ANSWER = "no_answer", "未答复"
    WITHDRAWN = "withdrawn", "已撤回"


class CallOutState(Labelled):
    RUNNING = "running", "呼叫中"
    FOUND = "found", "已有人接受"
    EXHAUSTED = "exhausted", "名单用尽"
    STOPPED = "stopped", "已停止"


@dataclass(eq=False, kw_only=True)
class Call:
    """One call to one mediator. `reason` is why somebody declined, as told; it is never counted against them.

    An answer after the time was up is kept with `late`.
    """

    mediator_id: int
    place: int
    called_at: datetime
    answer_by: datetime
    answer: CallAnswer = CallAnswer.WAITING
    answered_at: datetime | None = None
    late: bool = False
    reason: str = ""
    arrived_at: datetime | None = None
    by_id: int


@dataclass(eq=False, kw_only=True)
class CallOut:
    """A search for one person on call, for a case or for the window.

    `order` is the list of mediator ids as it was ranked when the search began; `at_a_time` of them are called
    together and have `minutes` to answer. `profession` (table `mediator_profession`) and `purpose` say what for.
    """

    id: int | None = None
    uid: str
    case_id: int | None = None
    profession: str = ""
    purpose: str = ""
    urgency: Urgency = Urgency.NORMAL
    at_a_time: int = 1
    minutes: int = 15
    order: list[int] = field(default_factory=list)
    state: CallOutState = CallOutState.RUNNING
    began_at: datetime
    ended_at: datetime | None = None
    end_note: str = ""
    by_id: int
    calls: list[Call] = field(default_factory=list)

    @property
    def waiting(self) -> list[Call]:
        """Calls that nobody has answered yet."""
        return [call for call in self.calls if call.answer is CallAnswer.WAITING]
