import pytest

from complianceai.base.errors import InvalidInput
from complianceai.tenancy.strength import check_strength
from tests.cast import ASHA, House

TOLD = (ASHA.name, ASHA.email)


@pytest.mark.parametrize(
    "password",
    [
        *("Password1!", "P@ssw0rd1", "Qwerty@123", "Welcome@123", "Admin@123", "Mumbai@123", "Aa1!" * 32),
        *("Asha@1234", "Asha@example.com1", "asha@example.com", "Rao@12345", "Compliance@1"),
    ],
)
def test_a_common_password_and_one_made_of_ones_name_are_refused(password: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_strength(password, TOLD)
    assert set(refused.value.faults) == {"password"}


@pytest.mark.parametrize(
    "password", [ASHA.password, "Xk9$fjq2", "Four kettles & 1 Banyan", "दही-Kadhi4&mango"]
)
def test_an_unusual_password_passes(password: str) -> None:
    check_strength(password, TOLD)


async def test_registration_refuses_a_common_password_by_page_and_by_api(house: House) -> None:
    client = await house.visitor()
    sent = ASHA.registration | {"password": "Welcome@123"}
    reply = await client.post("/api/auth/register", json=sent)
    assert (reply.status_code, set(reply.json()["fields"])) == (422, {"password"})
    shown = await client.post("/register", data=sent)
    assert shown.status_code == 422
    assert "easy to guess" in shown.text
    assert "Welcome@123" not in shown.text
