"""Warm equals cold, after every step of any history."""

from __future__ import annotations

from engine_machine import LONG, Machine

Machine.TestCase.settings = LONG
TestWarmEqualsCold = Machine.TestCase
