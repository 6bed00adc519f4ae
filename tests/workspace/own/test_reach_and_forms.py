"""A company's own templates: out of others' reach, and used with nothing but forms."""

from complianceai.tenancy.policies import Role
from tests.cast import ASHA, BILAL, CHITRA, House, describe
from tests.workspace.own.papers import ANSWERS, QUESTIONS, TEMPLATES, TEXT, made, word


async def test_what_a_company_made_reaches_nobody_else(house: House) -> None:
    asha, bilal, chitra = [await house.register(each) for each in (ASHA, BILAL, CHITRA)]
    company, hers = await describe(asha), await describe(chitra)
    own = await made(asha, company, questions=QUESTIONS)
    ask = f"{TEMPLATES}/{own['id']}"
    change = {"baseVersion": 1, "title": "Mine now", "text": "Mine {{ now }}"}
    body = {"templateId": own["id"], "userInputs": ANSWERS}
    for method, path, sent_ in (
        ("GET", ask, {}), ("GET", f"{ask}/own", {}), ("GET", f"{ask}/versions", {}), ("GET", f"{ask}/sheet", {}),
        ("PUT", ask, {"json": change}), ("POST", f"{ask}/retire", {"json": {}}),
        ("POST", f"{ask}/files", {"files": {"file": ("a.docx", b"x")}}),
        ("POST", "/api/documents/generate", {"json": body | {"companyId": hers}}),
        ("GET", f"/app/companies/{hers}/documents/templates/{own['id']}", {}),
        ("GET", f"/app/companies/{hers}/documents/new/{own['id']}", {}),
        ("GET", f"/app/companies/{hers}/documents/bulk/new/{own['id']}", {}),
        ("POST", TEMPLATES, {"json": {"companyId": company, "title": "Mine", "text": "Mine"}}),
    ):  # fmt: skip
        reply = await chitra.request(method, path, **sent_)
        assert reply.status_code == 404, (method, path, reply.status_code)
    assert own["id"] not in (await chitra.get(f"/app/companies/{hers}/documents/new")).text
    # Of one's own companies neither: a template belongs to the one it was made for.
    other = await describe(asha, name="Other")
    assert (await asha.post("/api/documents/generate", json=body | {"companyId": other})).status_code == 404
    for role, statuses in ((Role.PREPARER, (200, 403)), (Role.VIEWER, (404, 404)), (Role.CLIENT, (404, 404))):
        company = await describe(asha, name=f"For {role.value}")
        own = await made(asha, company)
        await house.join(bilal, company, role)
        ask = f"{TEMPLATES}/{own['id']}"
        found = (await bilal.get(ask)).status_code, (await bilal.put(ask, json=change)).status_code
        assert found == statuses, role


async def test_a_template_is_written_labelled_looked_at_and_used_with_nothing_but_forms(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    home = f"/app/companies/{company}/documents"
    looked_at = await asha.post(f"{home}/templates/new", data={"title": "Offer", "text": TEXT})
    assert looked_at.status_code == 200
    assert 'name="q.pay.label"' in looked_at.text
    assert "₹12,345.50" in looked_at.text
    form = {
        "title": "Offer", "text": TEXT, "deed": "save", "q.name.label": "Who?", "q.name.required": "true",
        "q.pay.type": "money", "q.pay.required": "true", "q.city.type": "choice", "q.city.choices": "Pune\nNashik",
        "q.city.if": "remote", "q.city.is": "yes", "q.city.required": "true", "q.remote.type": "yes_no",
    }  # fmt: skip
    kept = await asha.post(f"{home}/templates/new", data=form)
    assert kept.status_code == 303, kept.text
    here = kept.headers["location"]
    shown = (await asha.get(here)).text
    assert "Who?" in shown
    assert "Answer its questions" in shown
    edit = (await asha.get(f"{here}/edit")).text
    assert "Pune\nNashik" in edit
    interview = f"{home}/new/own-{here.rsplit('/', 1)[1]}"
    assert "Who?" in (await asha.get(interview)).text
    answered = await asha.post(interview, data={**ANSWERS, "deed": "make"})
    assert answered.status_code == 303, answered.text
    assert "Offer" in (await asha.get(answered.headers["location"])).text
    assert "own-" in (await asha.get(f"{home}/new")).text
    assert (
        await asha.post(f"{here}/edit", data={**form, "text": TEXT + "\nBye.\n", "base": "1"})
    ).status_code == 303
    assert (await asha.post(f"{here}/edit", data={**form, "base": "1"})).status_code == 409
    assert (await asha.post(f"{here}/retire", data={"deed": "retire"})).status_code == 303
    assert "retired" in (await asha.get(here)).text
    assert (await asha.post(interview, data={**ANSWERS, "deed": "make"})).status_code == 409
    brought_in = await asha.post(
        f"{home}/templates/new/word",
        data={"title": ""},
        files={"file": ("Notice.docx", word("Dear {{ name }}"))},
    )
    assert brought_in.status_code == 303
    page = await asha.get(brought_in.headers["location"])
    assert 'name="q.name.label"' in page.text
    there = brought_in.headers["location"].removesuffix("/edit")
    assert "Dear Name" in (await asha.get(there)).text
    assert (await asha.get(f"{there}/word")).content[:2] == b"PK"
    interview = f"{home}/new/own-{there.rsplit('/', 1)[1]}"
    typed = await asha.post(interview, data={"name": "Bilal", "deed": "look"})
    assert "Dear Bilal" in typed.text
    paper = await asha.post(interview, data={"name": "Bilal", "deed": "make"})
    assert "Notice.docx" in (await asha.get(paper.headers["location"])).text
    again = await asha.post(
        f"{there}/word", files={"file": ("Notice.docx", word("Dear {{ name }} of {{ city }}"))}
    )
    assert again.status_code == 303
    assert "Version 2" in (await asha.get(there)).text
