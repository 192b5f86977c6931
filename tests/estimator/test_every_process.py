"""The command as a process: status, streams and interrupts."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command import in_shell, refusal

ROOT = Path(__file__).parents[2]


def test_the_module_refuses_like_the_command(tmp_path):
    """`python -m estimator` and `python -m proofs` end with status 2 and one line as well."""
    for words in (["-m", "estimator", "cost", "nope"], ["-m", "proofs", "nope"]):
        found = in_shell(*words)
        assert (found.returncode, found.stdout) == (2, "")
        assert len(found.stderr.splitlines()) == 1
        assert "nope" in found.stderr


def test_a_closed_pipe_is_no_crash():
    """A reader that stops early, such as `head`, gets no traceback."""
    process = subprocess.Popen(
        [sys.executable, "-m", "estimator", "list", "--json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    process.wait()


def test_an_impossible_name_is_one_line():
    """What the operating system refuses is told as such."""
    assert "File name too long" in refusal("cost", "a" * 300 + ".onnx")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_one_line(unbuffered):
    """Whether or not output is still waiting when it cannot be written."""
    with Path("/dev/full").open("w") as full:
        found = subprocess.run(
            [sys.executable, "-m", "estimator", "list"],
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert found.returncode == 2
    assert found.stderr.splitlines() == [
        "quledger: the output cannot be read or written: No space left on device; "
        "choose another file"
    ]


def test_an_interrupt_is_one_line():
    """Ctrl-C in the middle of a check ends with status 130 and one line."""
    code = (
        "import os, signal, time, proofs.ledger, estimator.__main__\n"
        "def stopped(*_):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    time.sleep(30)\n"
        "proofs.ledger.examined = stopped\n"
        "estimator.__main__.main(['check'])"
    )
    found = in_shell("-c", code)
    assert found.returncode == 130
    assert found.stderr.splitlines() == ["quledger: interrupted"]


@pytest.mark.parametrize("seconds", [0.02, 0.3, 0.8, 1.5])
def test_an_interrupt_while_modules_load_is_one_line(seconds, tmp_path):
    """At whatever moment it comes, status 130, one line, and no part of a file."""
    words = ["cost", "convolution", "--html", str(tmp_path / "page.html")]
    code = f"from estimator.__main__ import main\nprint('started', flush=True)\nmain({words})"
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "started\n"
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        _, shown = process.communicate(timeout=30)
    assert (process.returncode, shown) == (130, "quledger: interrupted\n")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_loaded_before_an_interrupt_is_one_line():
    """Modules of ours, and of what they use, are read once the command has taken hold of Ctrl-C."""
    code = (
        "import sys\nbefore = {*sys.modules}\nimport estimator.__main__\n"
        "print(*sorted({x.partition('.')[0] for x in {*sys.modules} - before}))"
    )
    known = {"estimator", *sys.stdlib_module_names}
    found = in_shell("-c", code).stdout.split()
    assert "estimator" in found
    assert set(found) <= known
    assert not {"hashlib", "pathlib", "typing", "inspect"} & set(found)


def test_an_interrupt_in_a_callback_of_the_interpreter_is_not_lost():
    """Python swallows what a weak reference's callback raises; the command ends all the same."""
    code = (
        "import os, signal, time, weakref, estimator.ask.question, estimator.__main__\n"
        "class Thing: pass\n"
        "def stopped(*_):\n"
        "    thing = Thing()\n"
        "    kept = weakref.ref(thing, lambda _: os.kill(os.getpid(), signal.SIGINT))\n"
        "    del thing\n"
        "    time.sleep(30)\n"
        "    print('went on')\n"
        "estimator.ask.question.answer_to = stopped\n"
        "estimator.__main__.main(['cost', 'convolution'])"
    )
    found = in_shell("-c", code)
    assert (found.returncode, found.stdout) == (130, "")
    assert found.stderr == "quledger: interrupted\n"
