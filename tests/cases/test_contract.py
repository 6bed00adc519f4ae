"""Every form label and every input that the interface promises is there."""

from __future__ import annotations

import pytest

from complianceai import catalogue
from complianceai.rules import input_names

LAW, _ = catalogue.survey()

INPUTS = {
    "138 140 143 26Q 27EQ": "tax_deductible_or_collectible",
    "145": "not_furnished",
    "26 3CD": "tax_audit turnover",
    "ADT-1 DPT-3 MGT-14 PAS-6": "authorised_capital",
    "ADVANCE-TAX": "advance_tax_paid assessed_tax paid_by presumptive section tax_due_on_returned_income",
    "CMP-08": "tax_due",
    "EPF-ECR ESI-CONTRIBUTION": "dues",
    "FC-GPR FC-TRS FORM-ECB-1": "amount",
    "GSTR-1": "nil_return turnover",
    "165 3CEB 48 61A AOC-4 APR DIR-3_KYC FLA FSSAI-D1 GSTR-10 MGT-7 MGT-7A": "",
    "GSTR-3B": "cash_in_ledger_on_due_date cash_tax_due nil_return paid_by_itc tax_due turnover",
    "GSTR-4 GSTR-7": "nil_return",
    "GSTR-9": "turnover turnover_in_state",
    "INC-20A": "officers small_company",
    "ITR": "interest_only section total_income unpaid_tax",
    "ITR-REVISED": "total_income",
    "LLP_Form_11 LLP_Form_8": "contribution small_llp",
    "MSMED-S16-INTEREST": "principal rbi_bank_rate_pct whole_months_late",
    "POSH-ANNUAL-REPORT": "repeat",
    "PT-MH-PTRC": "tax",
    "TCS-PAYMENT": "collected_on tax_due",
    "TDS-PAYMENT": "deducted_on deductible_on tax_due",
    "TM-R": "classes mode",
}
TAKEN = [(form.replace("_", " "), names.split()) for forms, names in INPUTS.items() for form in forms.split()]
LABELS = """
GSTR-1 GSTR-3B PMT-06 IFF CMP-08 GSTR-4 GSTR-9 ITC-04 RFD-11 24Q 26Q 27Q 27EQ 16 16A 27D 24G 26QB 3CD 3CEB 29B 61A 10-IC
10B 138 140 144 143 130 131 133 137 141 26 48 66 165 112 AOC-4 MGT-7 MGT-7A ADT-1 DIR-3_KYC DPT-3 MSME-1 PAS-6 INC-20A
MGT-14 DIR-12 BEN-2 CHG-1 CSR-2 CRA-4 MSC-3 FC-3 FC-4 LLP_Form_8 LLP_Form_11 FC-GPR FC-TRS FLA APR AAC FEMA_LLP(I)
TDS-PAYMENT TCS-PAYMENT ADVANCE-TAX ITR ITR-BELATED ITR-REVISED 15G-15H-UPLOAD 121 EQUALISATION-LEVY AGM BOARD-MEETING
BOARD-MEETING-FIRST LLP-STATUTORY-AUDIT EPF-ECR ESI-CONTRIBUTION BONUS-PAYMENT POSH-ANNUAL-REPORT PT-MH-PTRC PT-MH-PTEC
PT-KA PT-KA-ENROLMENT PT-TN PT-WB PT-WB-RETURN LWF-MH LWF-KA IEC-UPDATE FSSAI-D1 TM-R
""".split()  # noqa: SIM905 - seventy labels read better as words


@pytest.mark.parametrize("label", [label.replace("_", " ") for label in LABELS])
def test_a_promised_label_is_used_to_the_letter(label: str) -> None:
    assert label in {form.form for each in LAW.obligations.values() for form in each.forms}


@pytest.mark.parametrize(("form", "names"), TAKEN, ids=[form for form, _ in TAKEN])
def test_a_form_takes_the_inputs_that_are_promised(form: str, names: list[str]) -> None:
    assert LAW.by_form(form), form
    assert {name for name, _, _ in input_names(LAW, form)} >= set(names)
