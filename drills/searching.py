"""Searching a disk for words that must not be there, however they are written down."""

import base64
import mmap
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus

from sqlalchemy import MetaData, create_engine, select


def forms_of(text: str) -> dict[str, bytes]:
    """A text as it could stand in a file: plain, UTF-16, hexadecimal, in a URL, in base64 at its three alignments."""
    plain = text.encode()
    forms = {
        "plain": plain,
        "utf-16-le": text.encode("utf-16-le"),
        "utf-16-be": text.encode("utf-16-be"),
        "hex": plain.hex().encode(),
        "url": quote(text).encode(),
        "form": quote_plus(text).encode(),
    }
    for shift in range(3):
        forms[f"base64/{shift}"] = _inner_base64(plain, shift)
        forms[f"base64url/{shift}"] = _inner_base64(plain, shift).replace(b"+", b"-").replace(b"/", b"_")
    return forms


def hits(places: Iterable[Path], canaries: Mapping[str, str]) -> list[str]:
    """Where a canary stands in the files under these places: canary, form and file, in words."""
    wanted = [(name, form, bytes_) for name, text in canaries.items() for form, bytes_ in forms_of(text).items()]
    found = []
    for path in _files(places):
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            found.extend(f"{name} ({form}) in {path}" for name, form, each in wanted if content.find(each) >= 0)
    return found


def files_under(places: Iterable[Path]) -> int:
    """How many files a search of these places reads."""
    return sum(1 for _ in _files(places))


def write_rows(database_url: str, path: Path) -> None:
    """Every value of every table as bytes in one file: what a database compresses or splits is whole there."""
    engine, tables = create_engine(database_url), MetaData()
    with engine.connect() as connection, path.open("wb") as file:
        tables.reflect(connection)
        for table in tables.tables.values():
            for row in connection.execute(select(table)):
                for value in row:
                    file.write(value if isinstance(value, bytes) else repr(value).encode())
                    file.write(b"\n")
    engine.dispose()


def _inner_base64(plain: bytes, shift: int) -> bytes:
    """What of a text's base64 is the same whatever stands before and after it, begun `shift` bytes into a group."""
    encoded = base64.b64encode(bytes(shift) + plain).rstrip(b"=")
    ends_in_group = (shift + len(plain)) % 3
    return encoded[(0, 2, 3)[shift] : len(encoded) - (1 if ends_in_group else 0)]


def _files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        for path in [place] if place.is_file() else sorted(place.rglob("*")):
            if path.is_file() and not path.is_symlink() and path.stat().st_size:
                yield path
