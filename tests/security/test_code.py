"""What the code itself must not do, read from its trees."""

import ast
import re
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "complianceai"
FILES = sorted(SOURCE.rglob("*.py"))
# Calls outside: docs/security/communication.md says to whom.
CALL_OUTSIDE = {
    "jobs/mail/smtp.py", "storage/files.py", "storage/limits.py", "storage/scanning.py", "storage/database.py",
    "operations/health.py", "tenancy/openid/fetching.py", "register/reminders/hooks/reaching.py",
    "operations/backup/places.py", "storage/cache.py", "operations/status/looking.py", "entry/tracing.py",
    "billing/razorpay/asking.py",
    # These listen, and ask only whether they are heard on this machine.
    "entry/serve.py", "entry/serving.py",
}  # fmt: skip
CLIENTS = re.compile(
    r"^(httpx|requests|urllib3|aiohttp|urllib\.request|ftplib|telnetlib|paramiko|aiosmtplib|smtplib|obstore|boto3"
    r"|redis|socket|http\.client|xmlrpc|websockets)(\.|$)"
)
CODE_FROM_DATA = {"pickle", "marshal", "shelve", "dill", "jsonpickle", "xml", "lxml", "pty", "commands"}
ASSEMBLED = (
    "assistant/",
    "register/acknowledgements/",
    "drafting/escaping.py",
    "drafting/foreign_zip.py",
    "workspace/anchoring.py",
    "workspace/uploads.py",
)
# The pattern of a question stands in one of our own templates; companies' own templates have none.
OF_TEMPLATES = {("drafting/answers.py", "question.pattern")}
RUNS_PROGRAMS = {"entry/minding.py", "drafting/limits.py", "drafting/press.py"}
# Between a parent and its own child, over the pipe that only they hold; what the child answers is no code.
TO_OWN_CHILD = {"drafting/limits.py", "drafting/apart.py", "drafting/press.py", "drafting/pressing.py"}
# The answers of a signature service: nothing is fetched, no entity replaced, and only what was signed is read.
READS_XML = {"workspace/signing/esign/answers.py", "workspace/signing/esign/requests.py"}
# Some services sign the envelope of their answers so still; it is taken only where a setting says so, and what is in
# the envelope is judged by itself.
TAKES_OLD_ENVELOPES = {"workspace/signing/esign/answers.py"}
# Renders what others wrote, in the sandbox and in a child with limits.
IN_SANDBOX = {"drafting/environment.py"}
# The name of a table or a database cannot be a parameter: it is the database's own or made here, and quoted.
NAMES_IN_STATEMENTS = {
    "operations/backup/beside.py",
    "operations/backup/fingerprints.py",
    "operations/moving/marks.py",
}


@lru_cache(maxsize=1)
def _trees() -> list[tuple[str, ast.Module]]:
    return [(file.relative_to(SOURCE).as_posix(), ast.parse(file.read_text("utf-8"))) for file in FILES]


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def _names_from(tree: ast.Module, package: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == package:
            yield from (each.name for each in node.names)


def _calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def test_nothing_is_called_but_from_the_files_that_may() -> None:
    found = {
        path
        for path, tree in _trees()
        for name in _imports(tree)
        if CLIENTS.match(name) and "assistant" not in path
    }
    assert found <= CALL_OUTSIDE, sorted(found - CALL_OUTSIDE)


def test_no_text_becomes_code_and_no_program_is_started_by_a_text() -> None:
    for path, tree in _trees():
        names = {each.split(".")[0] for each in _imports(tree)}
        allowed = {"pickle"} if path in TO_OWN_CHILD else {"lxml"} if path in READS_XML else set()
        assert not names & (CODE_FROM_DATA - allowed), path
        assert "subprocess" not in names or path in RUNS_PROGRAMS | {"register/acknowledgements/reader.py"}, (
            path
        )
        for called, node in _calls(tree):
            assert called not in {"os.system", "os.popen", "exec", "__import__"}, path
            assert called != "eval" or path == "catalogue/expressions.py", path
            assert not any(each.arg == "shell" for each in node.keywords), path


def test_statements_are_made_by_the_library_and_never_from_a_text() -> None:
    for path, tree in _trees():
        if "migrations" in path or path in NAMES_IN_STATEMENTS:
            continue
        for called, node in _calls(tree):
            if called in {"text", "sa.text", "exec_driver_sql", "literal_column"} and node.args:
                assert isinstance(node.args[0], ast.Constant), (path, ast.unparse(node))


def test_templates_are_ours_and_escape_all_they_show() -> None:
    for path, tree in _trees():
        by_jinja = set(_names_from(tree, "jinja2"))
        for called, node in _calls(tree):
            is_made_of_text = called.endswith("from_string") or called == "jinja2.Template"
            assert not is_made_of_text or path in IN_SANDBOX, path
            assert called != "Template" or "Template" not in by_jinja, path
            if called == "Environment":
                assert any(each.arg == "autoescape" for each in node.keywords), path
    for template in SOURCE.rglob("templates/**/*"):
        if template.suffix == ".html":
            assert not re.search(r"\|\s*safe\b|autoescape false", template.read_text("utf-8")), template.name


def test_no_weak_hash_cipher_or_chance_is_used() -> None:
    weak = re.compile(r"\b(md5|sha1|MD5|SHA1|ECB|CBC|TripleDES|ARC4|Blowfish|PKCS1v15)\b")
    for path, tree in _trees():
        assert "random" not in {each.split(".")[0] for each in _imports(tree)}, path
        if path in TAKES_OLD_ENVELOPES:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Name | ast.Attribute):
                assert not weak.fullmatch(ast.unparse(node).rsplit(".", 1)[-1]), (path, ast.unparse(node))


def _patterns() -> Iterator[tuple[str, ast.expr]]:
    functions = {"compile", "match", "fullmatch", "search", "sub", "split", "findall", "finditer"}
    for path, tree in _trees():
        for called, node in _calls(tree):
            if called.startswith("re.") and called[3:] in functions and node.args:
                yield path, node.args[0]


def test_no_regular_expression_stalls_on_any_text() -> None:
    evil = [
        "a" * 3000 + "!",
        "0" * 3000 + "!",
        " " * 3000 + "!",
        "a1 " * 1000 + "\x00",
        "-" * 3000,
        "A.a@" * 800,
    ]
    tried = 0
    for path, node in _patterns():
        if not isinstance(node, ast.Constant):
            continue
        pattern = re.compile(node.value)
        for each in evil:
            text = each.encode() if isinstance(node.value, bytes) else each
            began = time.process_time()
            pattern.search(text)
            assert time.process_time() - began < 0.5, (path, node.value)
        tried += 1
    assert tried > 20


def test_what_people_type_is_never_part_of_a_regular_expression() -> None:
    for path, node in _patterns():
        parts = node.values if isinstance(node, ast.JoinedStr) else [node]
        for part in parts:
            is_escaped = isinstance(part, ast.FormattedValue) and ast.unparse(part.value).startswith(
                "re.escape("
            )
            if (path, ast.unparse(node)) in OF_TEMPLATES:
                continue
            # These put patterns together of words and shapes that stand in the code beside them.
            assert isinstance(part, ast.Constant) or is_escaped or path.startswith(ASSEMBLED), (
                path,
                ast.unparse(node),
            )
