"""A hundred thousand people and what they did in two years, five million actions, made by PostgreSQL itself."""

import asyncpg

PEOPLE, EACH = 100_000, 50
KINDS = (
    "signed_in", "signed_in", "signed_in", "question_asked", "task_filed", "evidence_added", "company_made",
    "document_made", "invited", "exported",
)  # fmt: skip
STATEMENTS = (
    # Without a look at every reference: what is made here refers to what was made just before.
    "SET session_replication_role = replica",
    """INSERT INTO people (id, name, email, email_key, password_hash, language, created_at, updated_at)
    SELECT gen_random_uuid(), 'Person ' || n, 'person' || n || '@example.com', 'person' || n || '@example.com', '',
    'en', now() - random() * interval '730 days', now() FROM generate_series(1, {people}) n""",
    """INSERT INTO counting (person_id, pseudonym, may_count)
    SELECT id, gen_random_uuid(), true FROM people""",
    """INSERT INTO actions_done (id, pseudonym, kind, at)
    SELECT gen_random_uuid(), pseudonym, (ARRAY[{kinds}])[1 + floor(random() * {how_many})::int],
    created_at + random() * random() * (now() - created_at)
    FROM counting JOIN people ON people.id = person_id, generate_series(1, {each})""",
    """INSERT INTO journeys (pseudonym, signed_on, company_on, filed_on, document_on, question_on, invited_on)
    SELECT pseudonym, (created_at AT TIME ZONE 'Asia/Kolkata')::date, {firsts}
    FROM counting JOIN people ON people.id = person_id JOIN actions_done USING (pseudonym) GROUP BY 1, 2""",
    """INSERT INTO active_spans SELECT DISTINCT pseudonym, 'week',
    date_trunc('week', at AT TIME ZONE 'Asia/Kolkata')::date FROM actions_done
    UNION SELECT pseudonym, 'week', date_trunc('week', signed_on)::date FROM journeys""",
    """INSERT INTO active_spans SELECT DISTINCT pseudonym, 'month',
    date_trunc('month', at AT TIME ZONE 'Asia/Kolkata')::date FROM actions_done
    UNION SELECT pseudonym, 'month', date_trunc('month', signed_on)::date FROM journeys""",
    """INSERT INTO cohorts SELECT span, date_trunc(span, signed_on)::date, starts_on, count(*)
    FROM active_spans JOIN journeys USING (pseudonym) GROUP BY 1, 2, 3""",
    """INSERT INTO figure_days (figure, "on", part, value)
    SELECT 'actions', (at AT TIME ZONE 'Asia/Kolkata')::date, kind, count(*) FROM actions_done GROUP BY 2, 3""",
    """INSERT INTO figure_days (figure, "on", part, value)
    SELECT figure, current_date - n, part, 100 FROM generate_series(1, 730) n, (VALUES
    ('answers', 'answered|simple'), ('answers', 'refused|simple'), ('answers', 'helped|openai'),
    ('answers', 'answered|openai'),
    ('reminders', 'on_time'), ('reminders', 'late'), ('storage', 'bytes')) AS parts (figure, part)""",
    """INSERT INTO companies (id, name, profile, version, created_at, created_by, updated_at)
    SELECT gen_random_uuid(), 'Company of ' || name, '{{}}', 1, created_at, id, now() FROM people""",
    """INSERT INTO members (company_id, person_id, role, created_at)
    SELECT id, created_by, 'owner', created_at FROM companies""",
    """INSERT INTO documents (id, company_id, title, kind, language, numbered, state, is_private, version, revision,
    created_by, author, created_at, updated_at)
    SELECT gen_random_uuid(), id, 'Paper', 'text', 'en', false, 'draft', false, 1, 1, created_by, '', now(), now()
    FROM companies, generate_series(1, 3)""",
    """INSERT INTO billing_storage SELECT id, 5000000 FROM companies""",
    """INSERT INTO billing_accounts (id, person_id, plan, plan_since, created_at)
    SELECT gen_random_uuid(), id, 'free', created_at, created_at FROM people""",
    # One in five pays, each of those changes twice more.
    """INSERT INTO revenue_changes SELECT gen_random_uuid(), id, created_at + interval '10 days' * n, 'a', 'b',
    CASE WHEN n = 1 THEN 0 ELSE 50000 + 10000 * (n % 2) END,
    CASE WHEN n = 3 THEN 0 ELSE 50000 + 10000 * ((n + 1) % 2) END
    FROM (SELECT id, created_at FROM billing_accounts LIMIT {people} / 5) AS paying, generate_series(1, 3) n""",
    """INSERT INTO surveys (id, person_id, question, moment, asked_at, answered_at, score, comment)
    SELECT gen_random_uuid(), id, CASE WHEN random() < 0.5 THEN 'csat' ELSE 'nps' END, 'task_filed', created_at,
    created_at, 1 + floor(random() * 5)::int, 'Good' FROM people LIMIT {people} / 2""",
    "SET session_replication_role = origin",
)
STEPS = ("company_made", "task_filed", "document_made", "question_asked", "invited")


async def fill(url: str, people: int = PEOPLE) -> None:
    """Nothing; a migrated database holds them, and PostgreSQL has looked at how much there is of what."""
    connection = await asyncpg.connect(url)
    firsts = ", ".join(
        f"min((at AT TIME ZONE 'Asia/Kolkata')::date) FILTER (WHERE kind = '{each}')" for each in STEPS
    )
    kinds = ", ".join(f"'{each}'" for each in KINDS)
    try:
        for statement in STATEMENTS:
            given = statement.format(
                people=people, kinds=kinds, how_many=len(KINDS), each=EACH, firsts=firsts
            )
            await connection.execute(given)
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()
