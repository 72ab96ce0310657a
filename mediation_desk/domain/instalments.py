"""Splits a sum into monthly parts: a proposal that people change as they like."""

from datetime import date

from mediation_desk.domain.agreement import Instalment
from mediation_desk.domain.working_days import add_months

MOST_INSTALMENTS = 360
"""Thirty years of months; more is a typing error."""


def equal_instalments(total_fen: int, number: int, first_due: date) -> list[Instalment]:
    """`number` parts a month apart that sum to `total_fen`; what does not divide goes into the last.

    Parts are whole yuan where the sum allows. A month too short for the day of `first_due` takes its last day.
    Raises `ValueError` with a sentence for a number or a sum that cannot be split.
    """
    if not 2 <= number <= MOST_INSTALMENTS:
        raise ValueError(f"期数应在2至{MOST_INSTALMENTS}之间。")
    if total_fen < number:
        raise ValueError("请先填写总金额，再分期。")
    part = total_fen // number
    if part >= 100:
        part -= part % 100
    amounts = [part] * (number - 1) + [total_fen - part * (number - 1)]
    return [
        Instalment(due_on=add_months(first_due, index), amount_fen=amount_fen)
        for index, amount_fen in enumerate(amounts)
    ]
