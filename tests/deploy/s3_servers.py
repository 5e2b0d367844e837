"""Servers of S3 on this machine: moto, which knows conditional writes, and rclone, which checks keys."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from tests.deploy.small_site import Get

BUCKET = "example-bucket"
KEYS = ("AKIDEXAMPLE", "not-a-real-key")
RCLONE = shutil.which("rclone", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}") or ""
HAS_RCLONE = (
    bool(RCLONE)
    and "s3" in subprocess.run([RCLONE, "serve", "--help"], capture_output=True, text=True).stdout
)


def client(address: str, key: str = KEYS[0], secret: str = KEYS[1]) -> Any:
    return boto3.client(
        "s3",
        endpoint_url=address,
        region_name="us-east-1",
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}),
    )


@contextmanager
def moto() -> Iterator[str]:
    """The address of a moto server in this process."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until somebody listens at `port`."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        assert process.poll() is None, "the server ended"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise AssertionError("the server does not listen")


@contextmanager
def rclone(root: Path) -> Iterator[str]:
    """The address of rclone's server for the buckets in `root`."""
    port = free_port()
    command = [
        RCLONE,
        "serve",
        "s3",
        str(root),
        "--addr",
        f"127.0.0.1:{port}",
        "--auth-key",
        ",".join(KEYS),
    ]
    command += [
        "--config",
        "/dev/null",
        "--vfs-cache-mode",
        "writes",
        "--cache-dir",
        str(root.parent / "cache"),
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            until_open(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()  # it does not end on SIGTERM while connections are open


def objects(there: Any, prefix: str = "") -> dict[str, bytes]:
    """Everything in the bucket."""
    found = {}
    for page in there.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=prefix):
        for it in page.get("Contents", ()):
            found[it["Key"]] = there.get_object(Bucket=BUCKET, Key=it["Key"])["Body"].read()
    return found


def answers(there: Any) -> Get:
    """What a visitor of the bucket's website gets."""

    def get(url: str) -> bytes | None:
        key = url.lstrip("/") + ("index.html" if url.endswith("/") else "")
        try:
            return bytes(there.get_object(Bucket=BUCKET, Key=key)["Body"].read())
        except there.exceptions.NoSuchKey:
            return None

    return get
