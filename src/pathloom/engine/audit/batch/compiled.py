"""Compiles the audit of many students: the kernel's own functions, kept between runs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numba
from numba.extending import register_jitable

from pathloom.engine.audit import kernel
from pathloom.engine.audit.batch import arrays, settling

_PARTS: tuple[Any, ...] = (*kernel.INNER, kernel.settle, *settling.INNER)


@cache
def compiled() -> Callable[..., arrays.Settlements]:
    """Return ``settling.settle_students`` as machine code.

    The code is kept beside this file under a digest of all sources that go into it, because numba
    itself would notice a change in one of them only. Where that folder cannot be written, every
    process compiles for itself.
    """
    for part in _PARTS:
        register_jitable(part)
    folder = _folder()
    config: Any = numba.config
    before, config.CACHE_DIR = config.CACHE_DIR, str(folder) if folder else ""
    try:
        made: Any = numba.njit(cache=folder is not None, nogil=True)(settling.settle_students)
    finally:
        config.CACHE_DIR = before
    return made  # type: ignore[no-any-return]


def _folder() -> Path | None:
    digest = hashlib.sha256(numba.__version__.encode())
    sources = {arrays.__file__, *(part.__code__.co_filename for part in _PARTS)}
    for source in sorted(sources):
        digest.update(Path(source).read_bytes())
    folder = Path(__file__).parent / "__pycache__" / f"compiled-{digest.hexdigest()[:16]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / "probe"
        probe.write_bytes(b"")
    except OSError:
        return None
    return folder
