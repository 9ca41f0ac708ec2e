"""Opening: a file, an address or standard input becomes a stream of decompressed bytes.

Compression is told by the first bytes, never by the name. What goes wrong on the way (an archive that ends
early, a bomb, a file that vanishes) is one kind of error, `BrokenStream`, raised after every byte that could
still be read has been given.
"""

from __future__ import annotations

import bz2
import gzip
import io
import sys
import zlib
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO, cast

from leaderboard.errors import InputError
from leaderboard.readers.addresses import file_system
from leaderboard.readers.records import BrokenStream, Limits

HEAD_BYTES = 1 << 16
"""How much of the start of a file is looked at to tell its format."""

_BUFFER = 1 << 18
_RATIO_FREE = 64 << 20
"""Bytes a compressed file may always give: short repetitive files compress well without ill intent."""
_ZSTD_SLICE = 1 << 10
"""Compressed bytes decompressed at once; a hostile slice of this size grows to 32 MB at most."""
_ZSTD_WINDOW = 1 << 27
_UTF8_MARK = b"\xef\xbb\xbf"


class Stream:
    """Decompressed bytes from one input, its first bytes looked at already.

    Use as a context manager; `data` is what to read from.
    """

    def __init__(self, name: str, limits: Limits) -> None:
        self.name = name
        """The input as the user named it; `-` is standard input."""
        self._closing = ExitStack()
        try:
            self._source = _open_source(name, self._closing)
            raw = _Peekable(self._source)
            self.compression = _compression(raw.peek(8))
            if self.compression:
                raw = _Peekable(_Guarded(_decompressor(self.compression, raw), self._source, limits))
            self.head = raw.peek(HEAD_BYTES)
            if self.head.startswith(_UTF8_MARK):
                raw.skip(len(_UTF8_MARK))
                self.head = self.head[len(_UTF8_MARK) :]
            self.data = cast(BinaryIO, self._closing.enter_context(io.BufferedReader(raw, _BUFFER)))
        except BaseException:
            self._closing.close()
            raise

    def position(self) -> int:
        """Bytes of the input read so far, as stored (compressed); 0 where that cannot be told."""
        try:
            return self._source.tell()
        except (OSError, ValueError):
            return 0

    def __enter__(self) -> Stream:
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()


def shown_name(name: str) -> str:
    """How an input is called in messages and rejects."""
    return "standard input" if name == "-" else name


def _open_source(name: str, closing: ExitStack) -> BinaryIO:
    if name == "-":
        return sys.stdin.buffer
    if "://" in name:
        return closing.enter_context(_open_address(name))
    path = Path(name)
    try:
        return closing.enter_context(path.open("rb"))
    except FileNotFoundError:
        raise InputError(f"{name}: no such file (check the path, or name - for standard input)") from None
    except IsADirectoryError:
        raise InputError(f"{name}: is a folder (name the files in it, or end the output with /)") from None
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror} (check its permissions)") from None


def _open_address(name: str) -> BinaryIO:
    """Any address that fsspec knows: `s3://`, `gs://`, `hf://`, `https://`, `memory://`."""
    filesystem, path = file_system(name)
    try:
        return cast(BinaryIO, filesystem.open(path, "rb"))
    except FileNotFoundError:
        raise InputError(f"{name}: no such file (check the address)") from None
    except Exception as error:  # each file system raises its own kinds
        raise InputError(f"{name}: cannot be opened: {_one_line(error)} (check the address)") from None


class _Peekable(io.RawIOBase):
    """A source whose first bytes can be looked at before they are read.

    `io.BufferedReader.peek` gives whatever one read gives, which on a pipe can be a single line; this one
    waits for what was asked. An error met while looking is raised when reading gets there.
    """

    def __init__(self, source: Any) -> None:
        self._source = source
        self._read: Callable[[int], bytes] = getattr(source, "read1", None) or source.read
        self._head = b""
        self._error: BrokenStream | None = None

    def peek(self, size: int) -> bytes:
        try:
            while len(self._head) < size and (more := self._read(size - len(self._head))):
                self._head += more
        except BrokenStream as error:
            self._error = error
        return self._head[:size]

    def skip(self, size: int) -> None:
        self._head = self._head[size:]

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        if self._head:
            piece, self._head = self._head[: len(target)], self._head[len(target) :]
        elif self._error is not None:
            raise self._error
        else:
            try:
                piece = self._read(len(target))
            except OSError as error:
                raise BrokenStream(f"cannot be read on: {error.strerror or error}") from error
        target[: len(piece)] = piece
        return len(piece)

    def read1(self, size: int = -1) -> bytes:
        """At most one read of the source; what decompressors ask for."""
        return self.read(size if size > 0 else _BUFFER) or b""

    def seekable(self) -> bool:
        return bool(self._source.seekable())

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_CUR:
            offset -= len(self._head)
        self._head = b""
        return int(self._source.seek(offset, whence))

    def tell(self) -> int:
        return int(self._source.tell()) - len(self._head)


class _Guarded:
    """A decompressor that gives all it can, then says in one way what is wrong, and refuses bombs."""

    def __init__(self, inner: Any, source: BinaryIO, limits: Limits) -> None:
        self._inner = inner
        self._source = source
        self._limits = limits
        self._given = 0

    def read1(self, size: int) -> bytes:
        try:
            piece: bytes = self._inner.read1(size)
        except EOFError:
            raise BrokenStream("the compressed file ends early: the copy or download is not whole") from None
        except (OSError, zlib.error, ValueError) as error:
            raise BrokenStream(f"the compressed data is damaged: {_one_line(error)}") from None
        self._given += len(piece)
        if self._given > _RATIO_FREE and self._given > self._limits.ratio * self._taken():
            limit = f"more than {self._limits.ratio} times its size"
            raise BrokenStream(f"the compressed file grows to {limit}: refused (decompress it by hand)")
        return piece

    def _taken(self) -> int:
        try:
            return self._source.tell()
        except (OSError, ValueError):
            return self._given  # a pipe cannot say; each record is bounded all the same

    def seekable(self) -> bool:
        return False


class _Zstandard:
    """Zstandard frames, one after the other, in slices small enough that none can fill the memory.

    The library's own reader takes a file that was cut for one that has ended; this one raises `EOFError`.
    """

    def __init__(self, source: _Peekable) -> None:
        import zstandard

        self._library = zstandard
        self._source = source
        self._frame = self._new_frame()
        self._begun = False
        self._waiting = b""
        self._ready = memoryview(b"")

    def _new_frame(self) -> Any:
        return self._library.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()

    def read1(self, size: int) -> bytes:
        while not self._ready:
            if not self._waiting:
                self._waiting = self._source.read1(_BUFFER)
            if not self._waiting:
                if self._begun:
                    raise EOFError
                return b""
            piece, self._waiting = self._waiting[:_ZSTD_SLICE], self._waiting[_ZSTD_SLICE:]
            try:
                self._begun = True
                self._ready = memoryview(self._frame.decompress(piece))
            except self._library.ZstdError as error:
                raise ValueError(str(error)) from None
            if self._frame.eof:
                self._waiting = self._frame.unused_data + self._waiting
                self._frame, self._begun = self._new_frame(), False
        given, self._ready = bytes(self._ready[:size]), self._ready[size:]
        return given


def _compression(head: bytes) -> str:
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"BZh") and head[4:8] in (b"1AY&", b"\x17\x72\x45\x38"):
        return "bzip2"
    if head.startswith(b"\x28\xb5\x2f\xfd"):
        return "zstandard"
    return ""


def _decompressor(compression: str, source: _Peekable) -> Any:
    if compression == "gzip":
        return gzip.GzipFile(fileobj=source, mode="rb")
    if compression == "bzip2":
        return bz2.BZ2File(cast(BinaryIO, source), "rb")
    return _Zstandard(source)


def _one_line(error: object) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
