"""What is tried on every input, and how a reply shows that it worked."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from httpx import Response

TAG = "<xss-7f3a"
PRODUCT = str(61861 * 7)
SQL = "x' OR '1'='1' UNION SELECT password_hash,2,3 FROM people; DROP TABLE people; --"
TEMPLATE = "{{61861*7}}${61861*7}#{61861*7}<%= 61861*7 %>{0.__class__}%(message)s%n"
MARKUP = f"\"'>{TAG} onmouseover=alert(1)><script>alert(1)</script>{TAG}>"
ELSEWHERE = "https://evil.example/"
BESIDE = "//evil.example/%2f..\\evil.example"
SCRIPTED = "javascript:alert(1)//evil.example"
UPWARDS = "../../../../../../../../../../etc/passwd"
UPWARDS_TWICE = "..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd\x00.pdf"
LINES = "x\r\nX-Evil: 1\r\nSet-Cookie: evil=1\r\n\r\n<html>"
ODD = "\x00\ud7ff\u202e\uffff" + "9" * 400
EACH = (SQL, TEMPLATE, MARKUP, ELSEWHERE, BESIDE, SCRIPTED, UPWARDS, UPWARDS_TWICE, LINES, ODD)
# The same in few requests, for a run that should not take long.
TOGETHER = (f"{TEMPLATE}{MARKUP}{SQL}", BESIDE, f"{UPWARDS}\r\nX-Evil: 1")
SIGNS_OF_SQL = ("$argon2", "syntax error", "sqlite3.", "asyncpg.", "OperationalError", "no such column")
SIGNS_OF_FAULT = ("Traceback (most recent call last)", "<class '", "&lt;class &#39;", "/site-packages/")


def found_in(reply: Response) -> Iterator[str]:
    """What a reply gives away, by the name of the attack that worked."""
    text, kind = reply.text, reply.headers.get("content-type", "")
    if reply.status_code >= 500:
        yield f"fault {reply.status_code}"
    if TAG in text and "html" in kind:
        yield "script"
    if TAG in text and not kind.startswith(("text/html", "application/json", "text/csv", "application/")):
        yield "type of content"
    if PRODUCT in text:
        yield "template"
    if any(sign in text for sign in SIGNS_OF_SQL):
        yield "sql"
    if any(sign in text for sign in SIGNS_OF_FAULT):
        yield "inside"
    if "root:x:0:0" in text:
        yield "path"
    if "x-evil" in reply.headers or "evil=" in reply.headers.get("set-cookie", ""):
        yield "header"
    if leads_away(reply):
        yield "redirect"


def leads_away(reply: Response) -> bool:
    """Whether the reply sends its reader to another site, or into a script."""
    target = reply.headers.get("location") or reply.headers.get("hx-redirect") or ""
    parts = urlsplit(target.replace("\\", "/"))
    if parts.netloc not in {"", "testserver"} or parts.scheme not in {"", "http", "https"}:
        return True
    text = reply.text if "html" in reply.headers.get("content-type", "") else ""
    away = ("javascript:", "//evil.example", "https://evil.example")
    return any(f'{name}="{start}' in text for name in ("href", "action", "src") for start in away)
