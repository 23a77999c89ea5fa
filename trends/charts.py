"""Bar charts as SVG text: numbers beside every bar, pattern as well as colour, no style attribute."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from zlib import crc32

from trends.vocabulary import HIDDEN, Figure

WIDTH = 360
_LABELS_END = 128
_BARS_BEGIN = 136
_BARS_END = 308
_TOP = 34
_BAR = 14
_ROW = 40
_SIZE = 15
_LONGEST_LINE = 17
_FONT = "system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
_INK = "#0b2b3c"
_TEAL = "#0f6b6b"
_SAND = "#f4efe6"
_RULE = "#5a6f78"


@dataclass(frozen=True, slots=True)
class Bar:
    """One place on a chart: its name, its count now and its count before."""

    name: str
    now: Figure
    before: Figure


def draw_bars(title: str, description: str, bars: Sequence[Bar], series: tuple[str, str]) -> str:
    """Two bars for each name, now above before, as an SVG element that scales to its column.

    `series` names the two. A hidden count has no bar and the letter c; nought has no bar and 0.
    """
    height = _TOP + _ROW * len(bars) + 4
    prefix = f"bars-{crc32(f'{title}|{description}|{series}'.encode(errors='replace')):08x}"
    counts = [count for bar in bars for count in (bar.now, bar.before) if count is not HIDDEN]
    scale = (_BARS_END - _BARS_BEGIN) / max([1, *counts])
    rows = "".join(_row(bar, _TOP + _ROW * place, scale, prefix) for place, bar in enumerate(bars))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="bar-chart" role="img" '
        f'viewBox="0 0 {WIDTH} {height}" aria-labelledby="{prefix}-title {prefix}-desc">'
        f'<title id="{prefix}-title">{_text(title)}</title>'
        f'<desc id="{prefix}-desc">{_text(description)}</desc>'
        f"<defs>{_hatch(prefix)}</defs>"
        f'<g font-family="{_FONT}" font-size="{_SIZE}" fill="{_INK}">{_key(series, prefix)}{rows}</g>'
        f'<path class="bar-chart__axis" d="M{_BARS_BEGIN} {_TOP - 2}V{height}" stroke="{_RULE}"/></svg>'
    )


def _row(bar: Bar, top: float, scale: float, prefix: str) -> str:
    middle = top + _BAR + 1
    lines = _lines(bar.name)
    first = middle + _SIZE * 0.35 - (len(lines) - 1) * _SIZE * 0.55
    label = "".join(
        f'<tspan x="{_LABELS_END}" y="{first + number * _SIZE * 1.1:.1f}">{_text(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    solid = f'class="bar-chart__now" fill="{_TEAL}" stroke="{_TEAL}"'
    hatched = f'class="bar-chart__before" fill="url(#{prefix}-before)" stroke="{_RULE}"'
    bars = _bar(bar.now, top, scale, solid, 700) + _bar(bar.before, top + _BAR + 2, scale, hatched, 400)
    return f'<text text-anchor="end">{label}</text>{bars}'


def _bar(count: Figure, top: float, scale: float, paint: str, weight: int) -> str:
    length = 0.0 if count is HIDDEN else count * scale
    words = "c" if count is HIDDEN else f"{count:,}"
    drawn = f'<rect x="{_BARS_BEGIN}" y="{top:g}" width="{length:.1f}" height="{_BAR}" {paint}/>' if length else ""
    return (
        f'{drawn}<text x="{_BARS_BEGIN + length + 5:.1f}" y="{top + _BAR - 2:g}" '
        f'font-size="{_SIZE - 1}" font-weight="{weight}">{words}</text>'
    )


def _key(series: tuple[str, str], prefix: str) -> str:
    now, before = series
    return (
        f'<rect class="bar-chart__now" x="0.5" y="4" width="20" height="{_BAR}" fill="{_TEAL}" stroke="{_TEAL}"/>'
        f'<text x="27" y="15" font-weight="700">{_text(now)}</text>'
        f'<rect class="bar-chart__before" x="182" y="4" width="20" height="{_BAR}" '
        f'fill="url(#{prefix}-before)" stroke="{_RULE}"/>'
        f'<text x="209" y="15">{_text(before)}</text>'
    )


def _hatch(prefix: str) -> str:
    return (
        f'<pattern id="{prefix}-before" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect class="bar-chart__paper" width="6" height="6" fill="{_SAND}"/>'
        f'<path class="bar-chart__hatch" d="M-1 1L1 -1M0 6L6 0M5 7L7 5" stroke="{_RULE}" stroke-width="1"/></pattern>'
    )


def _lines(name: str) -> list[str]:
    """A long name over two lines, split so that the longer is short."""
    words = name.split()
    if len(name) <= _LONGEST_LINE or len(words) < 2:
        return [name]
    ways = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return list(min(ways, key=lambda way: max(map(len, way))))


def _text(words: str) -> str:
    """Escaped for SVG; characters that XML does not allow are left out."""
    return escape("".join(letter for letter in words if _is_allowed(ord(letter)) or letter in "\t\n\r"))


def _is_allowed(code: int) -> bool:
    """Whether XML 1.0 allows the character, control characters apart."""
    return 0x20 <= code < 0xD800 or 0xE000 <= code <= 0xFFFD or code >= 0x10000
