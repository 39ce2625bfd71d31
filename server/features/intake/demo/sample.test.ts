import { createHash } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { FlagInput } from '#shared/contract/flags.ts'
import { AccountStatus, SourceKind } from '#shared/domain/words.ts'
import { copies, drawings } from './draw-pictures.ts'
import { samplePeople } from './people.ts'
import { nameOf } from './replay-plan.ts'
import { mediaFolder, readFlags, readHistory, type SampleAct, type SampleFlag, subjectsOf, toFlag } from './sample.ts'
import { storyFlags } from './story.ts'
import { storyHistory } from './story-history.ts'

/** Of id and caption of every post, in the order of the ids, when they were copied from their sources. */
const captionsSha256 = '63ecc865689600fd7400cff1461a2de9f2f7683320bb49004cb6b2ccb62fc45e'

let others: SampleFlag[]
let flags: SampleFlag[]
let acts: SampleAct[]
let files: string[]

beforeAll(async () => {
  others = await readFlags()
  flags = [...others, ...storyFlags]
  acts = [...(await readHistory()), ...storyHistory]
  files = await readdir(mediaFolder)
})

const postsOf = (some: SampleFlag[]) =>
  new Map(some.flatMap(({ post }) => (post ? [[post.externalId, post] as const] : [])))

describe('the sample', () => {
  it('keeps every caption as its source has it', () => {
    const posts = [...postsOf(others).values()].sort((a, b) => (a.externalId < b.externalId ? -1 : 1))
    const hash = createHash('sha256')
    for (const { externalId, caption } of posts) hash.update(`${externalId}\n${caption}\n`)
    expect(hash.digest('hex')).toBe(captionsSha256)
  })

  it('holds about 2,000 posts in at least eight languages, a third or more with pictures', () => {
    const posts = [...postsOf(flags).values()]
    expect(posts.length).toBeGreaterThan(1_900)
    expect(new Set(posts.map((post) => post.language)).size).toBeGreaterThanOrEqual(8)
    const share = posts.filter((post) => post.media).length / posts.length
    expect(share).toBeGreaterThan(0.33)
    expect(share).toBeLessThan(0.5)
  })

  it('is flags that the API takes', () => {
    const hashes = new Map(files.map((file) => [file, 'a'.repeat(64)]))
    const refused = flags.filter((flag) => !FlagInput.safeParse(toFlag(flag, new Date(), hashes)).success)
    expect(refused).toEqual([])
  })

  it('names every flag once', () => {
    const keys = flags.map(({ source }) => `${source.kind}/${source.name}/${source.externalId}`)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('shows an account only after it was opened and a flag only after the post', () => {
    const early = flags.filter(
      ({ flaggedAt, post, account }) =>
        post && (flaggedAt > post.postedAt || post.postedAt > (account.createdAt ?? Infinity)),
    )
    expect(early).toEqual([])
  })

  it('knows accounts in every status and flags from every kind of source', () => {
    expect(new Set(flags.map(({ account }) => account.status))).toEqual(new Set(AccountStatus.options))
    expect(new Set(flags.map(({ source }) => source.kind))).toEqual(new Set(SourceKind.options))
  })

  it('uses every picture it brings and no other', () => {
    const used = flags.flatMap(({ post }) => post?.media?.map(({ file }) => file) ?? [])
    expect(new Set(used)).toEqual(new Set(files))
  })

  it('draws pictures that it brings', () => {
    expect(files).toEqual(expect.arrayContaining([...Object.keys(drawings), ...copies]))
  })

  it('brings pictures of at most 1,024 pixels', async () => {
    const sizes = await Promise.all(files.map((file) => sharp(resolve(mediaFolder, file)).metadata()))
    expect(Math.max(...sizes.flatMap(({ width, height }) => [width, height]))).toBeLessThanOrEqual(1024)
  })

  it('decides, holds and notes only what was flagged before', () => {
    const firstFlag = new Map<string, number>()
    for (const flag of flags) {
      for (const name of subjectsOf(flag)) {
        firstFlag.set(name, Math.max(flag.flaggedAt, firstFlag.get(name) ?? 0))
      }
    }
    const lost = acts.filter((act) => (firstFlag.get(nameOf(act)) ?? -1) < act.at)
    expect(lost).toEqual([])
  })

  it('decides nothing twice and holds nothing that is decided', () => {
    const subjects = acts.filter(({ act }) => act !== 'note').map(nameOf)
    expect(new Set(subjects).size).toBe(subjects.length)
  })

  it('lets several people decide, none of them an admin or auditor', () => {
    const people = new Set(acts.map(({ by }) => by))
    expect(people.size).toBe(6)
    expect([...people].map((key) => samplePeople[key].role)).not.toContain('auditor')
    expect([...people].map((key) => samplePeople[key].role)).not.toContain('admin')
  })

  it('stays small', async () => {
    const here = await readdir(import.meta.dirname, { recursive: true, withFileTypes: true })
    const sizes = here.filter((entry) => entry.isFile()).map(({ parentPath, name }) => stat(resolve(parentPath, name)))
    const total = (await Promise.all(sizes)).reduce((sum, { size }) => sum + size, 0)
    expect(total).toBeLessThan(6_000_000)
  })
})
