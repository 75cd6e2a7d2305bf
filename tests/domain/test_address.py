"""An address: one path, one owner."""

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid4, uuid5

import pytest
from domain_samples import HOUR, MICROSECOND, NOON, PATH, act, last, names, refused

from publisher.domain.address import Address
from publisher.domain.errors import AddressTaken

OWNER = uuid4()
OTHER = uuid4()


def claimed() -> Address:
    address = Address.open(PATH, act())
    address.claim(OWNER, NOON, act())
    address.collect_events()
    return address


def released() -> Address:
    """Claimed for an hour after noon, and released at noon."""
    address = Address.open(PATH, act(NOON - HOUR))
    address.claim(OWNER, NOON + HOUR, act(NOON - HOUR))
    address.release(act())
    address.collect_events()
    return address


def test_an_address_is_found_by_its_path() -> None:
    """Its id is uuid5(NAMESPACE_URL, path)."""
    address = Address.open(PATH, act())
    assert (address.id, address.id) == (uuid5(NAMESPACE_URL, PATH), Address.id_of(PATH))
    assert (names(address), address.path, address.publication) == (["Opened"], PATH, None)


def test_a_free_address_can_be_claimed() -> None:
    """From an instant on, also a later or an earlier one."""
    address = Address.open(PATH, act())
    address.claim(OWNER, NOON + HOUR, act())
    event = last(address)
    assert (event.publication, event.effective_at, event.timestamp) == (str(OWNER), NOON + HOUR, NOON)
    assert address.publication == str(OWNER)


def test_an_owner_claims_its_own_address_without_an_event() -> None:
    """A publication that moves back finds it its own."""
    address = claimed()
    address.claim(OWNER, NOON + HOUR, act())
    assert names(address) == []


def test_a_taken_address_is_refused() -> None:
    """The refusal names the path."""
    address = claimed()
    with refused(address, AddressTaken) as caught:
        address.claim(OTHER, NOON + timedelta(days=5000), act())
    assert caught.value.path == PATH


def test_a_released_address_is_free() -> None:
    """For another publication, from the instant of its release on."""
    address = released()
    address.claim(OTHER, NOON, act())
    assert (names(address), address.publication) == (["Claimed"], str(OTHER))


def test_releasing_takes_effect_at_once() -> None:
    """And names who had claimed it."""
    address = Address.open(PATH, act())
    address.claim(OWNER, NOON + HOUR, act())
    address.release(act(NOON + MICROSECOND))
    event = last(address)
    assert (event.publication, event.effective_at) == (str(OWNER), NOON + MICROSECOND)
    assert address.publication is None


@pytest.mark.parametrize("publication", [OWNER, OTHER])
def test_a_released_address_was_taken_until_then(publication: object) -> None:
    """It can't be claimed for an instant at which it was held."""
    address = released()
    with refused(address, AddressTaken):
        address.claim(publication, NOON - MICROSECOND, act())  # type: ignore[arg-type]
