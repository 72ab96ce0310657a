"""Keys for tests: one that nobody has, and costs of deriving that no test has to wait for."""

from mediation_desk.store.key_slots import Costs

CHEAP = Costs(time=1, memory=64, lanes=1)
KEY = bytes(range(32))
