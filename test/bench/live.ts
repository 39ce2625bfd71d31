import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { z } from 'zod'
import type { LiveChanges } from '#shared/contract/live.ts'
import type { Bench } from './benches.ts'
import { sendJson } from './client.ts'
import { atMost, percentile } from './result.ts'
import type { Person, World } from './world.ts'

const streams = 30
const reviewers = 20
const runMs = 15_000
const thoughtMs = 500

type Seen = { id: string; version: number; at: number }
type Follower = { seen: Seen[]; ids: number[]; resets: number; close: () => void }

/**
 * Reviewers take and give back while many streams are open: how long after an event was written each stream names it.
 * The event's own time lies before its commit, so what is measured is a little more than commit → seen.
 */
export const live: Bench = async (world) => {
  const people = await world.people('reviewer', Math.max(streams, reviewers))
  const followers = await Promise.all(people.slice(0, streams).map((person) => follow(world, person)))
  await sleep(500)
  const from = new Date()
  const until = performance.now() + runMs
  await Promise.all(people.slice(0, reviewers).map((person) => work(world, person, until)))
  await sleep(1_500)
  for (const follower of followers) follower.close()

  const events = await world.db
    .selectFrom('event')
    .select(['subject_id', 'subject_version', 'at'])
    .where('kind', 'in', ['review.claimed', 'review.released'])
    .where('at', '>=', from)
    .execute()
  const delays: number[] = []
  let missed = 0
  for (const { seen } of followers) {
    const byReview = Map.groupBy(seen, ({ id }) => id)
    for (const { subject_id, subject_version, at } of events) {
      const first = byReview.get(subject_id)?.find(({ version }) => version >= subject_version!)
      if (first) delays.push(first.at - at.getTime())
      else missed += 1
    }
  }
  const resets = followers.reduce((sum, follower) => sum + follower.resets, 0)
  const disorder = followers.filter(({ ids }) => ids.some((id, index) => id < (ids[index - 1] ?? 0))).length
  const detail = `${events.length} changes on ${streams} streams, p50 ${percentile(delays, 0.5)} ms, worst ${percentile(delays, 1)} ms`
  return [
    atMost(250, { name: 'live p99', value: percentile(delays, 0.99), unit: 'ms', detail }),
    atMost(0, {
      name: 'live missed',
      value: missed + disorder,
      unit: 'changes',
      detail: `${resets - streams} resets on the way`,
    }),
  ]
}

/** Takes the next review, thinks, gives it back, again and again. */
async function work(world: World, { headers }: Person, until: number) {
  const reviews = `${world.url}/api/v1/reviews`
  const post = <Reply>(path: string, body: object) =>
    sendJson<Reply>(`${reviews}${path}`, headers, { method: 'POST', body: { clientId: randomUUID(), ...body } })
  await sleep(Math.random() * thoughtMs)
  while (performance.now() < until) {
    const { body } = await post<{ items: { reviewId: string }[] }>('/next', { filter: {}, sort: 'newest' })
    await sleep(thoughtMs / 2 + Math.random() * thoughtMs)
    for (const { reviewId } of body.items) await post(`/${reviewId}/release`, {})
  }
}

function follow(world: World, { headers }: Person): Promise<Follower> {
  const follower: Follower = { seen: [], ids: [], resets: 0, close: () => {} }
  return new Promise((settle, fail) => {
    const req = request(`${world.url}/api/v1/live`, { headers: { ...headers, accept: 'text/event-stream' } }, (res) => {
      if (res.statusCode !== 200) return fail(new Error(`The stream answered ${res.statusCode}.`))
      let text = ''
      res.setEncoding('utf8').on('data', (part: string) => {
        const blocks = (text + part).split('\n\n')
        text = blocks.pop()!
        for (const block of blocks) note(follower, block, Date.now())
      })
      res.on('error', () => {})
      follower.close = () => req.destroy()
      settle(follower)
    })
    req.on('error', fail)
    req.end()
  })
}

function note(follower: Follower, block: string, at: number) {
  const [, id, name, data] = /^id: (\d+)\nevent: (\w+)\ndata: (.*)$/.exec(block) ?? []
  if (id) follower.ids.push(Number(id))
  if (name === 'reset') follower.resets += 1
  if (name !== 'changes') return
  const { reviews } = JSON.parse(data!) as z.infer<typeof LiveChanges>
  for (const { id: reviewId, version } of reviews) follower.seen.push({ id: reviewId, version, at })
}
