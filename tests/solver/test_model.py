import sys
from threading import Event
from unittest.mock import Mock

import highspy
import pytest

from mediation_desk.solver import model
from mediation_desk.solver.model import CannotSolve, Model


def test_the_cheapest_whole_numbers_are_found() -> None:
    sums = Model()
    one, other = sums.column(3), sums.column(3)
    sums.row({one: 2.0, other: 3.0}, least=7)
    outcome = sums.minimise({one: 3, other: 4})
    assert outcome is not None
    assert (outcome.value, outcome.bound, outcome.proven) == (10, 10, True)
    assert [round(value) for value in outcome.columns] == [2, 1]


def test_columns_that_need_not_be_whole_may_be_parts() -> None:
    sums = Model()
    part = sums.column(whole=False)
    sums.row({part: 2.0}, least=1)
    outcome = sums.minimise({part: 2})
    assert outcome is not None
    assert outcome.value == 1
    assert outcome.columns == [0.5]


def test_what_is_held_stays_while_something_else_is_made_small() -> None:
    sums = Model()
    one, other = sums.column(), sums.column()
    sums.row([one, other], least=1)
    sums.hold({one: 1}, 0)
    outcome = sums.minimise({other: 1})
    assert outcome is not None
    assert [round(value) for value in outcome.columns] == [0, 1]


def test_what_is_held_exactly_does_not_get_better_either() -> None:
    sums = Model()
    one = sums.column(5)
    sums.hold({one: 1}, 3, exactly=True)
    outcome = sums.minimise({one: 1})
    assert outcome is not None
    assert outcome.value == 3


def test_nothing_costs_less_than_the_least() -> None:
    sums = Model()
    one, other = sums.column(2), sums.column()
    assert sums.least({one: -3, other: 4}) == -6


def test_rows_that_cannot_be_kept_are_a_fault() -> None:
    sums = Model()
    sums.row([sums.column()], least=2)
    with pytest.raises(CannotSolve, match="Infeasible"):
        sums.minimise({0: 1})


def test_a_column_that_is_not_there_is_a_fault() -> None:
    sums = Model()
    sums.column()
    sums.row([7], most=1)
    with pytest.raises(CannotSolve):
        sums.minimise({0: 1})


def test_a_solver_that_is_not_there_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    sums = Model()
    with pytest.raises(CannotSolve, match="ModuleNotFoundError"):
        sums.minimise({sums.column(): 1})


def test_without_any_time_nothing_is_found() -> None:
    assert _knapsack().minimise(_COSTS, seconds=0) is None


def test_a_known_solution_is_there_even_without_time() -> None:
    outcome = _knapsack().minimise(_COSTS, seconds=0, start={0: 1.0})
    assert outcome is not None
    assert outcome.value == _COSTS[0]
    assert outcome.bound < outcome.value
    assert not outcome.proven


@pytest.mark.parametrize(("step", "bound"), [(1, 8), (5, 10)])
def test_a_bound_is_rounded_to_the_values_there_can_be(step: int, bound: int) -> None:
    highs = Mock()
    highs.getModelStatus.return_value = highspy.HighsModelStatus.kTimeLimit
    highs.getInfo.return_value = Mock(primal_solution_status=2, objective_function_value=10.0, mip_dual_bound=7.2)
    highs.getSolution.return_value = Mock(col_value=[10.0])
    assert model._outcome(highs, step) == (10, bound, [10.0])


def test_a_stop_set_before_ends_it_at_once() -> None:
    stop = Event()
    stop.set()
    outcome = _knapsack().minimise(_COSTS, stop=stop, start={0: 1.0})
    assert outcome is None or outcome.value <= _COSTS[0]


def test_a_stop_that_is_never_set_changes_nothing() -> None:
    with_stop, without = (_knapsack().minimise(_COSTS, stop=stop) for stop in (Event(), None))
    assert with_stop == without


def test_a_solver_that_does_not_listen_is_left_behind() -> None:
    stop, released = Event(), Event()
    stop.set()
    deaf = Mock(run=released.wait)
    try:
        assert not model._run_until(deaf, stop)
    finally:
        released.set()


@pytest.mark.parametrize("error", [RuntimeError, MemoryError])
def test_an_error_inside_the_solver_is_a_fault(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(highspy.Highs, "run", Mock(side_effect=error("inside")))
    with pytest.raises(CannotSolve, match=error.__name__):
        _knapsack().minimise(_COSTS)


_COSTS = {number: -(37 + 13 * number % 29) for number in range(20)}


def _knapsack() -> Model:
    """Something that takes a search: columns of odd weights under odd limits."""
    sums = Model()
    for _ in _COSTS:
        sums.column()
    for shift in range(3):
        sums.row({number: float(41 + (17 * number + 7 * shift * number) % 53) for number in _COSTS}, most=401 + shift)
    return sums
