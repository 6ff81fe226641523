"""Runs a command and watches how much memory all of its processes hold."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from time import perf_counter

import psutil


def run(words: Sequence[str]) -> tuple[float, int]:
    """Run a command; return seconds, and the most memory that its processes held together.

    A page that several processes share is counted once, in parts (PSS).
    """
    start = perf_counter()
    running = psutil.Popen(list(words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = 0
    while True:
        try:
            code = running.wait(timeout=0.5)
            break
        except psutil.TimeoutExpired:
            most = max(most, _held(running))
    if code:
        raise SystemExit(f"{' '.join(words)} left with {code}")
    return perf_counter() - start, most


def _held(running: psutil.Process) -> int:
    total = 0
    for each in (running, *running.children(recursive=True)):
        try:
            total += each.memory_full_info().pss
        except psutil.Error:  # it has just ended
            continue
    return total
