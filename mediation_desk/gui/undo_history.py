"""What the working user did since the start, so that the last of it can be undone by name, and done again."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from mediation_desk.domain.errors import NotAllowed, NotFound, RuleBroken

if TYPE_CHECKING:
    from mediation_desk.gui.desk import Desk
    from mediation_desk.services.undo import Step, Trail

MOST_STEPS = 100


class UndoHistory(QObject):
    """Of one user: who takes over begins anew. `said` brings a short line after each step."""

    changed = Signal()
    said = Signal(str)

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._trail: Trail | None = None

    @property
    def next_undo(self) -> "Step | None":
        return self._done[-1] if self._done else None

    @property
    def next_redo(self) -> "Step | None":
        return self._undone[-1] if self._undone else None

    def keep(self, step: "Step | None") -> None:
        """Remember a step that was just taken; what was undone before can be done again no more."""
        if step is None:
            return
        self._done = [*self._done, step][-MOST_STEPS:]
        self._undone.clear()
        self.said.emit(f"已记录：{step.words}" + ("" if step.refusal else "。可撤销（Ctrl+Z）"))
        self.changed.emit()

    def clear(self) -> None:
        self._done.clear()
        self._undone.clear()
        self.changed.emit()

    def undo(self) -> None:
        """Undo the last step. One that is refused is not offered again; raises `RuleBroken` with the reason."""
        self._take("undo", self._done, self._undone, "已撤销", "可重做（Ctrl+Shift+Z）")

    def redo(self) -> None:
        """Do again what was undone last."""
        self._take("redo", self._undone, self._done, "已重做", "可撤销（Ctrl+Z）")

    def _take(self, how: str, source: "list[Step]", target: "list[Step]", done: str, then: str) -> None:
        if not source:
            return
        from mediation_desk.services.undo import Trail  # not needed at the start

        trail = self._trail = self._trail or Trail()
        step = source[-1]
        try:
            called, taken = self._desk.take_back(step, trail, how)
        except (RuleBroken, NotAllowed, NotFound):
            source.pop()
            self.changed.emit()
            raise
        source.pop()
        target.append(taken)
        trail.keep(step, taken)
        about = f"（{'、'.join(called[:2])}{f'等{len(called)}件' if len(called) > 2 else ''}）" if called else ""
        self.said.emit(f"{done}：{step.words}{about}。{then}")
        self.changed.emit()
