from datetime import date
from json import dumps, loads

from mediation_desk.domain.party import Agent, AgentKind, Capacity, Party, PartyKind, Side
from mediation_desk.gui.party_json import party_from_json, party_to_json


def a_party() -> Party:
    mother = Agent(kind=AgentKind.STATUTORY, name="𠮷娜", relation="母亲", powers=["claims"])
    return Party(
        id=7,
        no=3,
        side=Side.RESPONDENT,
        kind=PartyKind.NATURAL,
        name="买买提江·吐尔逊",
        birth_date=date(2018, 12, 31),
        capacity=Capacity.LIMITED,
        represents_group=True,
        agents=[mother],
    )


def test_a_party_comes_back_from_its_json_as_it_was() -> None:
    values = loads(dumps(party_to_json(a_party())))
    again = party_from_json(values)
    assert party_to_json(again) == values
    assert (again.no, again.side, again.name, again.birth_date) == (
        3,
        Side.RESPONDENT,
        "买买提江·吐尔逊",
        date(2018, 12, 31),
    )
    assert (again.agents[0].name, again.agents[0].kind, again.agents[0].powers) == (
        "𠮷娜",
        AgentKind.STATUTORY,
        ["claims"],
    )
    assert again.capacity is Capacity.LIMITED


def test_the_store_s_own_id_does_not_go_into_a_draft() -> None:
    assert "id" not in party_to_json(a_party())
    assert party_from_json(party_to_json(a_party())).id is None


def test_a_draft_of_another_release_is_still_read() -> None:
    party = party_from_json({"no": 1, "side": "claimant", "name": "张三", "shoe_size": 42})
    assert (party.name, party.kind, party.birth_date, party.agents) == ("张三", PartyKind.NATURAL, None, [])
