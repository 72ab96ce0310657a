"""What can be undone: facts that have not left the house. For everything else, the sentence that says what to do.

The rule goes by what a step wrote, table by table; a few steps are named, as they do something besides.
"""

from collections.abc import Iterable, Mapping

from mediation_desk.services.paper_log import DRAFT
from mediation_desk.store.sealing import Change

KEPT = frozenset({"rankings"})
"""What a step wrote there stays: who was proposed, and which lots were drawn, is proof and never taken back."""

UNDOABLE = frozenset(
    {
        "agents",
        "agreements",
        "assignments",
        "breaches",
        "cadre_visits",
        "cases",
        "clauses",
        "clock_stops",
        "closings",
        "conference_decisions",
        "conferences",
        "confidential_notes",
        "confirmation_steps",
        "decisions",
        "events",
        "extensions",
        "follow_ups",
        "instalments",
        "lawsuits",
        "lead_cadres",
        "obligations",
        "outcomes",
        "paper_entries",
        "parties",
        "performances",
        "petition_steps",
        "petitions",
        "ratings",
        "red_flags",
        "recusal_checks",
        "relations",
        "responsibility_transfers",
        "risk_assessments",
        "saved_filters",
        "sessions",
        "stances",
        "suggestions",
        "supervision_orders",
        "triages",
        "upstream_entries",
        "willingness",
    }
)

_SETTING = "设置不在这里撤销。请到原处改回。"
_ROSTER = "排班和签到不在这里撤销。请到排班页撤销，或到原处更正。"
_REFERRED = "转办往来已经送出或签收，不能撤销。请登记“撤回”或“退回”，原记录保留。"
_PRINTED = "文书已经打印或另存，不能撤销。请更正后重新打印，重印的会注明。"

WHY_NOT: Mapping[str, str] = {
    "appointments": _SETTING,
    "attachments": "附件已经收存，不能撤销。收错的请用“移除附件”，并写明原因。",
    "attendances": _ROSTER,
    "blank_forms": "空白表的编号已经发出或用掉，不能撤销。",
    "call_outs": "呼叫已经打出，不能撤销。请登记答复，或停止呼叫。",
    "calls": "呼叫已经打出，不能撤销。请登记答复，或停止呼叫。",
    "centres": _SETTING,
    "committee_members": _SETTING,
    "committees": _SETTING,
    "duty_rosters": _ROSTER,
    "duty_shifts": _ROSTER,
    "follow_up_draws": "抽签结果要留存，不能撤销。",
    "holiday_notices": _SETTING,
    "issued_numbers": "编号发出或作废后不再改动，不能撤销。编错的请用“编号作废”，并写明原因。",
    "leaves": _ROSTER,
    "mediators": _SETTING,
    "opening_exceptions": _SETTING,
    "own_settings": _SETTING,
    "paper_versions": _PRINTED,
    "posts": _SETTING,
    "red_flag_reports": "险情已经报告，不能撤销。情况有变请另作报告。",
    "referral_steps": _REFERRED,
    "referrals": _REFERRED,
    "signatures": "签署是当事人作出的，不能撤销。如需变更，请另立补充协议。",
    "swap_requests": _ROSTER,
    "unit_clashes": _SETTING,
    "users": _SETTING,
    "wishes": _ROSTER,
}
"""By table."""

REGISTERED = "来访已经登记，不能撤销。登记有误请用“更正登记”；不该受理的请作出决定。"
STEPS_WHY_NOT: Mapping[str, str] = {
    "freeze_agreement": "协议已经定稿，不能撤销。需要修改请用“撤回定稿”，并写明原因。",
    "withdraw_agreement": "定稿已经撤回，不能撤销。请修改草稿后重新定稿。",
    "remove_attachment": "附件内容已经移除，不能撤销。需要的请重新收存。",
    "mend_store": "数据修复不能撤销。",
}
"""By step, where the tables alone do not tell."""


def why_not(what: str, changes: Iterable[Change]) -> str:
    """Why a step of this name that wrote these rows cannot be undone, "" where it can."""
    if what in STEPS_WHY_NOT:
        return STEPS_WHY_NOT[what]
    for change in changes:
        if change.table == "cases" and change.before is None:
            return REGISTERED
        if change.table == "paper_versions" and change.held["code"] == DRAFT:
            continue
        if change.table in WHY_NOT:
            return WHY_NOT[change.table]
    return ""
