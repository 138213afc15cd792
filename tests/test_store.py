"""The store: finished reports, whole or not at all."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import time

import pytest

from lusong_analysis.build import store as stores
from lusong_analysis.build.inputs import hashes
from lusong_analysis.build.store import Disk, Store, sweep

FILES = {"zh/red.pdf": b"red", "zh/charts/red-1.svg": b"<svg/>"}


@pytest.fixture
def store(tmp_path):
    """A store with one report."""
    store = Store(Disk(tmp_path / "store"))
    store.put("2026-11/red-zh", FILES.values(), {"outputs": hashes(FILES), "parts": {}})
    return store


def test_what_is_put_in_comes_out(store):
    """A record and the content of its files are read as they were put in."""
    record = store.record("2026-11/red-zh")
    assert FILES == {name: store.content(file["sha256"]) for name, file in record["outputs"].items()}


def test_nothing_is_known_of_another(store):
    """A report that was never finished has no record, and content that nobody put in is none."""
    assert {} == store.record("2026-11/blue-zh")
    assert store.content(hashlib.sha256(b"blue").hexdigest()) is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"version": 1}', b'{"version": 0, "outputs": {}}'])
def test_a_damaged_record_is_none(store, content):
    """A record that is cut off, of another form or of another version counts as none."""
    (store.place.folder / "records" / "2026-11" / "red-zh.json").write_bytes(content)
    assert {} == store.record("2026-11/red-zh")


def test_damaged_content_is_none(store):
    """Content that is no longer what its name says is not given out."""
    digest = hashlib.sha256(b"red").hexdigest()
    (store.place.folder / "objects" / digest).write_bytes(b"blue")
    assert store.content(digest) is None
    store.put("2026-11/red-zh", FILES.values(), {"outputs": hashes(FILES), "parts": {}})
    assert b"red" == store.content(digest)


def test_what_no_record_names_is_swept(store):
    """Content of no record and halves of files are removed, all else stays; a damaged record names nothing."""
    store.place.write(f"objects/{hashlib.sha256(b'old').hexdigest()}", b"old")
    (store.place.folder / "records" / "2026-11" / "red-zh.json.1.new").write_bytes(b"{")
    (store.place.folder / "records" / "2026-11" / "blue-zh.json").write_bytes(b"{")
    sweep(store.place.folder)
    assert 2 == len(list((store.place.folder / "objects").iterdir()))
    assert [] == list(store.place.folder.rglob("*.new"))
    assert store.record("2026-11/red-zh")


def _write_for_ever(folder):
    store = Store(Disk(folder))
    for number in range(10**6):
        content = f"{number}".encode() * 10**6
        store.put("2026-11/red-zh", [content], {"outputs": hashes({"zh/red.pdf": content})})


def test_killed_while_writing(tmp_path):
    """Whenever a writer is killed, each record that can be read names content that is whole."""
    for after in (0.2, 0.31, 0.43):
        writer = multiprocessing.get_context("spawn").Process(target=_write_for_ever, args=(tmp_path,))
        writer.start()
        while not (tmp_path / "records").exists():
            time.sleep(0.01)
        time.sleep(after)
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        record = Store(Disk(tmp_path)).record("2026-11/red-zh")
        assert Store(Disk(tmp_path)).content(record["outputs"]["zh/red.pdf"]["sha256"])


def test_what_cannot_be_written_leaves_the_last(tmp_path, monkeypatch):
    """Where the disk is full, the file keeps its last content and nothing is left beside it."""
    place = Disk(tmp_path)
    place.write("file", b"last")

    def full(number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(stores.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        place.write("file", b"next")
    assert (b"last", ["file"]) == (place.read("file"), os.listdir(tmp_path))
