"""The lines of the matrix as HTML: thousands of cells, which a template takes many times as long to fill."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from urllib.parse import quote

from markupsafe import Markup, escape

from complianceai.register.cockpit.matrix import Line, Mark

_EMPTY = '<td class="m">&ndash;</td>'


class Lines:
    """What stands in the lines of the matrix; everything that somebody typed is escaped."""

    def __init__(
        self, columns: Sequence[str], words: Mapping[Mark, str], first_day: date, last_day: date
    ) -> None:
        self._columns = columns
        query = f"/tasks?state=all&amp;dueFrom={first_day}&amp;dueTo={last_day}&amp;q="
        self._words = {mark: escape(word) for mark, word in words.items()}
        self._begins = {
            mark: f'<td class="m m-{mark}"><svg class="icon" aria-hidden="true"><use href="#m-{mark}"/></svg>'
            for mark in words
        }
        # Of a link what stands before the company and what comes between its address and its name.
        self._links = {
            (form, mark): f'{query}{escape(quote(form))}">{word}<span class="unseen"> '
            for form in columns
            for mark, word in self._words.items()
        }
        self._ends = {form: f" {escape(form)}</span></a>" for form in columns}

    def of(self, lines: Iterable[Line]) -> Markup:
        """A row for each client: its name, a cell for each column, and how much is overdue in all."""
        parts: list[str] = []
        for line in lines:
            at, name = f'<a href="/app/companies/{line.company_id}', str(escape(line.name))
            parts.append(f'<tr><th scope="row">{at}/dashboard">{name}</a></th>')
            self._add_cells(parts, line, at, name)
            late = f'{at}/tasks?due=overdue">{line.overdue}<span class="unseen"> {name}</span></a>'
            parts.append(f'<td class="number">{late if line.overdue else 0}</td></tr>')
        return Markup("".join(parts))  # nosec B704  # noqa: S704 - of escaped parts

    def _add_cells(self, parts: list[str], line: Line, at: str, name: str) -> None:
        for form in self._columns:
            cell = line.cells.get(form)
            if cell is None:
                parts.append(_EMPTY)
                continue
            mark, done, total = cell
            parts.append(self._begins[mark])
            if mark is Mark.DONE:
                parts.append(self._words[mark])
            else:
                parts += (at, self._links[form, mark], name, self._ends[form])
            parts.append(f" <small>{done}/{total}</small></td>" if total > 1 else "</td>")
