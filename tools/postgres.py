"""Run a command with DATABASE_URL of a throw-away PostgreSQL cluster.

PostgreSQL refuses to run as root; then the cluster belongs to the user ``postgres``. It listens on
a free port of the loopback address only, and is gone when the command ends.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path:
    """The newest server binaries on this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        sys.exit("postgres: no server binaries. Install them: apt-get install postgresql")
    return Path(on_path).parent


def _version(initdb: Path) -> int:
    return int(initdb.parents[1].name)


def as_server_user(words: list[str]) -> list[str]:
    return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else words


def call(words: list[str], *, folder: Path) -> None:
    result = subprocess.run(
        as_server_user(words),
        cwd=folder,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if result.returncode != 0:
        sys.exit(f"postgres: {words[0]} failed.\n{result.stdout}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def cluster() -> Iterator[str]:
    """Yield the URL of a fresh cluster; speed before durability, since nothing in it is kept."""
    folder = Path(tempfile.mkdtemp(prefix="pathloom-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    binaries, data = programs(), folder / "data"
    try:
        call(
            [f"{binaries}/initdb", "-D", str(data), "-U", "pathloom", "-A", "trust", "--no-sync"],
            folder=folder,
        )
        port = free_port()
        options = (
            f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder}"
            " -c fsync=off -c full_page_writes=off -c max_connections=60"
        )
        control = [f"{binaries}/pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log")]
        call([*control, "-o", options, "start"], folder=folder)
        try:
            yield f"postgres://pathloom@127.0.0.1:{port}/postgres"
        finally:
            call([*control, "-m", "immediate", "stop"], folder=folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    if len(sys.argv) < 2:
        sys.exit("postgres: nothing to run. Call it as: postgres.py COMMAND [ARGUMENT…]")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with cluster() as url:
        environment = {**os.environ, "DATABASE_URL": url}
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
