"""Writes the Grafana dashboard anew from the figures that it shows: `.venv/bin/python script/dashboard.py`."""

import json
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "deploy" / "grafana" / "complianceai.json"
_RATE = "rate(complianceai_requests_total[5m])"
_SECONDS = "rate(complianceai_request_seconds_{}[5m])"
_QUANTILE = f"histogram_quantile({{}}, sum by (le) ({_SECONDS.format('bucket')}))"
_MEAN = f"sum by (route) ({_SECONDS.format('sum')}) / sum by (route) ({_SECONDS.format('count')})"
_FAULTS = 'sum(rate(complianceai_requests_total{status=~"5.."}[5m]))'
_LOOKS = "rate(complianceai_cache_looks_total{}[5m])"
_FOUND = _LOOKS.format('{found="yes"}')
_WORK = (
    "sum by (kind, name) (rate(complianceai_work_seconds_sum[15m])) / "
    "sum by (kind, name) (rate(complianceai_work_seconds_count[15m]))"
)
# Title, unit, and the queries with what their lines are called.
PANELS: list[tuple[str, str, dict[str, str]]] = [
    ("Requests a second", "reqps", {f"sum by (status) ({_RATE})": "{{status}}"}),
    (
        "How long requests take",
        "s",
        {_QUANTILE.format(share): f"{share:.0%} are faster" for share in (0.5, 0.95, 0.99)},
    ),
    ("Slowest routes", "s", {f"topk(10, {_MEAN})": "{{route}}"}),
    ("Faults of ours", "percentunit", {f"{_FAULTS} / sum({_RATE})": "share"}),
    (
        "Jobs",
        "none",
        {
            'max by (state) (complianceai_jobs{state!="done"})': "{{state}}",
            "max(complianceai_jobs_late)": "late",
        },
    ),
    (
        "Reminders in a day",
        "none",
        {
            "max(complianceai_reminders_sent_day)": "sent",
            "max(complianceai_reminders_dropped_day)": "dropped",
        },
    ),
    (
        "Kept figures that were there",
        "percentunit",
        {f"sum by (name) ({_FOUND}) / sum by (name) ({_LOOKS.format('')})": "{{name}}"},
    ),
    (
        "The assistant's answers in an hour",
        "none",
        {"sum by (provider, outcome) (increase(complianceai_answers_total[1h]))": "{{provider}} {{outcome}}"},
    ),
    (
        "Providers that did not answer in an hour",
        "none",
        {
            "sum by (provider, error) (increase(complianceai_answers_failed_total[1h]))": "{{provider}} {{error}}"
        },
    ),
    ("How long named work takes", "s", {f"topk(10, {_WORK})": "{{kind}} {{name}}"}),
    ("Connections to the database", "none", {"complianceai_database_connections": "{{instance}} {{state}}"}),
    ("Size of the database", "bytes", {"max(complianceai_database_bytes)": "bytes"}),
    (
        "Memory of the processes",
        "bytes",
        {'process_resident_memory_bytes{job="complianceai"}': "{{instance}}"},
    ),
]


def dashboard() -> dict[str, Any]:
    """The dashboard as Grafana imports it."""
    source = {"type": "prometheus", "uid": "${source}"}
    return {
        "title": "ComplianceAI",
        "uid": "complianceai",
        "schemaVersion": 39,
        "refresh": "30s",
        "time": {"from": "now-6h", "to": "now"},
        "templating": {"list": [{"name": "source", "type": "datasource", "query": "prometheus"}]},
        "panels": [
            {
                "id": number + 1,
                "title": title,
                "type": "timeseries",
                "datasource": source,
                "gridPos": {"h": 8, "w": 8, "x": number % 3 * 8, "y": number // 3 * 8},
                "fieldConfig": {"defaults": {"unit": unit}, "overrides": []},
                "targets": [
                    {"refId": chr(65 + each), "expr": query, "legendFormat": legend, "datasource": source}
                    for each, (query, legend) in enumerate(queries.items())
                ],
            }
            for number, (title, unit, queries) in enumerate(PANELS)
        ],
    }


if __name__ == "__main__":
    TARGET.write_text(json.dumps(dashboard(), indent=1) + "\n", "utf-8")
