import re
from html import unescape

from httpx import AsyncClient

from complianceai.register.example import example_year
from complianceai.register.exports import identity
from complianceai.register.showing import address, years_of


async def test_the_front_page_shows_real_dates_and_their_price(visitor: AsyncClient) -> None:
    reply = await visitor.get("/")
    assert reply.status_code == 200
    assert "Kaveri Textiles" in reply.text
    assert "a day late: ₹" in reply.text
    assert len(reply.content) < 60_000


async def test_the_year_names_every_duty_of_every_month(visitor: AsyncClient) -> None:
    text = (await visitor.get("/example", params={"year": 2026})).text
    dates = example_year(2026).calendar.occurrences
    assert len(dates) > 30
    assert text.count('class="due"') == len(dates)
    for each in dates:
        assert f'"example/dates/{address(each)}"' in text
    assert len(text.encode()) < 60_000


async def test_every_date_of_the_year_opens_to_its_reasons_sources_and_price(visitor: AsyncClient) -> None:
    seen = {}
    for each in example_year(2026).calendar.occurrences:
        seen.setdefault(each.obligation_id, each)
    for each in seen.values():
        text = unescape((await visitor.get(f"/example/dates/{address(each)}")).text)
        assert each.form in text
        for step in each.trace:
            assert step in text
        for citation in each.citations:
            assert citation.url in text
        assert "last checked on" in text
        assert "What one day late costs" in text


async def test_nothing_uncertain_is_shown_as_certain(visitor: AsyncClient) -> None:
    doubtful = [each for each in example_year(2026).calendar.occurrences if each.certainty != "verified"]
    assert doubtful
    for each in doubtful:
        text = (await visitor.get(f"/example/dates/{address(each)}")).text
        assert "Checked against the source" not in text.split("What one day late costs")[0]
        assert ("Disputed" if each.certainty == "disputed" else "Not verified") in text
    listed = await visitor.get("/example", params={"year": 2026, "view": "list", "certainty": "verified"})
    for each in doubtful:
        assert f"/dates/{address(each)}" not in listed.text


async def test_a_list_can_be_narrowed_to_one_authority(visitor: AsyncClient) -> None:
    year = example_year(2026)
    mca = [each for each in year.calendar.occurrences if each.obligation.authority.label == "MCA"]
    text = (await visitor.get("/example", params={"year": 2026, "view": "list", "authority": "MCA"})).text
    assert text.count('class="moment"') == len(mca) > 0
    nothing = await visitor.get("/example", params={"view": "list", "authority": "<b>NASA</b>"})
    assert "No date fits" in nothing.text


async def test_what_nobody_knows_is_asked_and_not_guessed(visitor: AsyncClient) -> None:
    text = unescape((await visitor.get("/example", params={"year": 2026})).text)
    assert "What we could not decide" in text
    assert "Does it owe a micro or small enterprise anything for more than 45 days?" in text
    assert not any(
        each.obligation_id.startswith("mca-msme-1") for each in example_year(2026).calendar.occurrences
    )


async def test_a_date_is_found_by_its_identity_alone(visitor: AsyncClient) -> None:
    for start_year in (2024, 2025, 2026, 2027):
        for each in example_year(start_year).calendar.occurrences:
            assert start_year in years_of(identity(each)) or "?year=" in address(each)
    last = example_year(2025).calendar.occurrences[-1]
    reply = await visitor.get(f"/example/dates/{address(last)}")
    assert reply.status_code == 200
    assert "/example?year=2025" in reply.text


async def test_htmx_is_given_the_date_by_itself(visitor: AsyncClient) -> None:
    key = identity(example_year(2026).calendar.occurrences[0])
    part = await visitor.get(f"/example/dates/{key}", params={"year": 2026}, headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith("<article")
    assert "HX-Request" in part.headers["vary"]


async def test_a_date_that_is_not_there_is_missing(visitor: AsyncClient) -> None:
    for key in ("nothing", "x" * 500):
        assert (await visitor.get(f"/example/dates/{key}")).status_code == 404


async def test_a_year_without_law_falls_back_to_this_one(visitor: AsyncClient) -> None:
    for year in ("1850", "999999", "-1"):
        reply = await visitor.get("/example", params={"year": year})
        assert reply.status_code == 200
        assert re.search(r'aria-current="page">20\d\d-\d\d<', reply.text)


async def test_a_year_that_is_no_number_is_refused_calmly(visitor: AsyncClient) -> None:
    reply = await visitor.get("/example", params={"year": "soon"})
    assert reply.status_code == 422
    assert "Something needs another look" in reply.text
