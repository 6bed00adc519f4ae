"""The commands around the assistant: its models, and the corrections that wait for a person."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from complianceai.entry.cli.product import product_refusals
from complianceai.entry.cli.reading import end_with


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    tools = typer.Typer(help="The assistant's models, and what people corrected.", no_args_is_help=True)
    tools.command("models")(models_command)
    tools.command("review")(review_command)
    tools.command("settle")(settle_command)
    app.add_typer(tools, name="assistant")


def models_command() -> None:
    """Whether each model of the settings is there; nothing is asked, so nothing is spent."""
    import asyncio

    from complianceai.assistant.models.health import look_at
    from complianceai.entry.model_settings import chain_of
    from complianceai.entry.settings import load_settings

    with product_refusals():
        specs = chain_of(load_settings()).specs
        for spec in specs:
            print(f"{spec.name}: {asyncio.run(look_at(spec))} ({spec.model} at {spec.base_url})")
        print("simple: healthy (the rules alone; no key, no network)")


def review_command() -> None:
    """List the corrections that wait, the oldest first."""
    with product_refusals():
        for each in _run("list_waiting"):
            print(f"{each.message_id}  {each.created_at:%Y-%m-%d}  {each.reason or 'other'}  {each.topic}")
            print(
                f"  asked:     {each.question}\n  answered:  {each.answer}\n  would be:  {each.correction or '-'}\n"
            )


def settle_command(
    message: Annotated[str, typer.Argument(help="The id that `assistant review` lists.")],
    outcome: Annotated[str, typer.Argument(help="What it became: alias, fact, question or none.")],
    note: Annotated[str, typer.Option("--note", help="Where it went, or why nowhere.")] = "",
    before: Annotated[float | None, typer.Option("--before", help="`evaluate` before, in percent.")] = None,
    after: Annotated[float | None, typer.Option("--after", help="`evaluate` after, in percent.")] = None,
) -> None:
    """Say what became of a correction, with the score of `complianceai evaluate` before and after."""
    from complianceai.base.clock import utc_now
    from complianceai.base.ids import read_id
    from complianceai.desk.review import OUTCOMES

    identity = read_id(message)
    if identity is None or outcome not in OUTCOMES:
        end_with(["Give an id as `assistant review` lists it, and alias, fact, question or none."])
    scores = tuple(None if each is None else round(each * 100) for each in (before, after))
    with product_refusals():
        _run("settle", identity, outcome, note=note, scores=scores, now=utc_now())
        print("Settled.")


def _run(name: str, *given: Any, **more: Any) -> Any:
    import asyncio

    from complianceai.desk import review
    from complianceai.entry.settings import load_settings
    from complianceai.storage.database import Database

    async def run() -> Any:
        database = Database(load_settings().database, pool_size=1)
        try:
            return await getattr(review, name)(database, *given, **more)
        finally:
            await database.close()

    return asyncio.run(run())
