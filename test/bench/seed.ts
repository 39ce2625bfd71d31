import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { sql } from 'kysely'
import type { Db } from '#server/db/connect.ts'
import { putReviewWords } from '#server/features/review/list/search.queries.ts'

type Caption = { caption: string; language: string; platform: string }
const sample = join(import.meta.dirname, '../../server/features/intake/demo/flags.jsonl.gz')
const undecidedShare = 0.1
const tables = ['review', 'review_text', 'decision', 'measure', 'flag', 'snapshot', 'post', 'outbox']

const reporters = 5_000

/** Of seven in ten somebody said so, of three a classifier; the rest is rare, an order of an authority one in ten thousand. */
const sources = `case when n.r4 > 0.9 then '{classifier}' when n.r4 > 0.7 then '{user_report,classifier}'
  when n.r4 > 0.03 then '{user_report}' when n.r4 > 0.01 then '{trusted_flagger,user_report}'
  when n.r4 > 0.002 then '{hash_match}' when n.r4 > 0.0001 then '{own_initiative}' else '{removal_order}' end::text[]`

const mediaKinds = `case when n.r2 > 0.6 then '{image}' when n.r2 > 0.55 then '{video}' when n.r2 > 0.54 then '{image,video}'
  when n.r2 > 0.53 then '{link}' when n.r2 > 0.5295 then '{audio}' else '{}' end::text[]`

/**
 * A year of work: `posts` posts with real captions, one review each, a tenth of them undecided, the rest with decisions.
 * Does nothing when it is there already.
 */
export async function seed(db: Db, { posts, captions }: { posts: number; captions: string | null }) {
  const { there } = await db.selectFrom('post').select(sql<boolean>`count(*) > 0`.as('there')).executeTakeFirstOrThrow()
  if (there) return
  console.error(`Seeding ${posts.toLocaleString('en')} posts; kept for the next run.`)
  await db.connection().execute(async (one) => {
    await loadCaptions(one, captions ?? sample)
    await sql`set maintenance_work_mem = '512MB'`.execute(one)
    await sql`set work_mem = '256MB'`.execute(one)
    const dropped = await dropForFilling(one)
    for (const [name, statement] of Object.entries(steps(posts))) {
      const from = performance.now()
      await sql.raw(statement).execute(one)
      report(name, from)
    }
    const from = performance.now()
    await fillWords(db)
    report('words', from)
    for (const statement of dropped) await sql.raw(statement).execute(one)
    await sql`vacuum analyze`.execute(one)
    report('indexes', from)
  })
}

const report = (name: string, from: number) =>
  console.error(`  ${name}: ${((performance.now() - from) / 1_000).toFixed(0)} s`)

const wordsAtOnce = 5_000

/** Two at a time: while one reads and writes, the other splits texts into words. */
async function fillWords(db: Db) {
  let after = '00000000-0000-0000-0000-000000000000'
  const next = async (): Promise<void> => {
    const from = after
    const rows = await db
      .selectFrom('review')
      .select('id')
      .where('id', '>', from)
      .orderBy('id')
      .limit(wordsAtOnce)
      .execute()
    // The other one was here meanwhile.
    if (from !== after) return next()
    const last = rows.at(-1)
    if (!last) return
    after = last.id
    await putReviewWords(
      db,
      rows.map(({ id }) => id),
    )
    return next()
  }
  await Promise.all([next(), next()])
}

async function loadCaptions(db: Db, file: string) {
  await sql`create temp table caption (n int primary key, caption text, language text, platform text)`.execute(db)
  let rows: Caption[] = []
  let n = 0
  const flush = async () => {
    if (rows.length === 0) return
    await sql`insert into caption select ${n}::int + i, r->>'caption', r->>'language', r->>'platform'
      from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) with ordinality as e(r, i)`.execute(db)
    n += rows.length
    rows = []
  }
  for await (const line of createInterface({ input: createReadStream(file).pipe(createGunzip()) })) {
    const { post, ...flat } = JSON.parse(line) as Caption & { post?: Caption }
    const { caption, language = 'en', platform } = post ?? flat
    if (!caption) continue
    rows.push({ caption, language, platform })
    if (rows.length === 2_000) await flush()
  }
  await flush()
}

/** Secondary indexes and foreign keys of the large tables, dropped while they are filled. Answers how to make them again. */
async function dropForFilling(db: Db): Promise<string[]> {
  const { rows: keys } = await sql<{ relation: string; name: string; definition: string }>`
    select conrelid::regclass::text as relation, conname as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and conrelid::regclass::text = any(${tables})`.execute(db)
  for (const { relation, name } of keys) {
    await sql`alter table ${sql.table(relation)} drop constraint ${sql.id(name)}`.execute(db)
  }
  const { rows: indexes } = await sql<{ name: string; definition: string }>`
    select i.indexname as name, i.indexdef as definition from pg_indexes i
    where i.schemaname = 'public' and i.tablename = any(${tables})
      and not exists (select 1 from pg_constraint c where c.conname = i.indexname)`.execute(db)
  for (const { name } of indexes) await sql`drop index ${sql.id(name)}`.execute(db)
  return [
    ...indexes.map((index) => index.definition),
    ...keys.map(({ relation, name, definition }) => `alter table ${relation} add constraint ${name} ${definition}`),
  ]
}

function steps(posts: number): Record<string, string> {
  const undecided = Math.round(posts * undecidedShare)
  return {
    accounts: `
      insert into account (id, platform, external_id, kind, handle, display_name, status, created_at, first_seen_at)
      select uuidv7(), (array['vk','telegram','x','youtube','ok','forum'])[1 + i % 6], 'bench-' || i, 'person', 'account_' || i,
        (array['Anna','Иван','Айгүл','Omar','Liu','Nina'])[1 + i % 6] || ' ' || i,
        (array['active','active','active','limited','blocked','deleted'])[1 + (i * 7) % 6], now() - (i % 900) * interval '1 day', now()
      from generate_series(0, ${Math.round(posts / 3)}) i`,
    reporters: `
      insert into reporter (id, source_name, external_id)
      select uuidv7(), 'bench', 'reporter-' || i from generate_series(0, ${reporters - 1}) i`,
    numbering: `
      create temp table numbered as
      select i, uuidv7() as post_id, uuidv7() as snapshot_id, uuidv7() as review_id, uuidv7() as decision_id,
        i < ${undecided} as waits, random() as r, random() as r2, random() as r3, random() as r4,
        1 + (i * 31) % (select count(*) from caption) as caption_n, 'bench-' || (i % ${Math.round(posts / 3)}) as account_key,
        (array['hate.incitement','abuse.insult','tve.glorification','spam.unsolicited','ve.threat-person','harm.self-harm',null])[1 + i % 7] as policy_id,
        case when i < ${undecided} then now() - random() * interval '5 days' else now() - interval '5 days' - random() * interval '360 days' end as opened_at
      from generate_series(0, ${posts - 1}) i`,
    posts: `
      insert into post (id, account_id, platform, external_id, kind, posted_at, current_snapshot_id)
      select n.post_id, a.id, a.platform, 'bench-' || n.i, 'post', n.opened_at, n.snapshot_id
      from numbered n join account a on a.external_id = n.account_key`,
    snapshots: `
      insert into snapshot (id, post_id, account_id, sha256, content_sha256, caption, language, context, account_state,
        source_kind, source_name, captured_at, raw)
      select n.snapshot_id, n.post_id, p.account_id, md5(n.i::text) || md5(n.i::text), md5(n.i::text) || md5(n.i::text),
        c.caption, c.language, '[]', '{"status":"active","handle":"x","displayName":null}', 'user_report', 'bench', n.opened_at, '{}'
      from numbered n join post p on p.id = n.post_id join caption c on c.n = n.caption_n`,
    reviews: `
      insert into review (id, state, queue_id, account_id, post_id, snapshot_id, caption_excerpt, language, platform, handle,
        account_status, account_created_at, policy_id, flag_count, sources, media_count, priority, priority_terms, due_at,
        opened_at, decided_at, decided_by, decision_id, outcome, version, display_name, reach, score, claimed_place,
        media_kinds, posted_at, exemption, threat_at, is_restricted)
      select n.review_id, case when not n.waits then 'decided' when n.i % 23 = 0 then 'escalated' when n.i % 17 = 0 then 'on_hold' else 'open' end,
        (array['extremism','hate','safety','general','urgent'])[1 + n.i % 5], a.id, n.post_id, n.snapshot_id,
        left(c.caption, 200), c.language, a.platform, a.handle, a.status, a.created_at, n.policy_id, 1 + (n.r * n.r * 12)::int,
        ${sources}, case when ${mediaKinds} = '{}' then 0 else 1 + (n.i % 4) end, (n.r * 100)::int, '[{"code":"source","detail":"user_report","value":10}]',
        n.opened_at + interval '24 hours', n.opened_at,
        case when not n.waits then n.opened_at + n.r * interval '20 hours' end,
        case when not n.waits then 'bench-' || floor(40 * n.r3 * n.r3) end,
        case when not n.waits then n.decision_id end,
        case when n.waits then null when n.r3 < 0.01 then 'exempt'
          else (array['violation','no_violation','violation'])[1 + n.i % 3] end, 3,
        a.display_name, case when n.r2 > 0.1 then (10 ^ (n.r4 * 6))::bigint end,
        case when n.r4 > 0.7 then round(sqrt(n.r2)::numeric, 2) end,
        case when n.r3 > 0.6 then (array['Mosul','Алматы','Москва','دمشق'])[1 + n.i % 4]
          || coalesce(', ' || nullif(floor(n.r2 * n.r2 * 300), 0), '') end,
        ${mediaKinds}, n.opened_at - n.r4 * interval '3 days',
        case when not n.waits and n.r3 < 0.01 then (array['news','satire','artistic'])[1 + floor(n.r3 * n.r3 * 29999)::int] end,
        case when n.r2 < 0.00005 then n.opened_at end, n.r4 < 0.0001
      from numbered n join post p on p.id = n.post_id join account a on a.id = p.account_id join caption c on c.n = n.caption_n`,
    flags: `
      insert into flag (id, source_kind, source_name, external_id, reason_code, policy_id, flagged_at, received_at, account_id,
        post_id, snapshot_id, review_id, effect, raw, reporter_id)
      select uuidv7(), 'user_report', 'bench', 'bench-' || n.i, 'hate', n.policy_id, n.opened_at, n.opened_at, p.account_id,
        n.post_id, n.snapshot_id, n.review_id, 'opened', '{}', r.id
      from numbered n join post p on p.id = n.post_id
      left join reporter r on r.source_name = 'bench' and r.external_id = 'reporter-' || floor(${reporters} * n.r3 * n.r3 * n.r3)`,
    decisions: `
      insert into decision (id, review_id, snapshot_id, account_id, review_version, outcome, policy_id, policy_version,
        further_clauses, purpose_weighed, territory, rationale, decided_by, decided_at, handling_ms, account_status, exemption)
      select n.decision_id, r.id, r.snapshot_id, r.account_id, 2, r.outcome,
        case when r.outcome = 'violation' then coalesce(r.policy_id, 'abuse.insult') end,
        case when r.outcome = 'violation' then 1 end, '[]', true, '{}', 'Seen in context.', r.decided_by, r.decided_at, 9000, r.account_status, r.exemption
      from numbered n join review r on r.id = n.review_id where not n.waits`,
    measures: `
      insert into measure (id, decision_id, target, kind, began_at, decided_at)
      select uuidv7(), id, 'post', 'remove', decided_at, decided_at from decision where outcome = 'violation'`,
    outbox: `
      insert into outbox (decision_id, state, not_before, changed_at, decided_at)
      select id, 'recorded', decided_at, decided_at, decided_at from decision`,
  }
}
