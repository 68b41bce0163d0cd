from __future__ import annotations

from pathlib import Path

import pytest

from orderparse.mail import folders


def names(root):
    return [Path(file.path).relative_to(root).as_posix() for file in folders.files(root)]


def test_numbers_go_by_number_and_before_names(tmp_path, build):
    build.tree(tmp_path, dict.fromkeys(["10", "9", "100", "a", "1.eml", "9" * 30, ",9", "#10"], b"x"))
    assert names(tmp_path) == ["9", "10", "100", "1.eml", "9" * 30, "a"]


def test_hidden_folders_are_mail_only_where_they_are_maildirs_in_a_maildir(tmp_path, build):
    build.tree(tmp_path, dict.fromkeys(["cur/1", "new/2", "tmp/3", ".A/cur/4", ".A/new/5", ".A/tmp/6", ".B/7"], b"x"))
    build.tree(tmp_path / "new" / "C", dict.fromkeys([".D/cur/8", ".D/new/9"], b"x"))
    assert names(tmp_path) == [".A/cur/4", ".A/new/5", "cur/1", "new/2"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Takeout/Mail/All.mbox", (".mbox", False)),
        ("../../etc/in.eml", None),
        ("./in.eml", (".eml", False)),
        ("C:\\mails\\1.eml", (".eml", False)),
        ("M/cur/1709461.M5P8.host:2,S", ("", True)),
        ("M/tmp/1709461000.M5P8.host", None),
        ("tmp/mails.mbox", (".mbox", False)),
        ("a/.hidden/b.eml", None),
        (".b.eml", None),
        ("mh/,12", None),
        ("", ("", False)),
    ],
)
def test_the_name_of_a_member_says_whether_it_is_looked_at(name, expected):
    assert folders.member(name) == expected
