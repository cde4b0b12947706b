"""How a compiled encoder is opened: exact sums everywhere, fast where the processor has them."""

from __future__ import annotations

import pytest

from app.inference.session import adds_exactly

WITHOUT = "flags\t\t: fpu sse4_1 avx2 avx512f avx512bw\n"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("processor\t: 0\nflags\t\t: fpu avx2 avx512_vnni\nprocessor\t: 1\n", True),
        ("flags\t\t: fpu avx2 avx_vnni\n", True),
        (WITHOUT, False),
        ("flags\t\t: fpu avx512_vnni\n" + WITHOUT, False),  # a machine of unlike processors
        ("flags\t\t: fpu avx512_vnni_like\n", False),
        ("Features\t: fp asimd asimddp\n", False),  # not x86: nothing is told in these words
        ("", False),
    ],
)
def test_sums_are_exact_where_every_processor_has_vnni(tmp_path, told, expected):
    """One processor without it is enough for sums that may overflow."""
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text(told, "utf-8")

    assert adds_exactly(cpuinfo) is expected


def test_nothing_is_taken_for_granted_where_linux_does_not_tell(tmp_path):
    """Elsewhere than on Linux there is no such file."""
    assert not adds_exactly(tmp_path / "none")
