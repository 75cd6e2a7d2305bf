"""The second factor's codes: each works once, around its time, for its account, and is stored nowhere."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pyotp
import pytest
from hand_clock import HandClock
from sqlalchemy import Engine, select

from publisher.domain.errors import UnknownAccount
from publisher.state.accounts import Accounts
from publisher.state.database import wipe
from publisher.state.factors import RECOVERY, FactorHeld, Factors, NoFactor, SetUpOver, WrongCode
from publisher.state.tables import recovery

ANNA = UUID("11111111-1111-4111-8111-111111111111")
BORIS = UUID("22222222-2222-4222-8222-222222222222")
STEP = timedelta(seconds=30)


@pytest.fixture
def factors(engine: Engine, clock: HandClock, accounts: Accounts) -> Factors:
    accounts.add(ANNA, "Anna", "correct horse battery")
    accounts.add(BORIS, "Boris", "correct horse battery")
    return Factors(engine, clock, lambda: b"k" * 32)


def code(secret: str, clock: HandClock, steps: int = 0) -> str:
    """What an authenticator shows, so many steps from now."""
    return pyotp.TOTP(secret).at(clock() + steps * STEP)


def set_up(factors: Factors, clock: HandClock, account: UUID = ANNA) -> tuple[str, tuple[str, ...]]:
    """The secret and the recovery codes of a factor that is on; its first code is long past."""
    factors.begin(account)
    secret = factors.waiting(account)
    assert secret
    codes = factors.confirm(account, code(secret, clock))
    clock.advance(timedelta(minutes=5))
    return secret, codes


def test_a_factor_is_on_once_its_first_code_came(factors: Factors, clock: HandClock) -> None:
    """Before that signing in asks for nothing; after it the secret is shown to nobody."""
    factors.begin(ANNA)
    secret = factors.waiting(ANNA)
    assert secret
    assert factors.of(ANNA) is None
    assert factors.verify(ANNA, code(secret, clock)) is False
    factors.confirm(ANNA, code(secret, clock))
    found = factors.of(ANNA)
    assert found
    assert (found.since, found.left) == (clock.now, RECOVERY)
    assert factors.waiting(ANNA) is None
    assert factors.holders() == {str(ANNA)}


def test_a_wrong_first_code_turns_nothing_on(factors: Factors, clock: HandClock) -> None:
    """And the secret goes on waiting."""
    factors.begin(ANNA)
    secret = factors.waiting(ANNA)
    assert secret
    with pytest.raises(WrongCode):
        factors.confirm(ANNA, code(secret, clock, 5))
    assert factors.of(ANNA) is None
    assert factors.waiting(ANNA) == secret


def test_a_secret_waits_for_a_quarter_of_an_hour(factors: Factors, clock: HandClock) -> None:
    """Whoever comes later begins again, with another one."""
    factors.begin(ANNA)
    first = factors.waiting(ANNA)
    clock.advance(timedelta(minutes=15))
    assert factors.waiting(ANNA) is None
    assert first
    with pytest.raises(SetUpOver):
        factors.confirm(ANNA, code(first, clock))
    factors.begin(ANNA)
    assert factors.waiting(ANNA) not in (None, first)


def test_a_factor_that_is_on_is_not_set_up_over(factors: Factors, clock: HandClock) -> None:
    """Whoever finds a desk left alone gives it no authenticator of their own."""
    secret, _ = set_up(factors, clock)
    with pytest.raises(FactorHeld):
        factors.begin(ANNA)
    assert factors.verify(ANNA, code(secret, clock))


def test_nobody_unknown_sets_one_up(factors: Factors) -> None:
    with pytest.raises(UnknownAccount):
        factors.begin(uuid4())


@pytest.mark.parametrize(("steps", "holds"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_wrong_by_one_step(
    factors: Factors, clock: HandClock, steps: int, holds: bool
) -> None:
    """Of half a minute, either way."""
    secret, _ = set_up(factors, clock)
    assert factors.verify(ANNA, code(secret, clock, steps)) is holds


def test_a_code_works_once_and_so_does_no_older_one(factors: Factors, clock: HandClock) -> None:
    """Whoever looked over a shoulder comes too late; the next code works."""
    secret, _ = set_up(factors, clock)
    seen, older = code(secret, clock), code(secret, clock, -1)
    assert factors.verify(ANNA, seen)
    assert not factors.verify(ANNA, seen)
    assert not factors.verify(ANNA, older)
    clock.advance(STEP)
    assert factors.verify(ANNA, code(secret, clock))


def test_the_first_code_signs_nobody_in(factors: Factors, clock: HandClock) -> None:
    """It was used by turning the factor on."""
    factors.begin(ANNA)
    secret = factors.waiting(ANNA)
    assert secret
    factors.confirm(ANNA, code(secret, clock))
    assert not factors.verify(ANNA, code(secret, clock))


def test_of_many_at_once_with_one_code_one_succeeds(factors: Factors, clock: HandClock) -> None:
    """The step is taken in the transaction that looks at it."""
    secret, codes = set_up(factors, clock)
    shown = code(secret, clock)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda _: factors.verify(ANNA, shown), range(16))).count(True) == 1
        assert list(pool.map(lambda _: factors.verify(ANNA, codes[0]), range(16))).count(True) == 1


def test_a_recovery_code_works_once(factors: Factors, clock: HandClock) -> None:
    """However its blanks, hyphens and capitals are typed; one less is left."""
    _, codes = set_up(factors, clock)
    assert len(set(codes)) == RECOVERY
    assert factors.verify(ANNA, f" {codes[3].upper().replace('-', ' ')} ")
    assert not factors.verify(ANNA, codes[3])
    found = factors.of(ANNA)
    assert found
    assert found.left == RECOVERY - 1


def test_new_recovery_codes_end_the_old_ones(factors: Factors, clock: HandClock) -> None:
    """All of them, used or not."""
    _, old = set_up(factors, clock)
    new = factors.new_codes(ANNA)
    assert not any(factors.verify(ANNA, each) for each in old)
    assert factors.verify(ANNA, new[0])


def test_codes_are_those_of_one_account(factors: Factors, clock: HandClock) -> None:
    """Another's open nothing, whichever they are."""
    secret, codes = set_up(factors, clock)
    set_up(factors, clock, BORIS)
    assert not factors.verify(BORIS, code(secret, clock))
    assert not factors.verify(BORIS, codes[0])


@pytest.mark.parametrize("typed", ["", " ", "000", "\ud800", "x" * 100_000, "１２３４５６"])
def test_whatever_else_is_typed_is_no_code(factors: Factors, clock: HandClock, typed: str) -> None:
    set_up(factors, clock)
    assert factors.verify(ANNA, typed) is False


def test_neither_secret_nor_recovery_code_is_in_the_database(
    factors: Factors, clock: HandClock, engine: Engine, tmp_path: Path
) -> None:
    """Whoever takes a copy of it has no code; the secret derives from the newsroom's key as well."""
    secret, codes = set_up(factors, clock)
    wipe(engine)
    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert not any(each.encode() in stored for each in (secret, *codes, codes[0].replace("-", "")))
    other = Factors(engine, clock, lambda: b"x" * 32)
    assert not other.verify(ANNA, code(secret, clock))


def test_what_is_turned_off_asks_for_nothing(factors: Factors, clock: HandClock, engine: Engine) -> None:
    """No code of it is left; a new one has another secret."""
    secret, codes = set_up(factors, clock)
    assert factors.turn_off(ANNA) is True
    assert factors.turn_off(ANNA) is False
    assert factors.of(ANNA) is None
    assert not factors.verify(ANNA, codes[0])
    with engine.connect() as connection:
        assert connection.execute(select(recovery)).all() == []
    again, _ = set_up(factors, clock)
    assert again != secret


def test_a_reset_is_remembered_until_its_holder_knows(factors: Factors, clock: HandClock) -> None:
    """Or has set up another."""
    set_up(factors, clock)
    factors.reset(ANNA)
    assert factors.of(ANNA) is None
    assert factors.reset_at(ANNA) == clock.now
    factors.known(ANNA)
    assert factors.reset_at(ANNA) is None
    set_up(factors, clock)
    factors.reset(ANNA)
    set_up(factors, clock)
    assert factors.reset_at(ANNA) is None


def test_what_is_not_on_is_neither_reset_nor_given_codes(factors: Factors) -> None:
    with pytest.raises(NoFactor):
        factors.reset(ANNA)
    with pytest.raises(NoFactor):
        factors.new_codes(ANNA)
    assert factors.reset_at(ANNA) is None


def test_an_account_that_is_forgotten_takes_its_factor_along(
    factors: Factors, clock: HandClock, accounts: Accounts
) -> None:
    set_up(factors, clock)
    accounts.forget(ANNA)
    assert factors.holders() == frozenset()
