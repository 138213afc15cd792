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
CUT = "os.write(1, '芦'.encode()[:1]); os.write(1, '芦'.encode()[1:]);"
FORKED = """
child = os.fork()
if not child:
    print("of the child", flush=True)
    os._exit(0)
os.waitpid(child, 0)
os.write(1, b"of the parent\\n");
"""


@pytest.fixture(scope="module", params=[False, True], ids=["warm", "cold"])
def cells(request, tmp_path_factory):
    """The cells of a notebook that was run by a warm or a cold kernel."""
    lasts = [LAST.format(n=number) for number in range(50)]
    with kernels(tmp_path_factory.mktemp("notebooks"), cold=request.param) as execute:
        return execute(SELDOM, MIXED, CUT, FORKED, *lasts).cells


def told(cell, name):
    """All that a cell wrote to one of its streams."""
    return "".join(output["text"] for output in cell.outputs if output.get("name") == name)


def test_what_is_written_past_python_stands_before_what_is_printed_after_it(cells):
    """A line of a library or a child comes before the line that Python prints after it."""
    assert told(cells[1], "stdout") == "one\ntwo\nthree\nfour\n" * 3


def test_what_a_cell_writes_last_stands_in_that_cell(cells):
    """Nothing that is written at the end of a cell is found in the next one."""
    for number, cell in enumerate(cells[4:]):
        assert told(cell, "stdout") == f"out of {number}\n"
        assert told(cell, "stderr") == f"wrong in {number}\n"


def test_a_character_that_comes_in_two_pieces(cells):
    """A character that the system cut in two is one character."""
    assert told(cells[2], "stdout") == "芦"


def test_what_a_forked_child_prints(cells):
    """A child of the cell prints what it has to say, and its parent goes on."""
    assert sorted(told(cells[3], "stdout").split("\n")) == ["", "of the child", "of the parent"]
