"""A deadline that also interrupts a long computation inside SymPy."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from estimator.growth.number import UndecidedError


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise `UndecidedError` in the body once the time is up.

    Works in the main thread where the system has timers; elsewhere the search looks at the clock
    between its own steps only.
    """
    usable = hasattr(signal, "setitimer") and (
        threading.current_thread() is threading.main_thread()
    )
    if not usable or signal.getitimer(signal.ITIMER_REAL)[0] > 0:
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise UndecidedError("the time allowed was not enough")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 1e-3), 0.25)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
