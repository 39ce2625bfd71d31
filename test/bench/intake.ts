import { randomUUID } from 'node:crypto'
import type { Bench } from './benches.ts'
import { sendJson } from './client.ts'
import { findCaptions, flagLine, sendBatch, settleDown } from './flags.ts'
import { atLeast, atMost } from './result.ts'

const requests = 10
const linesEach = 2_000
const sendersAtOnce = 4
const postsOfAnAccount = 3

/** Flags on posts that are new, in batches over HTTP; each batch is looked for in the list as soon as it was answered. */
export const intake: Bench = async (world) => {
  const [sender, [reader], captions] = await Promise.all([
    world.sender(),
    world.people('reviewer', 1),
    findCaptions(world, 5_000),
  ])
  const run = randomUUID().slice(0, 8)
  const batches = Array.from({ length: requests + 1 }, (_, batch) => {
    const platform = `bench-${run}-${batch}`
    const lines = Array.from({ length: linesEach }, (_, line) =>
      flagLine({
        ...captions[(batch * linesEach + line) % captions.length]!,
        platform,
        account: `${platform}-${Math.floor(line / postsOfAnAccount)}`,
      }),
    )
    return { platform, lines }
  })
  const warmUp = batches.pop()!
  await sendBatch(world, sender, warmUp.lines)

  let missing = 0
  const from = performance.now()
  let lookedMs = 0
  await Promise.all(
    Array.from({ length: sendersAtOnce }, async () => {
      for (let batch = batches.pop(); batch; batch = batches.pop()) {
        await sendBatch(world, sender, batch.lines)
        const { body, ms } = await sendJson<{ count: { value: number } }>(
          `${world.url}/api/v1/reviews?platform=${batch.platform}`,
          reader!.headers,
        )
        missing += linesEach - body.count.value
        lookedMs = Math.max(lookedMs, ms)
      }
    }),
  )
  const seconds = (performance.now() - from) / 1_000
  await settleDown(world)
  const detail = `${requests} batches of ${linesEach} flags, ${sendersAtOnce} at once, in ${seconds.toFixed(1)} s`
  return [
    atLeast(3_000, { name: 'intake', value: (requests * linesEach) / seconds, unit: 'flags/s', detail }),
    atMost(0, {
      name: 'intake not in the list',
      value: missing,
      unit: 'flags',
      detail: `when the request returned; the list answered within ${lookedMs.toFixed(0)} ms`,
    }),
  ]
}
