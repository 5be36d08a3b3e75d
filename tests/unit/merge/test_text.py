"""What is settled of the conflicts of a removal."""

from scaffold.merge.text import conflict, keep_edited


def test_what_the_user_edited_and_the_template_removed_stays() -> None:
    removed = conflict("a = 1\n", "a = 2\n", "").text
    assert keep_edited(f"x\n{removed}y\n{removed}") == "x\na = 2\ny\na = 2\n"


def test_other_conflicts_stay() -> None:
    changed = conflict("a = 1\n", "a = 2\n", "a = 3\n").text
    removed = conflict("b = 1\n", "b = 2\n", "").text
    assert keep_edited(changed + removed) == f"{changed}b = 2\n"


def test_line_ends_stay() -> None:
    removed = conflict("a = 1\n", "a = 2\n", "").text.replace("\n", "\r\n")
    assert keep_edited(removed) == "a = 2\r\n"
