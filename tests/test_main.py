"""The program ends when its command has ended, whatever a thread is still at, and says all that it had to say."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

PROGRAM = """
    import sys, threading
    from jobbot.__main__ import main
    if "busy" in sys.argv.pop(1):
        threading.Thread(target=threading.Event().wait).start()
    sys.exit(main())
"""


@pytest.mark.parametrize("thread", ["busy", "none"])
@pytest.mark.parametrize(("words", "code"), [(("--version",), 0), (("conquer",), 2)])
def test_it_ends_with_the_code_of_its_command(thread: str, words: tuple[str, ...], code: int) -> None:
    """A thread that never ends would keep Python's own end waiting for ever."""
    command = [sys.executable, "-c", textwrap.dedent(PROGRAM), thread, *words]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert ended.returncode == code
    assert (ended.stdout + ended.stderr).startswith("jobbot " if code == 0 else "Invalid input: no command 'conquer'")
