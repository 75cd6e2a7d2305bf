"""Which passwords are too common to be anybody's."""

import pytest

from publisher.state.passwords import is_common, words


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Passw0rd2026!",
        "P@ssw0rd!!!!",
        "PASSWORDPASSWORD",
        "welcomeberlin2026",
        "correct horse battery staple",
        "correcthorsebatterystaple1",
        "sommer wasser sommer wasser ",
        "abcabcabcabc",
        "aaaaaaaaaaaaaaaa",
        "            ",
        "123456789012",
        "0987654321098",
        "qwertyuiop123",
        "QWERTZUIOPÜ!",
        "1q2w3e4r5t6y",
        "zxcvbnm,asdfghjkl",
        "letmein.letmein",
        "Trustno1TRUSTNO1",
        "thequickbrownfox",
        "administrator1",
    ],
)
def test_what_many_people_use_is_common(password: str) -> None:
    """Words of the list with figures and signs, repetitions, and runs along a keyboard."""
    assert is_common(password)


@pytest.mark.parametrize(
    "password",
    [
        "a long password for tests",
        "twelve chars",
        "velvet anchor mist copper",
        "k8Zr-tYw0-Qm3p",
        "пароль и слово",
        "密碼是一個很長的句子就是這個",
        "🦀🐚🪸🐟🐠🐡🦈🐙🦑🐋🐬🪼",
        "summer in the harbour office",
    ],
)
def test_what_nobody_would_guess_is_not(password: str) -> None:
    """Kinds of characters are no rule: small letters alone will do, and so will signs alone."""
    assert not is_common(password)


def test_the_list_is_of_words_that_can_match() -> None:
    """In small letters, each once, and none with a blank, a figure or a sign."""
    assert len(words()) > 300
    assert all(word.isalpha() and word == word.casefold() for word in words())
