"""What would be sent to an address service: the name of a street, and never a person, a number or a sentence."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geography.outgoing import street_in


@pytest.mark.parametrize(
    ("told", "sent"),
    [
        ("my neighbour Ahmed Khan at 14 Zorba Gardens", "zorba gardens"),
        ("the man at number 12 Zorba Gardens called me names", "zorba gardens"),
        ("Ahmed Khan Zorba Gardens", "zorba gardens"),
        ("Ahmed Khan, Zorba Gardens", "zorba gardens"),
        ("flat 3, 27 Zebra Court", "zebra court"),
        ("Zebra Ct", "zebra court"),
        ("on Old Zorba Mill Road by the shop", "old zorba mill road"),
        ("Nowhere Villas ring me on 07700 900123", "nowhere villas"),
        ("I live at 14 Zorba Gardens, it was on Zeta Lane", "zeta lane"),
        ("john.smith@example.org Zorba Road", "zorba road"),
    ],
)
def test_a_street_is_sent_alone(told: str, sent: str) -> None:
    assert street_in(told) == sent


@pytest.mark.parametrize(
    "told",
    [
        "",
        "Mrs Shirley Weston",
        "my friend Victoria",
        "O7700 9OO123",
        "07700/900/123",
        "oh double seven hundred",
        "DOB 12/03/1990",
        "john dot smith at gmail dot com",
        "Ahmed's close friend",
        "Ahmed close by",
        "he came my way",
        "my road",
        "in the car park",
        "I live at 14 Zorba Gardens",
        "a long sentence about what was done to me there by some people",
    ],
)
def test_without_a_street_nothing_is_sent(told: str) -> None:
    assert street_in(told) == ""


@given(st.text(alphabet=string.printable, max_size=200))
def test_no_digit_and_never_more_than_four_words(told: str) -> None:
    sent = street_in(f"{told} Road")
    assert not any(map(str.isdigit, sent))
    assert len(sent.split()) <= 5
