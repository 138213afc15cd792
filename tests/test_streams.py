"""What a kernel's process writes past Python."""

import pytest

from kernel_run import kernels

# Threads take turns so seldom that one which only reads comes too late.
SELDOM = "import os, sys\nsys.setswitchinterval(100)"
MIXED = """
for _ in range(3):
    os.write(1, b"one\\n"); print("two")
    os.system("echo three"); print("four")
"""
LAST = "os.write(1, b'out of {n}\\n')\nos.write(2, b'wrong in {n}\\n');"
# A character is cut in two, and a child writes, which Python's own process does not wait for.
CUT = "os.write(1, '芦'.encode()[:1]); sys.stdout.flush(); os.write(1, '芦'.encode()[1:]);"
# Not UTF-8: of the second byte nobody can tell yet that no other one follows.
FOREIGN = "os.write(1, '中'.encode('gbk')); os.write(1, b'\\xe8');"
ENDLESS = "import subprocess\nchild = subprocess.Popen(['yes'])\nprint('x')\nchild.kill()\nchild.wait();"
FORKED = """
child = os.fork()
if not child:
    print("of the child", flush=True)
    os._exit(3)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.fixture(scope="module", params=[False, True], ids=["warm", "cold"])
def cells(request, tmp_path_factory):
    """The cells of a notebook that was run by a warm or a cold kernel."""
    lasts = [LAST.format(n=number) for number in range(50)]
    with kernels(tmp_path_factory.mktemp("notebooks"), cold=request.param) as execute:
        return execute(SELDOM, MIXED, CUT, FORKED, FOREIGN, ENDLESS, *lasts).cells


def told(cell, name):
    """All that a cell wrote to one of its streams."""
    return "".join(output["text"] for output in cell.outputs if output.get("name") == name)


def test_what_is_written_past_python_stands_before_what_is_printed_after_it(cells):
    """A line of a library or a child comes before the line that Python prints after it."""
    assert told(cells[1], "stdout") == "one\ntwo\nthree\nfour\n" * 3


def test_what_a_cell_writes_last_stands_in_that_cell(cells):
    """Nothing that is written at the end of a cell is found in the next one."""
    for number, cell in enumerate(cells[6:]):
        assert told(cell, "stdout") == f"out of {number}\n"
        assert told(cell, "stderr") == f"wrong in {number}\n"


def test_a_character_that_comes_in_two_pieces(cells):
    """A character that the system cut in two is one character."""
    assert told(cells[2], "stdout") == "芦"


def test_a_forked_child_prints(cells):
    """A child of the cell prints and comes to its end, and its parent goes on; when its words come is not told."""
    assert "3\n" in told(cells[3], "stdout")


def test_bytes_that_are_no_utf_8_end_with_their_cell(cells):
    """A piece of a character is replaced in the cell that wrote it, not kept for the next one."""
    assert told(cells[4], "stdout") == "\ufffd\ufffd\ufffd"
    assert told(cells[5], "stdout").startswith(("x", "y"))


def test_a_child_that_never_stops_writing_does_not_hold_up_a_line(cells):
    """The cell prints and ends."""
    assert "x" in told(cells[5], "stdout")  # between it and its line break there may be what the child writes
