import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createApp } from '#server/app.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { disablePerson } from '#server/features/team/team.queries.ts'
import { api } from '#shared/contract/api.ts'
import { mostStreams } from '#shared/contract/live.ts'
import { useTestApi } from '#test/support/api.ts'
import { useLive } from '#test/support/live.ts'
import { createLive } from './feed.ts'
import { getHead } from './live.queries.ts'

const t = useTestApi()
const live = useLive(t)

describe('a stream ends', () => {
  it('when its person is disabled, and the next is refused', async () => {
    const person = t.secondPerson('supervisor')
    const stream = await live.follow(person.headers)
    await disablePerson(t.db, person.id, new Date())
    await stream.ended
    t.travel(10_000)
    expect((await live.fetch('/api/v1/live', {}, person.headers)).status).toBe(401)
  })

  it('with its session', async () => {
    const person = t.secondPerson('auditor')
    const stream = await live.follow(person.headers)
    await t.second('auditor')(api.signOut, {})
    await stream.ended
  })

  it('with its key', async () => {
    const headers = await t.keyHeaders({ role: 'auditor' })
    const stream = await live.follow(headers)
    await t.db.updateTable('auth.apikey').set({ enabled: false }).execute()
    await stream.ended
  })

  it('when the server stops, and none begins after that', async () => {
    const other = createLive(t.deps)
    const second = createServer(createApp(t.deps, { live: other })).listen(0, '127.0.0.1')
    await once(second, 'listening')
    const at = `http://127.0.0.1:${(second.address() as AddressInfo).port}/api/v1/live`
    const stream = await fetch(at, { headers: t.person('reviewer').headers })
    await other.close()
    expect(await stream.text()).toMatch(/^retry: \d{4}\n/)
    expect(await (await fetch(at, { headers: t.person('reviewer').headers })).text()).not.toContain('event:')
    second.close()
  })
})

describe('a stream goes on', () => {
  it('with a beat, whose number is the newest', async () => {
    const stream = await live.follow('admin')
    await appendEvents(t.db, [{ kind: 'person.joined', by: null, subject: { kind: 'person', id: 'x' } }])
    await live.seal()
    const head = await getHead(t.db)
    await stream.until((all) => all.some(({ name, id }) => name === 'beat' && id === head))
  })

  it('when the scope of its person changes, and says so', async () => {
    const stream = await live.follow('reviewer')
    await t.setScope(t.person('reviewer'), { queues: ['hate'] })
    await stream.until((all) => all.some(({ data }) => (data as { reason?: string }).reason === 'scope'))
    await t.setScope(t.person('reviewer'), {})
  })

  it('beside nine others of the same person, not more', async () => {
    const first = await live.follow('supervisor')
    for (let n = 1; n < mostStreams; n += 1) expect((await live.follow('supervisor')).status).toBe(200)
    expect((await live.follow('supervisor')).status).toBe(429)
    expect((await live.follow('admin')).status).toBe(200)
    await first.close()
    await expect.poll(async () => (await live.follow('supervisor')).status).toBe(200)
  })
})
