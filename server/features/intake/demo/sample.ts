import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { z } from 'zod'
import type { FlagInput } from '#shared/contract/flags.ts'
import type { AccountMeasure, Outcome, PostMeasure } from '#shared/domain/outcomes.ts'
import type { SamplePersonKey } from './people.ts'

// The sample is kept as flags in the shape of the API, with two differences: a time is a number of minutes before the
// moment of loading (negative lies ahead), so that the sample never grows old; and media name a file of `media/`.

/** Minutes before the sample is loaded. */
export type Ago = number
type Wire = z.input<typeof FlagInput>
type WirePost = NonNullable<Wire['post']>

export type SamplePost = Omit<WirePost, 'postedAt' | 'media'> & {
  postedAt: Ago
  caption: string
  media?: { file: string; caption?: string }[]
}
export type SampleAccount = Omit<Wire['account'], 'statusSince' | 'createdAt'> & { statusSince?: Ago; createdAt?: Ago }
export type SampleFlag = Omit<Wire, 'flaggedAt' | 'post' | 'account'> & {
  flaggedAt: Ago
  post?: SamplePost
  account: SampleAccount
}

/** What a decision, note or state is about: `platform/externalId` of a post, or of an account. */
export type Subject = { post: string } | { account: string }
type Act = Subject & { by: SamplePersonKey; at: Ago }

export type SampleMeasure =
  | { target: 'post'; kind: PostMeasure; by?: 'region' | 'age' | 'demoted' | 'disabled' }
  | { target: 'account'; kind: AccountMeasure; endsAt?: Ago }
export type SampleDecision = Act & {
  act: 'decision'
  outcome: Outcome
  clause: string | null
  furtherClauses: string[]
  exemption: string | null
  measures: SampleMeasure[]
  territory: string[]
  rationale: string
  handlingMs: number
  /** Its effect is looked at later: it comes at once, not with the next one that shuts an account out. */
  takesEffect?: true
}
/** `supersedes` and `answers` name the `key` of another note; `<@dana>` mentions a person by their key. */
export type SampleNote = Act & {
  act: 'note'
  body: string
  key?: string
  supersedes?: string
  answers?: string
  isPinned?: true
}
/** What a review waits for, or why it is handed up to a supervisor. */
export type SampleState = Act & { act: 'state'; state: 'on_hold' | 'escalated'; reason: string }
export type SampleClaim = Act & { act: 'claim' }
export type SampleAct = SampleDecision | SampleNote | SampleState | SampleClaim

export const mediaFolder = resolve(import.meta.dirname, 'media')

function lines<T>(text: string): T[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)
}

/** The flags of other people's posts, oldest first. Those of the guiding story are in `story.ts`. */
export async function readFlags(): Promise<SampleFlag[]> {
  const packed = await readFile(resolve(import.meta.dirname, 'flags.jsonl.gz'))
  return lines((await promisify(gunzip)(packed)).toString('utf8'))
}

/** What people decided and wrote about them, oldest first. */
export async function readHistory(): Promise<SampleAct[]> {
  return lines(await readFile(resolve(import.meta.dirname, 'history.jsonl'), 'utf8'))
}

/** Post, if there is one, and account of a flag, each as `platform/externalId`. */
export function subjectsOf({ post, account }: SampleFlag): string[] {
  const person = `${post?.platform ?? account.platform}/${account.externalId}`
  return post ? [`${post.platform}/${post.externalId}`, person] : [person]
}

/** A flag as a sender would have sent it, had the sample been loaded at `now`. `hashes`: file name to SHA-256. */
export function toFlag(flag: SampleFlag, now: Date, hashes: ReadonlyMap<string, string>): Wire {
  const time = (ago: Ago) => new Date(now.getTime() - ago * 60_000).toISOString()
  const { flaggedAt, post, account, ...rest } = flag
  const { statusSince, createdAt, ...person } = account
  return {
    ...rest,
    flaggedAt: time(flaggedAt),
    ...(post && { post: toPost(post, time, hashes) }),
    account: {
      ...person,
      ...(statusSince !== undefined && { statusSince: time(statusSince) }),
      ...(createdAt !== undefined && { createdAt: time(createdAt) }),
    },
  }
}

function toPost(
  { postedAt, media, ...post }: SamplePost,
  time: (ago: Ago) => string,
  hashes: ReadonlyMap<string, string>,
) {
  return {
    ...post,
    postedAt: time(postedAt),
    media: (media ?? []).map(({ file, caption }) => {
      const sha256 = hashes.get(file)
      if (!sha256) throw new Error(`The sample has no file ${file}.`)
      return { sha256, name: file, ...(caption !== undefined && { caption }) }
    }),
  }
}
