"""How companies and people want to be reminded."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.reminders.tables import reminder_settings, reminder_wishes
from complianceai.register.reminders.wants import Rhythm, Settings, Wishes


async def find_settings(connection: AsyncConnection, company_id: UUID) -> Settings:
    """How the company wants its people reminded."""
    return (await settings_of(connection, [company_id])).get(company_id, Settings())


async def settings_of(connection: AsyncConnection, company_ids: Collection[UUID]) -> Mapping[UUID, Settings]:
    """The settings of those companies that have some of their own."""
    wanted = select(reminder_settings).where(reminder_settings.c.company_id.in_(company_ids))
    return {row.company_id: _settings(row) for row in await connection.execute(wanted)}


async def find_wishes(connection: AsyncConnection, person_id: UUID) -> Wishes:
    """How the person wants to be told."""
    return (await wishes_of(connection, [person_id])).get(person_id, Wishes())


async def wishes_of(connection: AsyncConnection, person_ids: Collection[UUID]) -> Mapping[UUID, Wishes]:
    """The wishes of those people who have some of their own."""
    wanted = select(reminder_wishes).where(reminder_wishes.c.person_id.in_(person_ids))
    return {row.person_id: _wishes(row) for row in await connection.execute(wanted)}


def _settings(row: Row[Any]) -> Settings:
    return Settings(
        tuple(row.before),
        {duty: tuple(days) for duty, days in row.duties.items()},
        tuple(row.overdue),
        row.weekly,
        row.reviewer_after,
        row.owner_after,
    )


def _wishes(row: Row[Any]) -> Wishes:
    return Wishes(
        None if row.before is None else tuple(row.before),
        row.by_mail,
        row.events_by_mail,
        Rhythm(row.rhythm),
        row.weekday,
        row.digest_at,
        row.quiet_from,
        row.quiet_until,
    )
