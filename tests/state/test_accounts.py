"""Names and secrets of accounts."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select

from publisher.domain.errors import BadValue, Refused, UnknownAccount
from publisher.state.accounts import (
    AccountKnown,
    Accounts,
    BadName,
    NameTaken,
)
from publisher.state.passwords import (
    PASSWORD_LIMIT,
    PasswordCommon,
    PasswordNamed,
    PasswordTooLong,
    PasswordTooShort,
)
from publisher.state.sessions import Sessions
from publisher.state.tables import account as table

ANNA = UUID("11111111-1111-4111-8111-111111111111")
BORIS = UUID("22222222-2222-4222-8222-222222222222")
PASSWORD = "correct horse battery"
OTHER = "another long secret"
LONG = "".join(str(number) for number in range(400))[:PASSWORD_LIMIT]


def stored_hash(engine: Engine) -> str:
    with engine.connect() as connection:
        return str(connection.scalar(select(table.c.password_hash)))


def test_the_right_password_finds_the_account(accounts: Accounts) -> None:
    """Name and password together give the account's id."""
    accounts.add(ANNA, "Anna", PASSWORD)
    assert accounts.verify("Anna", PASSWORD) == ANNA


@pytest.mark.parametrize(
    "given", ["", "wrong", PASSWORD + " ", PASSWORD.upper(), "x" * 2_000_000, "\ud800" * 12, "\0"]
)
def test_a_wrong_password_finds_nobody(accounts: Accounts, given: str) -> None:
    """No other password is taken, whatever characters it has."""
    accounts.add(ANNA, "Anna", PASSWORD)
    assert accounts.verify("Anna", given) is None


@pytest.mark.parametrize("name", ["", "Boris", "\ud800", "x" * 100_000])
def test_an_unknown_name_finds_nobody(accounts: Accounts, name: str) -> None:
    """A name that nobody has is answered as a wrong password is."""
    accounts.add(ANNA, "Anna", PASSWORD)
    assert accounts.verify(name, PASSWORD) is None


def test_an_unknown_name_costs_the_same_work(engine: Engine) -> None:
    """Both ways go through one hash of the same cost."""
    counted: list[str] = []

    class CountingHasher(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # noqa: A002
            counted.append(str(hash).rpartition("$")[0].rpartition("$")[0])
            return super().verify(hash, password)

    accounts = Accounts(engine, CountingHasher(time_cost=1, memory_cost=64, parallelism=1))
    accounts.add(ANNA, "Anna", PASSWORD)
    accounts.verify("Anna", OTHER)
    accounts.verify("Nobody", OTHER)
    assert counted == ["$argon2id$v=19$m=64,t=1,p=1"] * 2


def test_the_default_cost_verifies_too(engine: Engine) -> None:
    """The library's own parameters work, for known and for unknown names."""
    accounts = Accounts(engine)
    accounts.add(ANNA, "Anna", PASSWORD)
    assert (accounts.verify("Anna", PASSWORD), accounts.verify("Boris", PASSWORD)) == (ANNA, None)


@pytest.mark.parametrize(
    "same", ["anna müller", "ANNA MÜLLER", "  Anna   Müller ", "Anna Mu\u0308ller", "Ａnna Müller"]
)
def test_names_are_equal_without_case_width_and_blanks(accounts: Accounts, same: str) -> None:
    """One person's name, written another way, is taken and signs in."""
    accounts.add(ANNA, "Anna Müller", PASSWORD)
    with pytest.raises(NameTaken) as caught:
        accounts.add(BORIS, same, OTHER)
    assert (caught.value.field, isinstance(caught.value, Refused)) == ("name", True)
    assert accounts.verify(same, PASSWORD) == ANNA
    assert accounts.names() == {str(ANNA): "Anna Müller"}


def test_the_name_is_kept_as_it_was_written(accounts: Accounts) -> None:
    """Folding serves comparing only."""
    accounts.add(ANNA, " Anna  Straße ", PASSWORD)
    assert accounts.name_of(ANNA) == "Anna Straße"


@pytest.mark.parametrize("name", ["", "   ", "a\0b", "\ud800", "x" * 201, "\u200b\ufffe"])
def test_a_name_that_cant_be_shown_is_refused(accounts: Accounts, name: str) -> None:
    """Empty, endless or unprintable names say which field is wrong."""
    with pytest.raises(BadName) as caught:
        accounts.add(ANNA, name, PASSWORD)
    assert (caught.value.field, accounts.names()) == ("name", {})


@pytest.mark.parametrize(
    ("password", "error"),
    [
        ("", PasswordTooShort),
        ("elevenchars", PasswordTooShort),
        ("x" * (PASSWORD_LIMIT + 1), PasswordTooLong),
        ("Password1234", PasswordCommon),
    ],
)
def test_a_password_that_is_short_endless_or_common_is_refused(
    accounts: Accounts, password: str, error: type[BadValue]
) -> None:
    """Each by name, and nothing is stored."""
    with pytest.raises(error) as caught:
        accounts.add(ANNA, "Anna", password)
    assert (caught.value.field, accounts.names()) == ("password", {})


@pytest.mark.parametrize(
    "password", ["twelve chars", "  a  word   or two ", LONG, "пароль и слово", "\ud800 odd \ud801 ones"]
)
def test_any_password_of_the_right_length_works(accounts: Accounts, password: str) -> None:
    """Blanks, any script and odd characters count as any other."""
    accounts.add(ANNA, "Anna", password)
    assert accounts.verify("Anna", password) == ANNA


@pytest.mark.parametrize(
    "password", ["Mara-Tellin-2026", "maratellin1234!", "TELLIN tellin 77", "Mara Tellin Mara"]
)
def test_a_password_that_is_hardly_more_than_the_name_is_refused(accounts: Accounts, password: str) -> None:
    """When an account is added, and when it gets another password; more words make it good."""
    with pytest.raises(PasswordNamed):
        accounts.add(uuid4(), "Mara Tellin", password)
    account = uuid4()
    accounts.add(account, "Mara Tellin", f"{password} at the lake")
    with pytest.raises(PasswordNamed):
        accounts.set_password(account, password)


def test_a_long_password_counts_to_its_last_character(accounts: Accounts) -> None:
    """Nothing is cut off: one that differs at the end alone is another one."""
    accounts.add(ANNA, "Anna", LONG)
    assert accounts.verify("Anna", LONG[:-1] + "x") is None


def test_a_password_typed_in_another_normal_form_is_the_same(accounts: Accounts) -> None:
    """Composed and decomposed letters are the same keys on two machines."""
    accounts.add(ANNA, "Anna", "schöner müller")
    assert accounts.verify("Anna", "scho\u0308ner mu\u0308ller") == ANNA


def test_an_account_is_added_once(accounts: Accounts) -> None:
    """The same id with another name is refused, and the first name stays."""
    accounts.add(ANNA, "Anna", PASSWORD)
    with pytest.raises(AccountKnown):
        accounts.add(ANNA, "Anna Two", OTHER)
    assert accounts.names() == {str(ANNA): "Anna"}


def test_the_password_itself_is_stored_nowhere(accounts: Accounts, tmp_path: Path) -> None:
    """No file of the database holds it."""
    accounts.add(ANNA, "Anna", PASSWORD)
    assert not any(PASSWORD.encode() in file.read_bytes() for file in tmp_path.iterdir())


def test_a_new_password_replaces_the_old(accounts: Accounts) -> None:
    """Only the new one is taken afterwards."""
    accounts.add(ANNA, "Anna", PASSWORD)
    accounts.set_password(ANNA, OTHER)
    assert (accounts.verify("Anna", PASSWORD), accounts.verify("Anna", OTHER)) == (None, ANNA)


def test_a_new_password_obeys_the_same_rule(accounts: Accounts) -> None:
    """One that is too short is refused, and the old one stays."""
    accounts.add(ANNA, "Anna", PASSWORD)
    with pytest.raises(PasswordTooShort):
        accounts.set_password(ANNA, "short")
    assert accounts.verify("Anna", PASSWORD) == ANNA


def test_a_password_for_nobody_is_refused(accounts: Accounts) -> None:
    """An unknown account is named."""
    with pytest.raises(UnknownAccount, match=str(BORIS)):
        accounts.set_password(BORIS, PASSWORD)


def test_a_hash_of_outdated_cost_is_renewed(accounts: Accounts, engine: Engine) -> None:
    """Signing in makes the hash as dear as new ones are, and goes on working."""
    accounts.add(ANNA, "Anna", PASSWORD)
    dearer = Accounts(engine, PasswordHasher(time_cost=2, memory_cost=128, parallelism=1))
    assert dearer.verify("Anna", PASSWORD) == ANNA
    assert stored_hash(engine).startswith("$argon2id$v=19$m=128,t=2,p=1$")
    assert dearer.verify("Anna", PASSWORD) == ANNA


def test_a_wrong_password_renews_nothing(accounts: Accounts, engine: Engine) -> None:
    """Only who knows the password can change its hash."""
    accounts.add(ANNA, "Anna", PASSWORD)
    before = stored_hash(engine)
    Accounts(engine, PasswordHasher(time_cost=2, memory_cost=128, parallelism=1)).verify("Anna", OTHER)
    assert stored_hash(engine) == before


def test_a_damaged_hash_signs_nobody_in(accounts: Accounts, engine: Engine) -> None:
    """What is no hash at all is a wrong password, not an error."""
    accounts.add(ANNA, "Anna", PASSWORD)
    with engine.begin() as connection:
        connection.execute(table.update().values(password_hash="damaged"))
    assert accounts.verify("Anna", PASSWORD) is None


def test_names_come_by_id_in_the_order_of_names(accounts: Accounts) -> None:
    """Case does not matter for the order."""
    accounts.add(BORIS, "boris", PASSWORD)
    accounts.add(ANNA, "Anna", PASSWORD)
    assert list(accounts.names().items()) == [(str(ANNA), "Anna"), (str(BORIS), "boris")]


def test_an_account_is_found_by_its_name(accounts: Accounts) -> None:
    """Names lead to ids, unknown ones to None."""
    accounts.add(ANNA, "Anna", PASSWORD)
    assert (accounts.id_of("ANNA"), accounts.id_of("Boris")) == (ANNA, None)


@pytest.mark.parametrize("actor", [str(ANNA), ANNA])
def test_a_name_is_found_by_either_form_of_the_id(accounts: Accounts, actor: UUID | str) -> None:
    """Events write ids as text."""
    accounts.add(ANNA, "Anna", PASSWORD)
    assert accounts.name_of(actor) == "Anna"


def test_an_actor_that_is_no_account_has_no_name(accounts: Accounts) -> None:
    """The command line's actor and unknown ids give None."""
    assert (accounts.name_of("cli"), accounts.name_of(uuid4())) == (None, None)


def test_forgetting_erases_name_password_and_sessions(accounts: Accounts, sessions: Sessions) -> None:
    """Nobody of that name is left, the others stay."""
    accounts.add(ANNA, "Anna", PASSWORD)
    accounts.add(BORIS, "Boris", PASSWORD)
    token = sessions.start(ANNA)
    accounts.forget(ANNA)
    assert (accounts.names(), accounts.verify("Anna", PASSWORD)) == ({str(BORIS): "Boris"}, None)
    assert sessions.find(token) is None


def test_forgetting_erases_the_bytes_on_disk(accounts: Accounts, tmp_path: Path) -> None:
    """The name can't be found in any file of the database afterwards."""
    accounts.add(ANNA, "Annabella Unmistakable", PASSWORD)
    found_before = any(b"Unmistakable" in file.read_bytes() for file in tmp_path.iterdir())
    accounts.forget(ANNA)
    found_after = any(b"Unmistakable" in file.read_bytes() for file in tmp_path.iterdir())
    assert (found_before, found_after) == (True, False)


def test_forgetting_nobody_is_no_error(accounts: Accounts) -> None:
    """Forgetting twice is the same as once."""
    accounts.forget(ANNA)
    assert accounts.names() == {}


def test_a_forgotten_name_can_be_given_again(accounts: Accounts) -> None:
    """The name is free for another account."""
    accounts.add(ANNA, "Anna", PASSWORD)
    accounts.forget(ANNA)
    accounts.add(BORIS, "Anna", OTHER)
    assert accounts.verify("Anna", OTHER) == BORIS
