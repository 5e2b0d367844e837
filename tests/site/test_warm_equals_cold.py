"""The promise of the engine, on a real site: warm is cold, byte for byte.

`pytest --hypothesis-profile=long` takes 10,000 steps in memory and 2,000 on disk.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from site_machine import DiskMachine, Machine

long = settings.get_current_profile_name() == "long"


def runs(examples: int, steps: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


TestInMemory = Machine.TestCase
TestInMemory.settings = runs(500, 20) if long else runs(24, 10)
TestOnDisk = DiskMachine.TestCase
TestOnDisk.settings = runs(100, 20) if long else runs(6, 7)
