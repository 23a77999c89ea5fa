"""Drawings are well-formed, escaped, described, and carry nothing the content policy blocks."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from geography.locating import default_city
from trends.charts import Bar, draw_bars
from trends.maps import draw_map, shade_ranges
from trends.rules import Row, Table
from trends.vocabulary import HIDDEN, Breakdown, Figure

SVG = "{http://www.w3.org/2000/svg}"
FIGURES = st.one_of(st.integers(0, 10**7), st.just(HIDDEN))
BARS = st.lists(st.builds(Bar, name=st.text(max_size=40), now=FIGURES, before=FIGURES), max_size=20)


def drawn(bars: list[Bar], title: str = "Title", description: str = "Words") -> ElementTree.Element:
    return ElementTree.fromstring(draw_bars(title, description, bars, ("January 2024", "January 2023")))


def said(drawing: ElementTree.Element) -> list[str]:
    return ["".join(text.itertext()) for text in drawing.iter(f"{SVG}text")]


@given(bars=BARS, title=st.text(), description=st.text())
def test_any_words_make_a_well_formed_drawing_without_style_or_script(
    bars: list[Bar], title: str, description: str
) -> None:
    drawing = drawn(bars, title, description)
    for element in drawing.iter():
        assert element.tag.removeprefix(SVG) not in {"style", "script", "foreignObject", "a", "image"}
        assert not [name for name in element.attrib if name == "style" or name.startswith("on") or "href" in name]


def test_names_are_escaped() -> None:
    text = draw_bars('<b>"T"</b>', "D & D", [Bar("<script>alert(1)</script>", 1, 2)], ("now", "before"))
    assert "<script" not in text
    assert "<b>" not in text
    assert "D &amp; D" in text


def test_it_has_a_role_a_title_and_a_description() -> None:
    drawing = drawn([Bar("Bargate", 3, 1)])
    assert drawing.get("role") == "img"
    first, second = list(drawing)[:2]
    assert (first.tag, first.text, second.tag, second.text) == (f"{SVG}title", "Title", f"{SVG}desc", "Words")
    assert drawing.get("aria-labelledby") == f"{first.get('id')} {second.get('id')}"


def test_a_hidden_count_has_the_letter_and_no_bar_and_nought_is_a_nought() -> None:
    drawing = drawn([Bar("Bargate", HIDDEN, 0)])
    assert said(drawing)[-2:] == ["c", "0"]
    key_only = drawn([])
    assert len(list(drawing.iter(f"{SVG}rect"))) == len(list(key_only.iter(f"{SVG}rect")))


@given(now=st.integers(0, 10**6), before=st.integers(0, 10**6))
def test_bars_are_as_long_as_their_counts_and_stay_inside(now: int, before: int) -> None:
    drawing = drawn([Bar("Bargate", now, before)])
    widths = {
        rect.get("fill", "")[:4]: float(rect.get("width", "0"))
        for rect in list(drawing.iter(f"{SVG}rect"))
        if rect.get("height") == "14" and rect.get("x") == "136"
    }
    assert all(width <= 172 for width in widths.values())
    if now and before:
        assert abs(widths["#0f6"] * before - widths["url("] * now) <= 0.1 * (now + before)


@given(smallest=st.integers(1, 10), largest=st.integers(0, 5000))
def test_every_count_that_is_shown_has_one_shade(smallest: int, largest: int) -> None:
    ranges = shade_ranges(smallest, largest)
    assert len(ranges) <= 5
    covered = [count for least, most in ranges for count in range(least, most + 1)]
    assert covered[: max(0, largest - smallest + 1)] == list(range(smallest, largest + 1))
    assert len(covered) == len(set(covered))


def test_the_map_tells_hidden_from_none_and_from_shown() -> None:
    wards = default_city().boundary_set()
    first, second, third = wards.codes()[:3]
    counts: dict[str, Figure] = {first: HIDDEN, second: 0, third: 12}
    rows = tuple(Row(code, wards.ward_name(code), counts.get(code, 7), 0) for code in wards.codes())
    outside = Row("not-known", "Ward not known", 900, 0)
    made = draw_map("Where", Table(Breakdown.WARD, (*rows, outside)), wards, smallest=5)
    assert [(entry.band.value, entry.words) for entry in made.legend] == [
        ("none", "No reports"),
        ("low", "7 to 8 reports"),
        ("high", "11 to 12 reports"),
        ("hidden", "Hidden, 1 to 4"),
    ]
    words = {path.findtext(f"{SVG}title") for path in ElementTree.fromstring(made.drawing).iter(f"{SVG}path")}
    assert f"{wards.ward_name(first)}: hidden, 1 to 4" in words
    assert f"{wards.ward_name(second)}: no reports" in words
    assert f"{wards.ward_name(third)}: 12 reports" in words
