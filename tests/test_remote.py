"""A store behind a URL: moto's S3 over HTTP, and what fsspec opens here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from lusong_analysis.build.inputs import hashes
from lusong_analysis.build.remote import open_remote
from lusong_analysis.build.store import Disk, Store, open_store
from lusong_analysis.problem import Refused
from toy_project import make_project

pytestmark = pytest.mark.xdist_group("remote")  # one server

LUSONG = Path(sys.executable).with_name("lusong")
SECRET = "made-up-secret-of-a-test"
FILES = {"zh/red.pdf": b"red" * 1000}


@pytest.fixture(scope="module")
def server():
    """The environment of whoever uses a made-up S3 with one bucket."""
    from moto.server import ThreadedMotoServer

    moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    moto.start()
    host, port = moto.get_host_and_port()
    variables = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "made-up-name",
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    yield variables
    moto.stop()


@pytest.fixture
def bucket(server, monkeypatch):
    """The URL of a bucket, with the environment to use it."""
    import s3fs

    for name, value in server.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    s3fs.S3FileSystem().mkdir("reports")
    yield "s3://reports"
    s3fs.S3FileSystem().rm("reports", recursive=True)
    s3fs.S3FileSystem.clear_instance_cache()


def test_what_is_put_in_comes_out(bucket, tmp_path):
    """A report is kept in S3, and read from there, as on a disk; of what is not there nothing is known."""
    store = open_store(tmp_path, f"{bucket}/lusong")
    store.put("2026-11/red-zh", FILES.values(), {"outputs": hashes(FILES), "parts": {}})
    record = open_store(tmp_path, f"{bucket}/lusong").record("2026-11/red-zh")
    assert FILES == {name: store.content(file["sha256"]) for name, file in record["outputs"].items()}
    assert ({}, None) == (store.record("2026-11/blue-zh"), store.content("0" * 64))


def test_no_half_of_a_file_is_ever_read(bucket, tmp_path):
    """While a file is put again and again, each reader gets one of its contents whole."""
    place = open_store(tmp_path, bucket).place
    contents = [bytes([number]) * 3_000_000 for number in range(4)]
    place.write("file", contents[0])
    seen = []

    def read():
        other = open_store(tmp_path, bucket).place
        while len(seen) < 20:
            seen.append(other.read("file"))

    reader = threading.Thread(target=read)
    reader.start()
    while reader.is_alive():
        for content in contents:
            place.write("file", content)
    reader.join()
    assert set(seen) <= set(contents)


def test_a_url_of_this_machine_is_a_folder(tmp_path):
    """What fsspec calls a file on this machine is written whole or not at all, as a folder is."""
    assert Store(Disk(tmp_path)) == open_store(tmp_path, tmp_path.as_uri()) == open_store(tmp_path, str(tmp_path))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (f"s3://name:{SECRET}@reports/x", "Put them into the environment"),
        ("nowhere://reports", "cannot be opened"),
    ],
)
def test_a_url_that_is_refused(url, words):
    """A URL with credentials or of an unknown kind is refused, without the credentials in the message."""
    with pytest.raises(Refused, match=words) as refused:
        open_remote(url)
    assert SECRET not in str(refused.value)


def test_an_edition_by_way_of_s3(bucket, server, tmp_path):
    """Reports that one machine has finished, another takes from S3: same bytes as from a disk, and nothing secret."""
    one, other = (tmp_path / name for name in ("one", "other"))
    for place in (one, other):
        place.mkdir()
        make_project(place, {"01_red": "toy.chart()"})
    variables = os.environ | server
    options = ["--store", f"{bucket}/lusong", "--language", "zh"]

    def build(project, *more):
        command = [LUSONG, "build", *options, *more]
        done = subprocess.run(command, cwd=project, env=variables, capture_output=True, text=True, check=False)
        assert (0, "") == (done.returncode, done.stderr)
        return done.stdout

    written = build(one)
    assert "built 1 of 1 report" in written
    read = build(other)
    assert "nothing changed" in read
    first, second = ({f.relative_to(p): f.read_bytes() for f in p.rglob("reports/**/*.*")} for p in (one, other))
    assert first == second
    assert SECRET not in written + read
    assert not any(SECRET.encode() in content for content in first.values())
    assert "objects" not in os.listdir(one / ".lusong")
    manifest = json.loads((other / "reports" / "2026-11" / "manifest.json").read_text("utf-8"))
    assert bucket not in json.dumps(manifest)
