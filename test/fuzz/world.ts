import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { receiveFlags } from '#server/features/intake/receive-flags.ts'
import { deriveAllPending } from '#server/jobs/derive-media.ts'
import { keepMedia } from '#server/media/keep-media.ts'
import type { TestApi } from '#test/support/api.ts'
import { createDecision, createNote, createReview } from '#test/support/factories.ts'
import { buildFlagBody, sent } from '#test/support/flags.ts'

/** What there is of a review that a change must name. */
export type Facts = { version: number; snapshotId: string; holderId: string | null }

/** One pixel. */
export const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==', 'base64')

export type FuzzWorld = {
  /** Something that exists, by the name of the field it is for. */
  known: (field: string, choice: number) => unknown
  facts: (reviewId: unknown) => Facts | undefined
  /** Remembers a place in a list, to go on from. */
  addCursor: (cursor: string) => void
  /** Looks up what there is by now, and lets back in whom requests have shut out. */
  refresh: () => Promise<void>
  /** Transactions that wrote without an event, each as the tables it wrote. */
  findUnloggedWrites: () => Promise<string[][]>
}

/**
 * Written without an event of the same transaction, on purpose: receipts, renewed leases, the use of a grant, who is
 * looking at what, what was read of an inbox, the last use of a key, sessions (better-auth commits them by itself; what is
 * said of them follows), and tries to sign in.
 */
const unlogged = [
  'public.receipt',
  'public.lease',
  'public.reveal',
  'public.presence',
  'public.inbox_item',
  'public.sign_in_attempt',
  'public.report_state',
  'public.report_review',
  'public.report_flag',
  'public.report_wait',
  'public.report_voided_end',
  'public.report_decision',
  'public.report_overturn',
  'public.report_appeal',
  'public.report_answer',
  'public.report_reveal',
  'public.report_restriction',
  'public.report_chunk',
  'auth.session',
  'auth.apikey',
]

/** Who asks, and what they may do, must not wear away under the requests. */
const restored = ['auth.user', 'auth.session', 'auth.apikey']

/** A little of everything, and a watch on every table. */
export async function createFuzzWorld(t: TestApi): Promise<FuzzWorld> {
  const bytes = Buffer.concat([gif, randomBytes(8)])
  const { sha256 } = await keepMedia(t.deps, { bytes, by: null, now: t.deps.now() })
  await deriveAllPending(t.deps)
  for (let n = 0; n < 12; n += 1) {
    const queue_id = ['hate', 'extremism', 'general'][n % 3]!
    const review = await createReview(t.db, { queue_id, media: [sha256], caption: `ТАГУТ caption ${n}` })
    await createNote(t.db, { review_id: review.id, author_id: t.person('reviewer').id })
    if (n % 4 === 0) await createReview(t.db, { post_id: null, queue_id })
  }
  const reported = buildFlagBody({ reporter: { externalId: 'u-1', name: 'Somebody' } })
  await receiveFlags(t.deps, { by: null, flags: [sent(reported)], now: t.deps.now() })
  await createDecision(t.db, { decided_by: t.person('reviewer').id })
  await watchWrites(t)
  for (const table of restored) {
    await sql`create table ${sql.table(copyOf(table))} as select * from ${sql.table(table)}`.execute(t.owner)
  }
  const lists = new Map<string, unknown[]>()
  const cursors: string[] = []
  let facts = new Map<string, Facts>()

  async function refresh() {
    await restore(t)
    // Whoever was turned away is not believed to be so any more.
    t.travel(6_000)
    for (const [field, list] of Object.entries(await findKnown(t))) lists.set(field, list)
    cursors.splice(0, cursors.length - 60)
    lists.set('cursor', [...cursors])
    const rows = await t.db.selectFrom('review').select(['id', 'version', 'snapshot_id', 'holder_id']).execute()
    facts = new Map(
      rows.map(({ id, version, snapshot_id, holder_id }) => [
        id,
        { version, snapshotId: snapshot_id, holderId: holder_id },
      ]),
    )
  }
  await refresh()
  return {
    known: (field, choice) => {
      const list = lists.get(field)
      return list && list.length > 0 ? list[choice % list.length] : undefined
    },
    facts: (reviewId) => facts.get(String(reviewId)),
    addCursor: (cursor) => void cursors.push(cursor),
    refresh,
    findUnloggedWrites: () => findUnloggedWrites(t),
  }
}

const copyOf = (table: string) => `fuzz_copy_${table.replace('.', '_')}`

/** What the server's own role writes is noted by transaction; changes that change nothing are none. */
async function watchWrites({ owner }: TestApi) {
  await sql`create table fuzz_write (xid xid8, written text, primary key (xid, written))`.execute(owner)
  await sql`
    create function note_write() returns trigger language plpgsql security definer as $$
    begin
      if session_user <> current_user and (tg_op <> 'UPDATE' or old is distinct from new) then
        insert into fuzz_write values (pg_current_xact_id(), tg_table_schema || '.' || tg_table_name) on conflict do nothing;
      end if;
      return null;
    end $$`.execute(owner)
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'auth') and tablename not in ('event', 'event_seq', 'sealer', 'schema_migration')
      and not starts_with(tablename, 'fuzz_')`.execute(owner)
  for (const { name } of rows) {
    await sql`create trigger fuzz_write after insert or update or delete on ${sql.raw(name)}
      for each row execute function note_write()`.execute(owner)
  }
}

async function findUnloggedWrites({ owner }: TestApi): Promise<string[][]> {
  const { rows } = await sql<{ written: string[] }>`
    select array_agg(written order by written) as written from fuzz_write
    where not exists (select from event where event.xid = fuzz_write.xid)
    group by xid having not array_agg(written) <@ ${unlogged}::text[]`.execute(owner)
  return rows.map(({ written }) => written)
}

async function restore({ owner }: TestApi) {
  for (const table of restored) {
    const { rows } = await sql<{ name: string }>`
      select attname as name from pg_attribute where attrelid = ${table.replace('user', '"user"')}::regclass
        and attnum > 0 and not attisdropped and attname <> 'id'`.execute(owner)
    const columns = sql.join(rows.map(({ name }) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`))
    await sql`insert into ${sql.table(table)} select * from ${sql.table(copyOf(table))}
      on conflict (id) do update set ${columns}`.execute(owner)
  }
}

async function findKnown(t: TestApi): Promise<Record<string, unknown[]>> {
  const ids = async (table: string, column = 'id') => {
    const { rows } = await sql<{ value: unknown }>`
      select ${sql.ref(column)} as value from ${sql.table(table)} order by random() limit 40`.execute(t.owner)
    return rows.map(({ value }) => value)
  }
  const [reviews, people, policies, queues, snapshots] = await Promise.all([
    ids('review'),
    ids('auth.user'),
    ids('policy'),
    ids('queue'),
    ids('snapshot'),
  ])
  const subjects = {
    reviewId: reviews,
    except: reviews,
    accountId: await ids('account'),
    account: await ids('account'),
  }
  const acts = {
    decisionId: await ids('decision'),
    proposalId: await ids('proposal'),
    snapshotId: snapshots,
    supersedesId: await ids('note'),
    revealId: await ids('reveal'),
    threatId: await ids('threat_report'),
    deliveryId: await ids('delivery'),
    receiverId: await ids('receiver'),
    reporterId: await ids('reporter'),
    reporter: await ids('reporter'),
    clientId: await ids('receipt', 'client_id'),
  }
  return {
    ...subjects,
    ...acts,
    sha256: await ids('media', 'sha256'),
    personId: people,
    person: people,
    told: people,
    keyId: await ids('auth.apikey'),
    sessionId: await ids('auth.session'),
    invitationId: await ids('invitation'),
    policy: policies,
    policyId: policies,
    draftId: await ids('policy_draft'),
    sampleId: await ids('rereview_sample'),
    itemId: await ids('rereview_item'),
    revision: await ids('policy_draft', 'revision'),
    id: policies,
    clause: policies,
    exemption: policies,
    queue: queues,
    queueId: queues,
    queues,
    appealId: await ids('appeal'),
    bulkId: await ids('bulk'),
    viewId: await ids('saved_view'),
    viewIds: await ids('saved_view'),
    exportId: await ids('export'),
    termId: await ids('term'),
    templateId: await ids('message_template', 'template_id'),
    from: ['2026-05-01', '2026-05-01T00:00:00Z'],
    to: ['2026-05-31', '2026-05-31T00:00:00Z'],
    zone: ['UTC', 'Asia/Almaty'],
    platform: ['vk', 'telegram', 'x'],
    language: ['ru', 'kk', 'ar'],
    code: ['hate', 'extremism', 'spam'],
    base64: [gif.toString('base64')],
    kind: ['reviews', 'decisions', 'user_report', 'own_initiative', 'post', 'image'],
    variant: ['thumbnail', 'original'],
    sort: ['priority', 'newest'],
    version: [1, 2, 3, 4],
    q: ['тагут', 'caption', '"caption 1"', 'capt*', 'DKT-1'],
    search: ['тагут', 'caption', '"caption 1"'],
    limit: [1, 2, 50],
    name: ['vk-intake', 'docket', 'Sofia'],
  }
}
