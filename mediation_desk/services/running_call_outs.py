"""The call-outs somebody must look after now. Apart from `call_out.py`, because 今日 asks for them at the start."""

from collections.abc import Mapping
from typing import NamedTuple

from mediation_desk.domain.call_out import CallOut, CallOutState, Urgency
from mediation_desk.domain.mediator import Mediator
from mediation_desk.services.act import Act
from mediation_desk.store.records import Records


class RunningCallOut(NamedTuple):
    """A search that goes on, or whose list was used up and that nobody ended. `names`: who waits to answer."""

    call_out_id: int
    case_id: int | None
    purpose: str
    urgency: Urgency
    state: CallOutState
    names: tuple[str, ...]


def running_call_outs(records: Records, _act: Act) -> list[RunningCallOut]:
    """The searches somebody must look after, those whose list is used up first."""
    running = records.call_outs.running()
    names = records.mediators.some({call.mediator_id for each in running for call in each.waiting})
    found = [_running(each, names) for each in running]
    return sorted(found, key=lambda each: (each.state is not CallOutState.EXHAUSTED, each.call_out_id))


def _running(call_out: CallOut, names: Mapping[int, Mediator]) -> RunningCallOut:
    assert call_out.id is not None
    called = tuple(names[call.mediator_id].name for call in call_out.waiting)
    return RunningCallOut(call_out.id, call_out.case_id, call_out.purpose, call_out.urgency, call_out.state, called)
