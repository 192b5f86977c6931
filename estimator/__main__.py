"""The command `quledger`, also as `python -m estimator`; Ctrl-C at any moment is one line."""

import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from threading import Timer
from types import FrameType

INTERRUPTED = 130
"""Exit status after Ctrl-C."""

AGAIN = 0.01
"""Seconds after which an interrupt that was swallowed comes again."""


def main(words: Sequence[str] | None = None) -> None:
    """Run the command and leave with its status.

    Args:
        words: of the command line; those that the process was started with if `None`.
    """
    caught: list[int] = []

    def interrupt(number: int, frame: FrameType | None) -> None:
        caught.append(number)
        raise KeyboardInterrupt

    def again(lost: "sys.UnraisableHookArgs") -> None:
        """A callback of the interpreter swallowed the interrupt: it comes once more, outside."""
        if caught and issubclass(lost.exc_type, KeyboardInterrupt):
            repeated = Timer(AGAIN, os.kill, (os.getpid(), signal.SIGINT))
            repeated.daemon = True
            repeated.start()
        else:
            sys.__unraisablehook__(lost)

    signal.signal(signal.SIGINT, interrupt)
    sys.unraisablehook = again
    typed = sys.argv[1:] if words is None else list(words)
    try:
        import_module("estimator.sources")  # first: it notes when the process began
        if not import_module("estimator.report.again").answer_again(typed):
            import_module("estimator.cli").run(typed)
    except KeyboardInterrupt:
        _leave()
    except SystemExit:
        if caught:
            _leave()
        raise
    except Exception:
        if not caught:  # a module that is interrupted while it loads may raise anything
            raise
        _leave()


def _leave() -> None:
    sys.stderr.write("quledger: interrupted\n")
    sys.stderr.flush()
    os._exit(INTERRUPTED)  # an exception that crossed `exec` would end the process by the signal


if __name__ == "__main__":
    main()
