from __future__ import annotations

from forms.lint import check_content


def test_the_packaged_content_is_sound() -> None:
    assert [str(problem) for problem in check_content()] == []
