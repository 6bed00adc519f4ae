"""People who write through the API without a pause, and remember everything that they were told is kept."""

import itertools
import random
import threading
import time
from typing import Self

import httpx

PASSWORD = "Monsoon!2026"
ASHA = {"name": "Asha Rao", "email": "asha@example.com", "password": PASSWORD}
PROFILE = {"name": "Rao Textiles LLP", "entity_type": "llp", "state": "MH"}
# An account costs the machine as much as thirty remarks, for its password is hashed.
ACCOUNT_EVERY = 15


class Writers:
    """Several who write at once, each to whichever address comes next, and what they were told."""

    def __init__(self, addresses: list[str], count: int = 3) -> None:
        """Asha, signed in, and a task of hers that everybody remarks on."""
        self.addresses = addresses
        self.remarks, self.accounts = set[str](), set[str]()
        self.refused, self.lost, self.faults = 0, 0, list[str]()
        self.last_kept, self.longest_gap = time.monotonic(), 0.0
        self.headers: dict[str, str] = {}
        self.path = self._prepare()
        self._over, self._lock, self._numbers = threading.Event(), threading.Lock(), itertools.count()
        self._threads = [threading.Thread(target=self._write, args=(n,), daemon=True) for n in range(count)]

    def _prepare(self) -> str:
        with httpx.Client(base_url=self.addresses[0], timeout=60) as client:
            assert client.post("/api/auth/register", json=ASHA).status_code == 200
            self.headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in client.cookies.items())}
            company = client.post("/api/companies", json={"profile": PROFILE})
            assert company.status_code == 201, company.text
            tasks = f"/api/companies/{company.json()['data']['id']}/tasks"
            task = client.post(tasks, json={"title": "Renew the lease", "dueDate": "2027-03-31"})
            assert task.status_code == 201, task.text
            return f"{tasks}/{task.json()['data']['id']}/comments"

    def __enter__(self) -> Self:
        self.last_kept = time.monotonic()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(timeout=60)

    def _write(self, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - a choice between addresses
        while not self._over.is_set():
            number, address = next(self._numbers), chance.choice(self.addresses)
            if number % ACCOUNT_EVERY:
                text = f"remark {number}."
                self._send(address, self.path, {"text": text}, 201, text)
            else:
                email = f"person{number}@example.com"
                person = {"name": "Bilal Khan", "email": email, "password": PASSWORD}
                self._send(address, "/api/auth/register", person, 200, email)

    def _send(self, address: str, path: str, body: dict[str, str], wanted: int, mark: str) -> None:
        headers = self.headers if path == self.path else {}
        try:
            got = httpx.post(f"{address}{path}", json=body, headers=headers, timeout=40)
        except httpx.HTTPError:
            # Nobody was there, or whoever was has been killed: nothing was promised.
            self.lost += 1
            time.sleep(0.05)
            return
        with self._lock:
            if got.status_code == wanted:
                (self.remarks if path == self.path else self.accounts).add(mark)
                now = time.monotonic()
                self.longest_gap, self.last_kept = max(self.longest_gap, now - self.last_kept), now
            elif got.status_code == 503 and "retry-after" in got.headers and _is_clear(got):
                self.refused += 1
            else:
                self.faults.append(f"{got.status_code}: {got.text[:500]}")

    def wait_until_kept(self, more: int) -> None:
        """Nothing, once so many more writes have been kept than were by now."""
        goal, end = len(self.remarks) + more, time.monotonic() + 60
        while len(self.remarks) < goal:
            assert time.monotonic() < end, "nothing is kept any more"
            time.sleep(0.05)

    def found(self) -> list[str]:
        """Every remark that is there."""
        texts: list[str] = []
        with httpx.Client(base_url=self.addresses[1], headers=self.headers, timeout=60) as client:
            for page in itertools.count(1):
                reply = client.get(self.path, params={"page": page, "size": 200})
                assert reply.status_code == 200, reply.text
                texts += [each["text"] for each in reply.json()["data"]]
                if not reply.json()["data"]:
                    return texts
        raise AssertionError


def _is_clear(reply: httpx.Response) -> bool:
    told = reply.json()
    return set(told) == {"success", "error", "code", "fields"} and "Traceback" not in reply.text
