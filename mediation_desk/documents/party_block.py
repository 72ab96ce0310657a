"""The block of a party (当事人信息块): three ruled lines for a person, the like for an organisation, more for agents.

It shows the age on the day of the paper and no identity number, as the national form does: the number is in the file
as a copy of the card only.
"""

from datetime import date

from mediation_desk.documents.page import FIELDS, Sheet
from mediation_desk.documents.paper_input import PaperInput, listed
from mediation_desk.documents.paragraph import Blank
from mediation_desk.domain.party import Agent, AgentKind, Party, PartyKind

_PRINTED_GENDERS = ("男", "女")
_OTHER_POWER = "other"


def add_party(sheet: Sheet, given: PaperInput, party: Party, day: date, role: str) -> None:
    """Add the block of one party, undivided. `role` is its caption: 当事人, 申请人, 被申请人."""
    place = f"{role}“{party.name}”"
    with sheet.together():
        if party.kind is PartyKind.NATURAL:
            _add_person(sheet, given, party, day, role, place)
        else:
            _add_organisation(sheet, party, role, place)
        for agent in party.agents:
            _add_agent(sheet, given, agent, f"{place}的{agent.kind.label}“{agent.name}”")
        if party.lacks_guardian(day):
            _add_agent(sheet, given, Agent(kind=AgentKind.STATUTORY, name=""), place)
    sheet.add_gap(4)


def _add_person(sheet: Sheet, given: PaperInput, party: Party, day: date, role: str, place: str) -> None:
    age = party.age_on(day)
    sheet.add(
        Blank(party.name, 84, f"{role}{'代表' if party.represents_group else ''}姓名", grow=1),
        Blank(_gender(given, party), 32, "性别"),
        Blank(given.rules.table("ethnicity").label(party.ethnicity), 62, "民族"),
        Blank("" if age is None else f"{age}岁", 38, "年龄"),
        style=FIELDS,
        place=place,
    )
    sheet.add(
        Blank(party.occupation, 120, "职业或职务", grow=1),
        Blank(party.phone, 112, "联系方式", grow=1),
        style=FIELDS,
        place=place,
    )
    sheet.add(Blank(party.address or party.workplace, 112, "单位或住址", grow=1), style=FIELDS, place=place)


def _gender(given: PaperInput, party: Party) -> str:
    label = given.rules.table("gender").label(party.gender)
    return label if label in _PRINTED_GENDERS else ""


def _add_organisation(sheet: Sheet, party: Party, role: str, place: str) -> None:
    sheet.add(Blank(party.name, 112, f"{role}名称", grow=1), style=FIELDS, place=place)
    sheet.add(
        Blank(party.legal_representative, 84, "法定代表人（负责人）", grow=1),
        Blank(party.legal_representative_post, 84, "职务", grow=1),
        style=FIELDS,
        place=place,
    )
    code = [Blank(party.uscc, 154, "统一社会信用代码")] if party.uscc else []
    sheet.add(*code, Blank(party.phone, 84, "联系方式", grow=1), style=FIELDS, place=place)
    sheet.add(Blank(party.address, 112, "住所", grow=1), style=FIELDS, place=place)


def _add_agent(sheet: Sheet, given: PaperInput, agent: Agent, place: str) -> None:
    fields = [
        Blank(agent.name, 84, f"{agent.kind.label}姓名", grow=1),
        Blank(agent.relation, 62, "与当事人关系", grow=1),
    ]
    if agent.kind is AgentKind.ENTRUSTED:
        fields.append(Blank(_powers(given, agent), 112, "代理权限", grow=1))
    sheet.add(*fields, Blank(agent.phone, 112, "联系方式", grow=1), style=FIELDS, place=place)


def _powers(given: PaperInput, agent: Agent) -> str:
    table = given.rules.table("agent_power")
    named = [table.label(code) for code in agent.powers if code != _OTHER_POWER or not agent.powers_other]
    return listed([*named, agent.powers_other] if agent.powers_other else named)
