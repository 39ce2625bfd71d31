import { sql } from 'kysely'
import type { Db } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import {
  createAccount,
  createAppeal,
  createDecision,
  createFlag,
  createMedia,
  createNote,
  createQueue,
  createReview,
} from './factories.ts'

/** The queue that the readers of `test/scope.test.ts` see, and the one they do not. */
export const queues = { inside: 'inside-queue', outside: 'outside-queue' } as const

type Item = {
  reviewId: string
  accountId: string
  postId: string
  sha256: string
  reporterId: string
  decisionId: string | null
  appealId: string | null
  /** Of a severe decision that was proposed and refused. */
  proposalId: string
}
export type World = {
  items: Item[]
  deliveryIds: string[]
  exportIds: string[]
  threatIds: string[]
  receiverId: string
}

let count = 0

/** A word that stands nowhere else, in letters that survive every excerpt. */
function word(world: string) {
  count += 1
  return `${world}${count}zq`
}

/**
 * Reviews with all that hangs on them, each text of its own: waiting, decided, with a threat, with deliveries and events,
 * of an account of their own and of `accountId`, which another world may show too.
 */
export async function createWorld(
  db: Db,
  name: 'within' | 'beyond' | 'sealed',
  {
    queue_id,
    accountId,
    is_restricted = false,
    by,
  }: { queue_id: string; accountId: string; is_restricted?: boolean; by: string },
): Promise<World> {
  await createQueue(db, { id: queue_id, name: queue_id })
  const own = await createAccount(db, {
    handle: word(name),
    display_name: word(name),
    external_id: word(name),
    url: `https://${word(name)}.example`,
  })
  const receiverId = await ensureReceiver(db)
  const items: Item[] = []
  for (const account_id of [own.id, accountId]) {
    for (const isDecided of [false, true]) {
      items.push(await createItem(db, name, { queue_id, account_id, is_restricted, isDecided, by }))
    }
  }
  const reviewIds = items.map(({ reviewId }) => reviewId)
  await createReview(db, { queue_id, account_id: own.id, post_id: null, handle: own.handle, is_restricted })
  await createNote(db, { account_id: own.id, body: word(name), author_id: by })
  const threatIds = [newId()]
  await db
    .insertInto('threat_report')
    .values({ id: threatIds[0]!, review_id: reviewIds[0]!, line: word(name), raised_by: by, raised_at: new Date() })
    .execute()
  await db.updateTable('review').set({ threat_at: new Date() }).where('id', '=', reviewIds[0]!).execute()
  const deliveryIds = await createDeliveries(db, name, items, receiverId)
  const exportIds = [newId()]
  await appendEvents(db, [
    {
      kind: 'export.started',
      by: { id: `${name}-person`, key: null },
      subject: { kind: 'export', id: exportIds[0]! },
      data: { filter: { account: own.id } },
    },
    { kind: 'account.status_changed', by: null, subject: { kind: 'account', id: own.id }, data: {} },
  ])
  return { items, deliveryIds, exportIds, threatIds, receiverId }
}

type ItemOptions = { queue_id: string; account_id: string; is_restricted: boolean; isDecided: boolean; by: string }

async function createItem(db: Db, name: string, { isDecided, by, ...of }: ItemOptions): Promise<Item> {
  const media = await createMedia(db, { is_restricted: of.is_restricted })
  const account = await db.selectFrom('account').selectAll().where('id', '=', of.account_id).executeTakeFirstOrThrow()
  const review = await createReview(db, {
    ...of,
    caption: `${word(name)} ${word(name)}`,
    media: [media.sha256],
    handle: account.handle,
    display_name: account.display_name,
    claimed_place: word(name),
    language: 'kk',
    reach: 70_000 + count,
    score: 0.5,
  })
  await db
    .updateTable('post')
    .set({ external_id: word(name), url: `https://${word(name)}.example` })
    .where('id', '=', review.post_id!)
    .execute()
  const reporterId = newId()
  await db
    .insertInto('reporter')
    .values({ id: reporterId, source_name: 'vk-intake', external_id: word(name), name: word(name) })
    .execute()
  await createFlag(db, {
    review_id: review.id,
    account_id: review.account_id,
    post_id: review.post_id,
    snapshot_id: review.snapshot_id,
    reporter_id: reporterId,
    external_id: word(name),
    reason_text: word(name),
  })
  await createNote(db, { review_id: review.id, body: word(name), author_id: by })
  const note = await createNote(db, { post_id: review.post_id, body: word(name), author_id: by })
  const told = { person_id: by, kind: 'mention' as const, by_id: null, at: new Date(), read_at: null }
  await db
    .insertInto('inbox_item')
    .values([
      { ...told, id: newId(), review_id: review.id, account_id: null, note_id: note.id, text: null },
      { ...told, id: newId(), review_id: review.id, account_id: null, note_id: null, text: word(name) },
    ])
    .execute()
  const subject = { kind: 'review', id: review.id, version: 1 }
  await appendEvents(db, [{ kind: 'review.opened', by: null, subject, data: { snapshotId: review.snapshot_id } }])
  const flags = await db.selectFrom('flag').select('id').where('review_id', '=', review.id).execute()
  await appendEvents(db, [
    ...flags.map(({ id }) => ({
      kind: 'flag.received',
      by: null,
      subject: { kind: 'flag', id },
      data: { reviewId: review.id },
    })),
    { kind: 'snapshot.taken', by: null, subject: { kind: 'snapshot', id: review.snapshot_id } },
    { kind: 'media.stored', by: null, subject: { kind: 'media', id: media.sha256 } },
  ])
  const item = {
    reviewId: review.id,
    accountId: of.account_id,
    postId: review.post_id!,
    sha256: media.sha256,
    reporterId,
    proposalId: newId(),
  }
  await db
    .insertInto('proposal')
    .values({
      id: item.proposalId,
      review_id: review.id,
      review_version: 1,
      snapshot_id: review.snapshot_id,
      input: JSON.stringify({
        outcome: 'violation',
        clause: null,
        furtherClauses: [],
        exemption: null,
        purposeWeighed: true,
        measures: [{ target: 'account', kind: 'terminate' }],
        territory: [],
        rationale: word(name),
        handlingMs: 1,
      }),
      translations: '[]',
      proposed_by: by,
      proposed_at: new Date(),
    })
    .execute()
  if (!isDecided) return { ...item, decisionId: null, appealId: null }
  const decision = await createDecision(db, {
    review_id: review.id,
    rationale: word(name),
    decided_by: by,
    measures: [
      { target: 'post', kind: 'remove' },
      { target: 'account', kind: 'limit' },
    ],
  })
  await appendEvents(db, [
    { kind: 'review.decided', by: { id: by, key: null }, subject, data: { decisionId: decision.id } },
    { kind: 'decision.recorded', by: null, subject: { kind: 'decision', id: decision.id } },
  ])
  const cause = `DKT-${review.number}`
  await db
    .insertInto('account_status')
    .values({
      id: newId(),
      account_id: of.account_id,
      status: 'limited',
      since: decision.decided_at,
      cause,
      source: 'docket',
    })
    .execute()
  const appeal = await createAppeal(db, decision, {
    body: word(name),
    appellant_name: word(name),
    external_id: word(name),
  })
  const filed = { kind: 'appeal', id: appeal.id }
  await appendEvents(db, [{ kind: 'appeal.filed', by: null, subject: filed, data: { decisionId: decision.id } }])
  return { ...item, decisionId: decision.id, appealId: appeal.id }
}

async function ensureReceiver(db: Db): Promise<string> {
  const known = await db.selectFrom('receiver').select('id').executeTakeFirst()
  if (known) return known.id
  const id = newId()
  const now = new Date()
  await db
    .insertInto('receiver')
    .values({
      id,
      name: 'Platform',
      url: 'https://platform.example/hook',
      platforms: [],
      sources: [],
      is_active: true,
      made_at: now,
      changed_at: now,
    })
    .execute()
  await db
    .insertInto('receiver_secret')
    .values({ id: newId(), receiver_id: id, secret: 's', made_at: now, ends_at: null })
    .execute()
  return id
}

async function createDeliveries(db: Db, name: string, items: Item[], receiver_id: string): Promise<string[]> {
  const now = new Date()
  const rows = items.flatMap(({ decisionId, accountId }) =>
    decisionId
      ? [
          {
            id: newId(),
            receiver_id,
            decision_id: decisionId,
            measure_id: null,
            account_id: accountId,
            body: JSON.stringify({ caption: word(name), apply: [], lift: [] }),
            state: 'failed' as const,
            next_at: now,
            last_error: word(name),
            answer: null,
            answer_text: null,
            answered_at: null,
            made_at: now,
            changed_at: now,
          },
        ]
      : [],
  )
  await db.insertInto('delivery').values(rows).execute()
  return rows.map(({ id }) => id)
}

/**
 * Everything by which a world could be told: the words in its rows, and the ids, hashes and references of rows that only
 * it has. But for the id of a threat: those in charge are told that there is one, whatever it is in.
 */
export async function findTraces(db: Db, world: World, sharedAccountId: string): Promise<Set<string>> {
  const reviewIds = world.items.map(({ reviewId }) => reviewId)
  const { rows } = await sql<{ trace: string }>`
    with r as (
      select * from review where id = any(${reviewIds}::uuid[]) or account_id in (
        select account_id from review where id = any(${reviewIds}::uuid[]) and account_id <> ${sharedAccountId})
    ), s as (select * from snapshot where id in (select snapshot_id from r) or post_id in (select post_id from r))
    select unnest(array[id::text, 'DKT-' || number, caption_excerpt, claimed_place]) as trace from r
    union select unnest(array[id::text, sha256, content_sha256, caption]) from s
    union select sha256 from post_media where snapshot_id in (select id from s)
    union select unnest(array[id::text, external_id, url]) from post where id in (select post_id from r)
    union select unnest(array[id::text, external_id, handle, display_name, url]) from account
      where id in (select account_id from r) and id <> ${sharedAccountId}
    union select id::text from account_status where cause in (select 'DKT-' || number from r)
    union select unnest(array[id::text, external_id, reason_text]) from flag where review_id in (select id from r)
    union select unnest(array[id::text, external_id, name]) from reporter
      where id in (select reporter_id from flag where review_id in (select id from r))
    union select unnest(array[id::text, rationale]) from decision where review_id in (select id from r)
    union select unnest(array[id::text, 'APL-' || number, body, appellant_name, external_id]) from appeal
      where review_id in (select id from r)
    union select unnest(array[id::text, body]) from note where review_id in (select id from r)
      or account_id in (select account_id from r where account_id <> ${sharedAccountId})
      or post_id in (select post_id from r)
    union select unnest(array[id::text, text]) from inbox_item where review_id in (select id from r)
    union select line from threat_report where review_id in (select id from r)
    union select unnest(array[id::text, last_error]) from delivery where id = any(${world.deliveryIds}::uuid[])
    union select unnest(${world.exportIds}::text[])`.execute(db)
  return new Set(rows.flatMap(({ trace }) => (trace ? [trace] : [])))
}
