"""A correction begins with exactly what was registered, and with copies, so that nothing changes before it is saved."""

from dataclasses import fields

from mediation_desk.domain.party import Agent, AgentKind
from mediation_desk.gui.as_registered import intake_of
from mediation_desk.services.intake import Intake
from tests.desk import Desk as Clerk
from tests.desk import claimant, intake, respondent


def test_every_field_is_brought_over(clerk: Clerk) -> None:
    facts: dict[str, object] = {
        "title": "张三与李四漏水纠纷", "occurred_at": "甲小区", "dispute_kind": "02", "event_category": "0203",
        "case_source": "application", "source_document": "信字1号", "channel": "visit", "people_involved": 5,
        "claimed_fen": 100, "safety_flags": ("violence",), "safety_note": "已报告", "remark": "下午来",
    }  # fmt: skip
    case = clerk.case(clerk.registered(**facts))
    as_typed = intake(101, **facts)
    found = intake_of(case, as_typed.uid)
    same = {each.name for each in fields(Intake)} - {"parties"}
    assert {name: getattr(found, name) for name in same} == {name: getattr(as_typed, name) for name in same}


def test_parties_and_agents_are_copies(clerk: Clerk) -> None:
    agent = Agent(kind=AgentKind.ENTRUSTED, name="赵六")
    case = clerk.case(clerk.registered(parties=(claimant(agents=[agent]), respondent())))
    first, _ = intake_of(case, "").parties
    first.name = first.agents[0].name = "改过"
    assert (case.parties[0].name, case.parties[0].agents[0].name) == ("张三", "赵六")
