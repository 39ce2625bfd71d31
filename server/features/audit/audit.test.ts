import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { type LogEvent, listEvents } from '#shared/contract/events.ts'
import { useTestApi } from '#test/support/api.ts'
import { createReview } from '#test/support/factories.ts'
import { appendEvents, sealEvents } from './audit.queries.ts'

const t = useTestApi()

let count = 0

/** Events of a kind of this test's own, numbered by the sealer. */
async function log(n: number, event: Partial<Parameters<typeof appendEvents>[1][number]> = {}) {
  count += 1
  const kind = event.kind ?? `test.kind_${count}`
  const events = Array.from({ length: n }, (_, index) => ({
    by: null,
    subject: { kind: 'test', id: `subject-${count}` },
    ...event,
    kind,
    data: { index, ...event.data },
  }))
  await appendEvents(t.db, events)
  const { head } = await sealEvents(t.db)
  return { kind, head, subjectId: events[0]!.subject.id }
}

const by = (id: string) => ({ id, key: null })
const indexes = (items: LogEvent[]) => items.map(({ data }) => data.index)

describe('listEvents', () => {
  it('answers 401 without a session', async () => {
    await expect(t.anonymous(listEvents, {})).rejects.toMatchObject({ status: 401, body: { code: 'signed_out' } })
  })

  it('refuses a reviewer', async () => {
    await expect(t.as('reviewer')(listEvents, {})).rejects.toMatchObject({ status: 403, body: { code: 'forbidden' } })
  })

  it.each(['supervisor', 'admin', 'auditor'] as const)('lets a %s read', async (role) => {
    await expect(t.as(role)(listEvents, {})).resolves.toMatchObject({ previousCursor: null })
  })

  it.each(['x', Buffer.from('<-1').toString('base64url'), Buffer.from('<1;2').toString('base64url')])(
    'refuses the made-up cursor %s',
    async (cursor) => {
      const asked = t.as('auditor')(listEvents, { query: { cursor } })
      await expect(asked).rejects.toMatchObject({ status: 400, body: { code: 'invalid_request' } })
    },
  )

  it('refuses a time without its zone', async () => {
    const asked = t.as('auditor')(listEvents, { query: { from: '2026-06-01T10:00:00' } })
    await expect(asked).rejects.toMatchObject({ status: 400 })
  })

  it('shows the newest first, with who, what and the number given', async () => {
    const { kind, head } = await log(3, { by: by('person-7'), subject: { kind: 'note', id: 'note-1', version: 4 } })
    const page = await t.as('auditor')(listEvents, { query: { kind: [kind] } })
    expect(indexes(page.items)).toEqual([2, 1, 0])
    expect(page.items[0]).toMatchObject({
      seq: head,
      kind,
      personId: 'person-7',
      keyId: null,
      subject: { kind: 'note', id: 'note-1', version: 4, reference: null },
      data: { index: 2 },
    })
    expect(page).toMatchObject({ head, count: { value: 3, exact: true }, nextCursor: null, previousCursor: null })
  })

  it('leaves out what has no number yet', async () => {
    const { kind, head } = await log(1)
    await appendEvents(t.db, [{ kind, by: null, subject: { kind: 'test', id: 'x' } }])
    const page = await t.as('auditor')(listEvents, { query: { kind: [kind] } })
    expect(page).toMatchObject({ head, count: { value: 1 } })
    await sealEvents(t.db)
  })

  it('calls a review by its reference', async () => {
    const review = await createReview(t.db)
    const { kind } = await log(1, { subject: { kind: 'review', id: review.id, version: 2 } })
    const { items } = await t.as('auditor')(listEvents, { query: { kind: [kind] } })
    expect(items[0]?.subject.reference).toBe(`DKT-${review.number}`)
  })

  it('shows a review that no longer has a row by its id alone', async () => {
    const { kind } = await log(1, { subject: { kind: 'review', id: 'gone' } })
    const { items } = await t.as('auditor')(listEvents, { query: { kind: [kind] } })
    expect(items[0]?.subject).toMatchObject({ id: 'gone', reference: null })
  })

  it('pages to the oldest and back, every event once', async () => {
    const { kind } = await log(23)
    const call = t.as('auditor')
    const page = (cursor?: string) => call(listEvents, { query: { kind: [kind], limit: 5, ...(cursor && { cursor }) } })
    const down: unknown[] = []
    let now = await page()
    down.push(...indexes(now.items))
    while (now.nextCursor) {
      now = await page(now.nextCursor)
      expect(now.count).toBeNull()
      down.push(...indexes(now.items))
      await log(2, { kind })
    }
    expect(down).toEqual(Array.from({ length: 23 }, (_, index) => 22 - index))
    const up: unknown[] = [...indexes(now.items)].reverse()
    while (now.previousCursor) {
      now = await page(now.previousCursor)
      up.push(...indexes(now.items).reverse())
    }
    expect(up.slice(0, 23)).toEqual(down.toReversed())
    expect(up.length).toBe(23 + 8)
  })

  it('filters by person, and by what the system did itself', async () => {
    const { kind } = await log(1, { by: by('person-a') })
    await log(1, { kind, by: by('person-b') })
    await log(1, { kind })
    const people = async (...person: string[]) => {
      const { items } = await t.as('auditor')(listEvents, { query: { kind: [kind], person } })
      return items.map(({ personId }) => personId)
    }
    expect(await people('person-a')).toEqual(['person-a'])
    expect(await people('system')).toEqual([null])
    expect(await people('system', 'person-b')).toEqual([null, 'person-b'])
    expect(await people('person-a', 'person-b')).toEqual(['person-b', 'person-a'])
  })

  it('filters by several kinds and by subject', async () => {
    const first = await log(2)
    const second = await log(1)
    const both = await t.as('auditor')(listEvents, { query: { kind: [first.kind, second.kind] } })
    expect(both.items.map(({ kind }) => kind)).toEqual([second.kind, first.kind, first.kind])
    const query = { subjectKind: ['test'], subjectId: first.subjectId }
    expect((await t.as('auditor')(listEvents, { query })).count?.value).toBe(2)
  })

  it('filters by time, the end left out', async () => {
    const { kind } = await log(1)
    const { items } = await t.as('auditor')(listEvents, { query: { kind: [kind] } })
    const at = items[0]!.at
    const after = new Date(Date.parse(at) + 1).toISOString()
    const found = async (from: string, to: string) =>
      (await t.as('auditor')(listEvents, { query: { kind: [kind], from, to } })).items.length
    expect([await found(at, after), await found(after, after), await found('2020-01-01T00:00:00+06:00', at)]).toEqual([
      1, 0, 0,
    ])
  })

  it('counts to ten thousand and then says at least', async () => {
    const { kind } = await log(1)
    await sql`insert into event (kind, subject_kind, subject_id, data) select ${kind}, 'test', 'x', '{}' from generate_series(1, 10000)`.execute(
      t.db,
    )
    await sealEvents(t.db)
    const { count } = await t.as('auditor')(listEvents, { query: { kind: [kind] } })
    expect(count).toEqual({ value: 10_000, exact: false })
  })

  it('names the kinds the whole log holds, with the first page only', async () => {
    const { kind } = await log(3)
    const { facets, nextCursor } = await t.as('auditor')(listEvents, { query: { kind: [kind], limit: 2 } })
    expect(facets?.kinds).toContain(kind)
    expect(facets?.kinds.length).toBeGreaterThan(1)
    expect(facets?.subjectKinds).toContain('test')
    const next = await t.as('auditor')(listEvents, { query: { kind: [kind], limit: 2, cursor: nextCursor! } })
    expect(next.facets).toBeNull()
  })
})
