"""A model of whole numbers and its solver HiGHS: columns, rows, and one thing after another made small.

All costs and values are whole numbers, so a value is proven as soon as nothing better can lie above its bound. HiGHS is
loaded when something is solved first; where it cannot be loaded, or gives up, there is `CannotSolve`.
"""

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from itertools import accumulate, chain
from math import ceil, floor, inf, isfinite
from threading import Event
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from highspy import Highs
    from highspy.highs import HighsCallbackEvent

THREADS = 1
"""The same for every model of the process: HiGHS refuses a second number, and one leaves the window the other core."""
_NEAR = 1e-6
_ROUNDING = 0.01
_FEASIBLE = 2
_LOOK_EVERY, _PATIENCE = 0.05, 0.1


class CannotSolve(Exception):
    """HiGHS is not there or failed. The text is its short code, to be put into a sentence."""


class Outcome(NamedTuple):
    """What was reached: `value` with these columns, and no solution below `bound` (-inf: nothing is known)."""

    value: int
    bound: float
    columns: list[float]

    @property
    def proven(self) -> bool:
        return self.value == self.bound


class Model:
    """Columns are known by their number, from 0 on, in the order they were added; so are their values."""

    def __init__(self) -> None:
        self._most: list[float] = []
        self._whole: list[bool] = []
        self._rows: list[tuple[float, float, list[int], list[float]]] = []

    def column(self, most: float = 1, *, whole: bool = True) -> int:
        """Add a column from 0 to `most`, of whole numbers only unless the rows see to that anyway."""
        self._most.append(most)
        self._whole.append(whole)
        return len(self._most) - 1

    def row(self, columns: Iterable[int] | Mapping[int, float], least: float = -inf, most: float = inf) -> None:
        """Keep the sum of `columns`, times their factors where a mapping gives some, between `least` and `most`."""
        numbers = list(columns)
        factors = list(columns.values()) if isinstance(columns, Mapping) else [1.0] * len(numbers)
        self._rows.append((least, most, numbers, factors))

    def hold(self, costs: Mapping[int, int], value: int, *, exactly: bool = False) -> None:
        """Let no later solution cost more than `value`, nor less if `exactly`."""
        factors = {column: float(cost) for column, cost in costs.items()}
        self.row(factors, least=value if exactly else -inf, most=value + _NEAR)

    def least(self, costs: Mapping[int, int]) -> float:
        """What no solution can cost less than, whatever the rows say."""
        return sum(cost * self._most[column] for column, cost in costs.items() if cost < 0)

    def minimise(
        self,
        costs: Mapping[int, int],
        *,
        step: int = 1,
        seconds: float = inf,
        stop: Event | None = None,
        start: Mapping[int, float] | None = None,
    ) -> Outcome | None:
        """Make the costs small; None when time or `stop` came before any solution was found.

        `step`: values only differ by multiples of it. `start`: the columns of a solution that is known already, those
        that are 0 may be left out. Raises `CannotSolve`.
        """
        highs = self._loaded(costs)
        highs.setOptionValue("mip_abs_gap", step - _ROUNDING)
        if isfinite(seconds):
            highs.setOptionValue("time_limit", seconds)
        if start is not None:
            self._start_from(highs, start)
        try:
            has_ended = _run_until(highs, stop or Event())
        except (RuntimeError, MemoryError) as error:  # what HiGHS throws comes out as these
            raise CannotSolve(type(error).__name__) from error
        return _outcome(highs, step) if has_ended else None

    def _loaded(self, costs: Mapping[int, int]) -> "Highs":
        try:
            import highspy
            import numpy as np
        except (ImportError, OSError) as error:
            raise CannotSolve(type(error).__name__) from error
        highs = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy types its methods, not its constructor
        for name, value in {"output_flag": False, "threads": THREADS, "mip_rel_gap": 0.0}.items():
            highs.setOptionValue(name, value)
        cost = np.zeros(len(self._most))
        cost[list(costs)] = list(costs.values())
        lengths = [len(numbers) for _, _, numbers, _ in self._rows]
        status = highs.passModel(
            len(self._most),
            len(self._rows),
            sum(lengths),
            int(highspy.MatrixFormat.kRowwise),
            int(highspy.ObjSense.kMinimize),
            0.0,
            cost,
            np.zeros(len(self._most)),
            np.array(self._most, dtype=np.double),
            np.array([least for least, _, _, _ in self._rows], dtype=np.double),
            np.array([most for _, most, _, _ in self._rows], dtype=np.double),
            np.array(list(accumulate(lengths, initial=0)), dtype=np.int32),
            np.fromiter(chain.from_iterable(numbers for _, _, numbers, _ in self._rows), np.int32, sum(lengths)),
            np.fromiter(chain.from_iterable(factors for _, _, _, factors in self._rows), np.double, sum(lengths)),
            np.array(self._whole, dtype=np.int32),
        )
        if status == highspy.HighsStatus.kError:
            raise CannotSolve("passModel")
        return highs

    def _start_from(self, highs: "Highs", start: Mapping[int, float]) -> None:
        import numpy as np

        values = np.zeros(len(self._most))
        values[list(start)] = list(start.values())
        highs.setSolution(len(values), np.arange(len(values), dtype=np.int32), values)


def _run_until(highs: "Highs", stop: Event) -> bool:
    """Run HiGHS on a thread of its own; False when it was left to end by itself some time after `stop` was set.

    HiGHS asks whether to go on only now and then: hardly a second passes, but that is more than a person waits.
    """

    def interrupt(event: "HighsCallbackEvent") -> None:
        if stop.is_set():
            event.interrupt()

    for moment in (highs.cbSimplexInterrupt, highs.cbIpmInterrupt, highs.cbMipInterrupt):
        moment.subscribe(interrupt)
    executor = ThreadPoolExecutor(max_workers=1)
    running = executor.submit(highs.run)
    executor.shutdown(wait=False)
    while not wait([running], _LOOK_EVERY).done:
        if stop.is_set() and not wait([running], _PATIENCE).done:
            return False
    running.result()
    return True


def _outcome(highs: "Highs", step: int) -> Outcome | None:
    import highspy

    status, info = highs.getModelStatus(), highs.getInfo()
    known = highspy.HighsModelStatus
    if status not in {known.kOptimal, known.kTimeLimit, known.kInterrupt}:
        raise CannotSolve(highs.modelStatusToString(status))
    if info.primal_solution_status != _FEASIBLE:
        return None
    value = ceil(info.objective_function_value - _ROUNDING)
    columns = list(highs.getSolution().col_value)
    if status == known.kOptimal:
        return Outcome(value, value, columns)
    if not isfinite(info.mip_dual_bound):
        return Outcome(value, -inf, columns)
    return Outcome(value, value - step * max(0, floor((value - info.mip_dual_bound + _NEAR) / step)), columns)
