"""Tax invoices and credit notes under the GST Acts: taxes by place of supply, numbers without gaps, the paper."""
