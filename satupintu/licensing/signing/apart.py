"""Work of pyHanko in a thread of its own: it starts an event loop, which must not run inside another one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

R = TypeVar("R")


def apart(work: Callable[[], R]) -> R:
    """What ``work`` gives, or raises, whoever calls: a worker, a command, or a thread that drives a browser."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work).result()
