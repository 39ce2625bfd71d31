import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import sharp from 'sharp'
import { ReviewSort } from '#shared/contract/reviews.ts'
import type { Bench } from './benches.ts'
import { sendJson } from './client.ts'
import { type Caption, findCaptions, flagLine, sendBatch, settleDown } from './flags.ts'
import { atLeast, atMost, percentile } from './result.ts'
import type { Person, World } from './world.ts'

const pictures = 240
const linesEach = 20
const longerSide = 1_280
/** A reader pages through the list all the while. */
const readEveryMs = 20
const patienceMs = 120_000
const samples = join(import.meta.dirname, '../../server/features/intake/demo/media')

/** Flags with pictures, sent as they come; from the first flag until the last picture has its redacted copy. */
export const intakeMedia: Bench = async (world) => {
  const [sender, [reader], captions, bytes] = await Promise.all([
    world.sender(),
    world.people('reviewer', 1),
    findCaptions(world, pictures),
    makePictures(),
  ])
  const before = await countPictures(world)
  const listed: number[] = []
  const over = new AbortController()
  const from = performance.now()
  const reading = read(world, reader!, listed, over.signal)
  await send(world, sender, captions, bytes)
  const sentMs = performance.now() - from
  for (let after = before; after.ready < before.ready + pictures; after = await countPictures(world)) {
    if (performance.now() - from > patienceMs) throw new Error(`After ${patienceMs} ms pictures are missing still.`)
    if (after.failed > before.failed) throw new Error('A picture could not be derived.')
    await sleep(50)
  }
  const seconds = (performance.now() - from) / 1_000
  over.abort()
  await reading
  await settleDown(world)
  const detail = `${pictures} pictures of ${longerSide} pixels; sent within ${(sentMs / 1_000).toFixed(1)} s`
  return [
    atLeast(10, { name: 'intake-media', value: pictures / seconds, unit: 'pictures/s', detail }),
    atMost(40, {
      name: 'intake-media list p99',
      value: percentile(listed, 0.99),
      unit: 'ms',
      detail: `${listed.length} pages meanwhile, p50 ${percentile(listed, 0.5).toFixed(1)} ms`,
    }),
  ]
}

/** The sample's photographs as a platform would send them, each with a comment of its own and so with its own hash. */
async function makePictures(): Promise<Buffer[]> {
  const names = (await readdir(samples)).filter((name) => name.endsWith('.jpg'))
  const sized = await Promise.all(
    names.map(async (name) =>
      sharp(await readFile(join(samples, name)))
        .resize(longerSide, longerSide, { fit: 'inside' })
        .jpeg({ quality: 85 })
        .toBuffer(),
    ),
  )
  return Array.from({ length: pictures }, (_, n) => withComment(sized[n % sized.length]!, randomUUID()))
}

/** A JPEG begins with two bytes; a comment may stand right after them. */
function withComment(jpeg: Buffer, comment: string): Buffer {
  const segment = Buffer.from(`\xff\xfe\0${String.fromCharCode(comment.length + 2)}${comment}`, 'latin1')
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)])
}

async function send(world: World, sender: Person, captions: Caption[], bytes: Buffer[]) {
  const account = `bench-${randomUUID()}`
  const lines = bytes.map((picture, n) =>
    flagLine({
      ...captions[n % captions.length]!,
      platform: 'vk',
      account: `${account}-${n % 50}`,
      media: [{ base64: picture.toString('base64') }],
    }),
  )
  for (let at = 0; at < lines.length; at += linesEach) await sendBatch(world, sender, lines.slice(at, at + linesEach))
}

async function read(world: World, person: Person, listed: number[], over: AbortSignal) {
  while (!over.aborted) {
    for (const sort of ReviewSort.options) {
      const { ms } = await sendJson(`${world.url}/api/v1/reviews?sort=${sort}&limit=50`, person.headers)
      listed.push(ms)
      await sleep(readEveryMs)
    }
  }
}

async function countPictures({ db }: World): Promise<{ ready: number; failed: number }> {
  return db
    .selectFrom('media')
    .select([
      sql<number>`count(*) filter (where state = 'ready')`.as('ready'),
      sql<number>`count(*) filter (where state = 'failed')`.as('failed'),
    ])
    .executeTakeFirstOrThrow()
}
