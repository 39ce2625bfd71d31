import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '#server/app.ts'
import { api } from '#shared/contract/api.ts'
import type { LivePresence } from '#shared/contract/live.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import { createQueue, createReview } from '#test/support/factories.ts'
import { openLive, type Stream, useLive } from '#test/support/live.ts'
import { createLive } from './feed.ts'

/*
 * `t` and `live` are two server processes' worth of app over one database: what is told to the one is heard on the
 * streams of the other.
 */
const t = useTestApi()
const live = useLive(t)

beforeEach(async () => {
  await t.db.deleteFrom('presence').execute()
})

const tell = (call: TestCall, reviewId: string | null, pageId = randomUUID()) =>
  call(api.tellPresence, { body: { pageId, reviewId: reviewId as ReviewId | null } })

const said = (stream: Stream) =>
  stream.messages.filter(({ name }) => name === 'presence').map(({ data }) => data as LivePresence)

/** Who is where by all that a stream said. */
function known(stream: Stream): Record<string, string[]> {
  let people: Record<string, string[]> = {}
  for (const { isWhole, people: present, gone } of said(stream)) {
    if (isWhole) people = {}
    for (const { id, reviewIds } of present) people[id] = reviewIds
    for (const id of gone) delete people[id]
  }
  return people
}

const dana = () => t.person('reviewer').id
const ravi = () => t.secondPerson('reviewer').id

describe('tellPresence', () => {
  it('answers 401 without a session', async () => {
    await expect(tell(t.anonymous, null)).rejects.toMatchObject({ status: 401 })
  })

  it('answers 403 to a program, which looks at nothing', async () => {
    await expect(tell(t.key({ role: 'reviewer' }), null)).rejects.toMatchObject({ status: 403 })
  })

  it('answers 404 for a review that is not there, and for one outside the scope', async () => {
    await expect(tell(t.as('reviewer'), randomUUID())).rejects.toMatchObject({ status: 404 })
    const restricted = await createReview(t.db, { is_restricted: true })
    await expect(tell(t.as('reviewer'), restricted.id)).rejects.toMatchObject({ status: 404 })
  })

  it('counts no more than twenty pages of one person', async () => {
    for (let n = 0; n < 25; n += 1) await tell(t.as('reviewer'), null)
    const { count } = await t.db
      .selectFrom('presence')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    expect(Number(count)).toBe(20)
  })

  it('writes no event, changes no review and wakes no one who seals', async () => {
    const review = await createReview(t.db)
    const events = () => t.db.selectFrom('event').select('id').execute()
    const read = () => t.db.selectFrom('review').selectAll().where('id', '=', review.id).executeTakeFirstOrThrow()
    const [before, was] = [await events(), await read()]
    let woken = 0
    const server = createServer(createApp(t.deps, { wake: () => (woken += 1) })).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const post = (path: string, body: object) =>
      fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
        method: 'POST',
        headers: { ...t.person('reviewer').headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    expect((await post('/presence', { pageId: randomUUID(), reviewId: review.id })).status).toBe(200)
    expect(woken).toBe(0)
    await post(`/reviews/${review.id}/release`, { clientId: randomUUID() })
    expect(woken).toBe(1)
    server.close()
    expect(await events()).toEqual(before)
    expect(await read()).toEqual(was)
  })

  it('sweeps up what is long gone', async () => {
    await t.db
      .insertInto('presence')
      .values({ person_id: 'x', page_id: randomUUID(), review_id: null, seen_at: new Date(Date.now() - 600_000) })
      .execute()
    await tell(t.as('reviewer'), null)
    const rows = await t.db.selectFrom('presence').select('person_id').execute()
    expect(rows).toEqual([{ person_id: dana() }])
  })
})

describe('the stream tells who is there', () => {
  it('all of them first, then what changes, also what another server process was told', async () => {
    const [one, two] = [await createReview(t.db), await createReview(t.db)]
    const page = randomUUID()
    await tell(t.as('reviewer'), one.id, page)
    const stream = await live.follow('supervisor')
    await stream.until(() => said(stream).length > 0)
    expect(said(stream)).toEqual([{ isWhole: true, people: [{ id: dana(), reviewIds: [one.id] }], gone: [] }])

    await tell(t.second('reviewer'), one.id)
    await stream.until(() => said(stream).length > 1)
    expect(said(stream)[1]).toEqual({ isWhole: false, people: [{ id: ravi(), reviewIds: [one.id] }], gone: [] })

    await tell(t.as('reviewer'), two.id, page)
    await stream.until(() => said(stream).length > 2)
    expect(said(stream)[2]?.people).toEqual([{ id: dana(), reviewIds: [two.id] }])
  })

  it('nothing when nothing changed, however often pages say that they are there', async () => {
    const review = await createReview(t.db)
    const page = randomUUID()
    await tell(t.as('reviewer'), review.id, page)
    const stream = await live.follow('supervisor')
    await stream.until(() => said(stream).length > 0)
    for (let n = 0; n < 5; n += 1) await tell(t.as('reviewer'), review.id, page)
    await sleep(1_300)
    expect(said(stream)).toHaveLength(1)
  })

  it('each of the reviews on the screens of one person, once', async () => {
    const ids = [(await createReview(t.db)).id, (await createReview(t.db)).id].sort()
    for (const id of [...ids, ids[0]!]) await tell(t.as('reviewer'), id)
    const stream = await live.follow('supervisor')
    await stream.until(() => said(stream).length > 0)
    expect(known(stream)).toEqual({ [dana()]: ids })
  })

  it('nobody of a review outside the scope: neither by queue, nor restricted, nor moved there meanwhile', async () => {
    await createQueue(t.db, { id: 'hate', name: 'Hate', position: 2 })
    const [seen, unseen] = [await createReview(t.db, { queue_id: 'extremism' }), await createReview(t.db)]
    await t.db.updateTable('review').set({ queue_id: 'hate' }).where('id', '=', unseen.id).execute()
    await t.setScope(t.secondPerson('supervisor'), { seesRestricted: true })
    const restricted = await createReview(t.db, { queue_id: 'extremism', is_restricted: true })
    await t.setScope(t.secondPerson('reviewer'), { queues: ['extremism'] })
    await tell(t.as('reviewer'), unseen.id)
    await tell(t.second('supervisor'), restricted.id)
    const page = randomUUID()
    await tell(t.as('supervisor'), seen.id, page)

    const stream = await live.follow(t.secondPerson('reviewer').headers)
    await stream.until(() => said(stream).length > 0)
    expect(known(stream)).toEqual({
      [dana()]: [],
      [t.secondPerson('supervisor').id]: [],
      [t.person('supervisor').id]: [seen.id],
    })
    await t.db.updateTable('review').set({ queue_id: 'hate' }).where('id', '=', seen.id).execute()
    await stream.until(() => known(stream)[t.person('supervisor').id]?.length === 0)
    expect(JSON.stringify(stream.messages)).not.toContain(unseen.id)
    expect(JSON.stringify(stream.messages)).not.toContain(restricted.id)
    await t.setScope(t.secondPerson('reviewer'), {})
    await t.setScope(t.secondPerson('supervisor'), {})
  })
})

describe('a page that says nothing more', () => {
  const closers: (() => unknown)[] = []
  afterEach(async () => {
    for (const close of closers.splice(0)) await close()
  })

  it('is not there any more after its time', async () => {
    const fading = createLive(t.deps, { presentMs: 1_500 })
    const server = createServer(createApp(t.deps, { live: fading })).listen(0, '127.0.0.1')
    closers.push(fading.close, () => server.close())
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    await tell(t.as('reviewer'), (await createReview(t.db)).id)
    const stream = await openLive(
      (path, init) =>
        fetch(`http://127.0.0.1:${port}${path}`, {
          ...init,
          headers: { ...t.person('supervisor').headers, ...(init?.headers as object) },
        }),
      'supervisor',
    )
    closers.push(stream.close)
    await stream.until(() => dana() in known(stream))
    await stream.until(() => !(dana() in known(stream)))
    expect(said(stream).at(-1)).toEqual({ isWhole: false, people: [], gone: [dana()] })
  })
})
