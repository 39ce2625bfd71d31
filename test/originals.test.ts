import { createHash, randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { sealEvents } from '#server/features/audit/audit.queries.ts'
import { deriveAllPending } from '#server/jobs/derive-media.ts'
import { redactedName } from '#server/media/redacted.ts'
import { api } from '#shared/contract/api.ts'
import type { Endpoint } from '#shared/contract/endpoint.ts'
import { may, type Role } from '#shared/domain/permissions.ts'
import { Look } from '#shared/domain/redaction.ts'
import { useTestApi } from './support/api.ts'
import { createAccount } from './support/factories.ts'
import { buildFlagBody, reviewsOfPost } from './support/flags.ts'
import { useLive } from './support/live.ts'
import { createWorld, queues } from './support/two-worlds.ts'

/*
 * Every door of the API, opened by every role as a person and as a program, in a world of posts with pictures. What may be
 * shown (`display`) and the originals are searched for in whatever comes back, as bytes, in base64 and in hexadecimal:
 * they come by a granted reveal, to the person who asked, once, and by nothing else.
 */

const t = useTestApi()
const live = useLive(t)
const newId = () => crypto.randomUUID()

const roles: Role[] = ['reviewer', 'supervisor', 'admin', 'auditor']
const readers = roles.flatMap((role) => [
  { name: role, role, headers: () => t.person(role).headers },
  { name: `program as ${role}`, role, headers: () => programs[role]! },
])
type Reader = (typeof readers)[number]
const programs: Partial<Record<Role, Record<string, string>>> = {}

/** What must not come back, by whose it is. */
const secrets: { of: string; isIn: (body: Buffer) => boolean }[] = []
/** Tokens of grants that were not used, and what the database keeps of them. */
const grants: string[] = []
type Item = { reviewId: string; sha256: string } & Record<string, string>
const items: Item[] = []
/** Pictures that nobody here may see in any way. */
const sealed: Item[] = []

/** Finds a piece of a file however it is written: as it is, in base64 at any of its three phases, in hexadecimal. */
function finder(piece: Buffer): (body: Buffer) => boolean {
  const phases = [0, 1, 2].map((phase) => {
    const cut = piece.subarray(phase, phase + Math.floor((piece.length - phase) / 3) * 3)
    return cut.toString('base64')
  })
  const texts = [
    ...phases,
    ...phases.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    piece.toString('hex'),
  ]
  return (body) => body.includes(piece) || texts.some((text) => body.includes(text))
}

function keepSecret(of: string, bytes: Buffer) {
  const from = Math.floor(bytes.length / 2)
  secrets.push({ of, isIn: finder(bytes.subarray(from, from + 48)) })
}

const found = (body: Buffer) => secrets.filter(({ isIn }) => isIn(body)).map(({ of }) => of)

/** A picture like no other: noise does not compress, so that its bytes stand in the file. */
const noise = () =>
  sharp(randomBytes(200 * 150 * 3), { raw: { width: 200, height: 150, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer()

beforeAll(async () => {
  for (const role of roles) programs[role] = await t.keyHeaders({ role })
  const by = t.person('reviewer').id
  for (const [name, target, options] of [
    ['within', items, { queue_id: queues.inside }],
    ['sealed', sealed, { queue_id: queues.inside, is_restricted: true }],
  ] as const) {
    const { id: accountId } = await createAccount(t.db)
    const world = await createWorld(t.db, name, { ...options, accountId, by })
    for (const item of world.items) {
      for (const variant of ['original', 'display'] as const) {
        const bytes = Buffer.concat([Buffer.from(`${variant} `), randomBytes(120)])
        await t.deps.mediaStore.put(item.sha256, variant, bytes)
        keepSecret(`${name} ${variant}`, bytes)
      }
      for (const variant of ['thumbnail', 'redacted'] as const) {
        for (const look of Look.options) {
          await t.deps.mediaStore.put(item.sha256, redactedName(variant, look), Buffer.from(`${name} ${variant}`))
        }
      }
      target.push({
        ...item,
        decisionId: item.decisionId ?? newId(),
        appealId: item.appealId ?? newId(),
        deliveryId: world.deliveryIds[0]!,
        threatId: world.threatIds[0]!,
        receiverId: world.receiverId,
      })
    }
  }
  await sendOne()
  for (const reader of readers.filter(({ role }) => may(role, 'media.reveal'))) {
    const { body } = await reveal(items[0]!, reader)
    const grant = new URL(JSON.parse(body.toString()).url, t.url).searchParams.get('grant')!
    grants.push(grant, createHash('sha256').update(grant).digest('hex'))
  }
  await sealEvents(t.db)
}, 60_000)

/** A flag as a platform sends it, its picture inside, which the server keeps and derives. */
async function sendOne() {
  const [inside, uploaded] = [await noise(), await noise()]
  const headers = await t.keyHeaders({ role: 'supervisor', sources: ['vk-intake'], kinds: ['user_report'] })
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(uploaded)]), 'a.jpg')
  const answers = [await t.fetch('/api/v1/media', { method: 'POST', body: form }, headers)]
  const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
  const media = [{ base64: inside.toString('base64') }, { sha256: sha256(uploaded) }]
  const flag = buildFlagBody({ post: { externalId: 'pictured', media } as never })
  const json = { 'content-type': 'application/json' }
  answers.push(await t.fetch('/api/v1/flags', { method: 'POST', body: JSON.stringify(flag), headers: json }, headers))
  expect(answers.map(({ status }) => status)).toEqual([201, 201])
  await deriveAllPending(t.deps)
  const [review] = await reviewsOfPost(t.db, 'pictured')
  for (const [name, bytes] of Object.entries({ inside, uploaded })) {
    keepSecret(`${name} original`, bytes)
    const display = await t.deps.mediaStore.open(sha256(bytes), 'display')
    keepSecret(`${name} display`, await buffer(display!.stream()))
    items.push({ reviewId: review!.id, accountId: review!.account_id, sha256: sha256(bytes) })
  }
  for (const answer of answers) expect(found(Buffer.from(await answer.arrayBuffer()))).toEqual([])
}

async function get(path: string, reader: Pick<Reader, 'headers'>, init: RequestInit = {}) {
  const response = await t.fetch(path, init, reader.headers())
  return { response, body: Buffer.from(await response.arrayBuffer()) }
}

async function reveal({ reviewId, sha256 }: Item, reader: Reader) {
  const body = JSON.stringify({ clientId: newId(), sha256 })
  const headers = { 'content-type': 'application/json' }
  return get(`/api/v1/reviews/${reviewId}/reveals`, reader, { method: 'POST', body, headers })
}

/** A body that many endpoints take: what one does not know it leaves out. */
const anything = (item: Item) => ({
  clientId: newId(),
  ...item,
  version: 1,
  snapshotId: newId(),
  handlingMs: 1,
  count: 10,
  filter: {},
  body: 'A note.',
  reason: 'other',
  text: 'Because.',
  line: 'Says so.',
  told: 'Nobody.',
  toldAt: null,
  isRestricted: false,
  shownMs: 1,
  outcome: 'no_violation',
  clause: null,
  furtherClauses: [],
  exemption: null,
  measures: [],
  rationale: 'Looked at.',
})

/** They end the session, or never end themselves; the stream is followed below. */
const apart = ['signOut', 'followChanges', 'revealMedia']
const endpoints = Object.entries<Endpoint>(api).filter(([name]) => !apart.includes(name))
const nobody = '01900000-0000-7000-8000-000000000000'
const values: Record<string, string[]> = {
  variant: ['thumbnail', 'redacted', 'display', 'original'],
  kind: ['reviews', 'decisions'],
  token: ['none'],
}

/** Every address of an endpoint in the world of one post. */
function pathsOf(e: Endpoint, item: Item): string[] {
  let paths: string[] = [e.path]
  for (const [, name] of e.path.matchAll(/:(\w+)/g)) {
    const choices = values[name!] ?? [item[name!] ?? nobody]
    paths = paths.flatMap((path) => choices.map((choice) => path.replace(`:${name}`, choice)))
  }
  if (e.path !== api.getMedia.path) return paths
  return paths.flatMap((path) => [path, `${path}?grant=guess`, ...Look.options.map((look) => `${path}?look=${look}`)])
}

describe.each(readers)('$name', (reader) => {
  it.each(endpoints)('gets no original by %s', async (_name, e) => {
    // One that waits, one that is decided, one as a platform sent it, one that is restricted.
    const asked = [items[0]!, items[1]!, items.at(-1)!, sealed[0]!]
    for (const item of e.path.includes(':') ? asked : asked.slice(2, 3)) {
      for (const path of pathsOf(e, item)) {
        const init =
          e.method === 'GET'
            ? {}
            : { body: JSON.stringify(anything(item)), headers: { 'content-type': 'application/json' } }
        const { response, body } = await get(path, reader, { method: e.method, ...init })
        expect(response.status).toBeLessThan(500)
        expect({ path, found: found(body) }).toEqual({ path, found: [] })
        expect(body.includes('grant=')).toBe(false)
        expect(grants.filter((grant) => body.includes(grant))).toEqual([])
      }
    }
  })

  it('sees a redacted copy in every look, and no other', async () => {
    const uploaded = items.at(-1)!
    const seen = new Set<string>()
    for (const look of Look.options) {
      const { response, body } = await get(`/api/v1/media/${uploaded.sha256}/redacted?look=${look}`, reader)
      expect(response.status).toBe(200)
      expect(response.headers.get('cache-control')).toBe('private, max-age=86400, immutable')
      seen.add(body.toString('base64'))
    }
    expect(seen.size).toBe(Look.options.length)
    for (const look of ['none', 'original', '']) {
      const { response } = await get(`/api/v1/media/${uploaded.sha256}/redacted?look=${look}`, reader)
      expect(response.status).toBe(400)
    }
  })

  it('is shown nothing of what is restricted, in any look', async () => {
    for (const item of sealed) {
      for (const path of pathsOf(api.getMedia, item)) expect((await get(path, reader)).response.status).toBe(404)
      expect([403, 404]).toContain((await reveal(item, reader)).response.status)
    }
  })

  it('hears of no original on the live stream', async () => {
    const stream = await live.follow(reader.headers())
    for (const item of items.slice(0, 2)) await reveal(item, readers[0]!)
    await live.seal()
    await stream.begun()
    const said = Buffer.from(JSON.stringify(stream.messages))
    expect(found(said)).toEqual([])
    expect(said.includes('grant')).toBe(false)
  })
})

describe.each(readers.filter(({ role }) => may(role, 'media.reveal')))('a reveal of $name', (reader) => {
  it('shows one picture, to nobody else, once', async () => {
    for (const item of items) {
      const granted = await reveal(item, reader)
      expect(granted.response.status).toBe(201)
      expect(found(granted.body)).toEqual([])
      const { url } = JSON.parse(granted.body.toString()) as { url: string }
      for (const other of readers.filter(({ name }) => name !== reader.name)) {
        const refused = await get(url, other)
        expect([other.name, refused.response.status, found(refused.body)]).toEqual([other.name, 403, []])
      }
      const moved = items.filter(({ sha256 }) => sha256 !== item.sha256)
      for (const path of [
        url.replace('/display?', '/original?'),
        ...moved.map(({ sha256 }) => url.replace(item.sha256, sha256)),
      ]) {
        const refused = await get(path, reader)
        expect([refused.response.status, found(refused.body)]).toEqual([403, []])
      }
      const shown = await get(url, reader)
      expect(shown.response.status).toBe(200)
      expect(found(shown.body)).toHaveLength(1)
      expect(shown.response.headers.get('cache-control')).toBe('no-store')
      expect(shown.response.headers.get('etag')).toBeNull()
      expect((await get(url, reader)).response.status).toBe(403)
    }
  })
})

it.each(['/healthz', '/readyz', '/metrics', '/api/openapi.json', '/api/docs'])('nothing stands in %s', async (path) => {
  const { body } = await get(path, readers[1]!)
  expect(found(body)).toEqual([])
})

it('a browser that has a redacted copy is not sent it again, and only when it may still see it', async () => {
  const path = `/api/v1/media/${items[0]!.sha256}/thumbnail`
  const { response } = await get(path, readers[0]!)
  const tag = response.headers.get('etag')!
  const again = (who: Reader) => get(path, who, { headers: { 'if-none-match': tag } })
  expect((await again(readers[0]!)).response.status).toBe(304)
  await t.setScope(t.person('reviewer'), { queues: [] })
  expect((await again(readers[0]!)).response.status).toBe(404)
  await t.setScope(t.person('reviewer'), {})
})
