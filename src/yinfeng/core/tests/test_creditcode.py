"""Credit and organisation codes: real ones pass, doubtful ones warn and never block."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinfeng.core.creditcode import CodeKind, check_credit_code, credit_check_char, region_of


@pytest.mark.parametrize(
    "code",
    [
        "91350200776049653A",
        "91440300708461136T",
        "91350200MA2YJ1XR9G",
        "123502001549897397",
        "91632801MA752XA17L",
        "91632801MA758QK22K",
        "11632801015046001F",
        "D2143569-X",
    ],
)
def test_valid_codes_give_no_warning(code: str) -> None:
    finding = check_credit_code(code)
    assert (finding.ok, finding.message_zh) == (True, "")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("91350200MA2YJ1XR9H", "check_character"),
        ("91350203M0001FUE2P", "check_character"),  # real, of the pilot, computed J
        ("91350100M0001TGQXM", "check_character"),  # real, of the pilot, computed 1
        ("D21435690", "check_character"),
        ("9135O200776049653A", "characters"),
        ("91350200776049653Z", "characters"),
        ("91A50200776049653A", "region_digits"),
        ("", "empty"),
        ("9135020077604965", "length"),
        ("350200100012345", "old_register_number"),
        ("D214356-9Y", "organisation_shape"),
    ],
)
def test_doubtful_codes_warn_with_a_reason(code: str, reason: str) -> None:
    finding = check_credit_code(code)
    assert finding.ok is False
    assert finding.fault is not None
    assert finding.fault.code == reason
    assert finding.message_zh


def test_pilot_codes_name_the_expected_character() -> None:
    assert "应为 J，现为 P" in check_credit_code("91350203M0001FUE2P").message_zh
    assert "应为 1，现为 M" in check_credit_code("91350100M0001TGQXM").message_zh


def test_codes_are_normalised_but_letters_are_not_guessed() -> None:
    finding = check_credit_code(" ９１６３２８０１ ma752xa17l ")
    assert (finding.code, finding.kind, finding.ok) == ("91632801MA752XA17L", CodeKind.CREDIT, True)
    assert check_credit_code("d2143569－x").code == "D2143569X"
    assert "O" in check_credit_code("9135O200776049653A").message_zh


def test_region_is_where_the_firm_is_registered() -> None:
    assert region_of("91632801MA752XA17L") == "632801"
    assert region_of("D2143569-X") is None
    assert region_of("91ABCDEFMA752XA17L") is None


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9), st.integers(0, 999999))
def test_a_computed_check_character_always_passes(body: str, place: int) -> None:
    first = f"91{place:06d}{body}"
    assert check_credit_code(first + credit_check_char(first)).ok


@given(st.text(max_size=20))
def test_no_text_makes_the_check_fall_over(text: str) -> None:
    check_credit_code(text)
