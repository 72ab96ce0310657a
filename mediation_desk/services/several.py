"""One decision for several cases at once: done where it can be, and told of every other case why not."""

from collections.abc import Sequence
from typing import NamedTuple

from mediation_desk.domain.errors import NotAllowed, NotFound, RuleBroken, refuse_unless
from mediation_desk.domain.rights import Right
from mediation_desk.domain.stage import Stage
from mediation_desk.services.act import Act, needs
from mediation_desk.services.triage import triage
from mediation_desk.store.records import Records

MOST = 200
"""So many cases are decided together at most: somebody has to have looked at them."""


class NotDone(NamedTuple):
    """A case that was left as it is, and why."""

    called: str
    sentence: str


class Several(NamedTuple):
    """How many cases were done, and which were not."""

    done: int
    not_done: Sequence[NotDone]


@needs(Right.TRIAGE)
def triage_all(
    records: Records, act: Act, case_ids: Sequence[int], *, path: str, reason: str = "", dispute_kind: str = ""
) -> Several:
    """Record the same lawful way for cases that were only registered so far. One that refuses leaves the others."""
    refuse_unless(path in act.rules.table("statutory_path"), "请选择办理途径。", "statutory_path")
    refuse_unless(len(case_ids) <= MOST, f"一次最多办理{MOST}件，现在选中{len(case_ids)}件。请分几次选。")
    rows = {row.id: row for row in records.cases.rows(case_ids)}
    not_done = []
    for case_id in case_ids:
        row = rows.get(case_id)
        try:
            refuse_unless(row is None or row.stage == Stage.REGISTERED, _decided(row.stage if row else ""))
            with records.session.begin_nested():  # what a case refuses half way is as if it had not been begun
                triage(records, act, case_id, path=path, reason=reason, dispute_kind=dispute_kind)
        except (RuleBroken, NotAllowed, NotFound) as refusal:
            not_done.append(NotDone(row.called if row else f"序号{case_id}", str(refusal)))
    return Several(len(case_ids) - len(not_done), not_done)


def _decided(stage: str) -> str:
    label = Stage(stage).label if stage else ""
    return f"案件{label}，不在待分流之列。要改途径，请打开案件办理。"
