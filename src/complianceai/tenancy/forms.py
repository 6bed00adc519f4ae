"""What somebody typed into a form, read against a schema."""

from collections.abc import Mapping
from typing import TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError

from complianceai.base.errors import InvalidInput
from complianceai.site.faults import faults_of

T = TypeVar("T", bound=BaseModel)


async def typed_in(request: Request) -> dict[str, str]:
    """The texts of a form by name; a file is no answer to any of its questions."""
    async with request.form() as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


async def ticked(request: Request, name: str) -> list[str]:
    """Every answer to one question that takes several."""
    async with request.form() as form:
        return [value for value in form.getlist(name) if isinstance(value, str)]


def read_form(typed: Mapping[str, object], schema: type[T]) -> T:
    """What was typed as a value of the schema; what it does not ask for is left aside.

    Errors: InvalidInput.
    """
    try:
        return schema.model_validate({name: typed[name] for name in schema.model_fields if name in typed})
    except ValidationError as error:
        raise InvalidInput(_by_name(faults_of(error.errors()), schema)) from error


def _by_name(faults: Mapping[str, str], schema: type[BaseModel]) -> dict[str, str]:
    """The faults by the names that the form has for its fields: what is missing pydantic tells by the alias."""
    names = {field.alias: name for name, field in schema.model_fields.items() if field.alias}
    return {names.get(path, path): sentence for path, sentence in faults.items()}
