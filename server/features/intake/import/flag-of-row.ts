import { createHash } from 'node:crypto'
import { AppError } from '#server/http/errors.ts'
import { FlagInput } from '#shared/contract/flags.ts'
import {
  type ImportConstants,
  type ImportField,
  type ImportMapping,
  importFields,
  rejectColumns,
} from '#shared/domain/import-fields.ts'
import type { SentFlag } from '../ready-flags.ts'
import type { CsvRow } from './csv-rows.ts'
import { undefuseCell } from './defuse-cell.ts'

/** How a file's rows become flags. */
export type RowReading = {
  headers: string[]
  mapping: ImportMapping
  constants: ImportConstants
  /** Stands for a time of flagging that no column gives. */
  now: Date
}

const unsorted = 'unlabelled'

/**
 * Makes a flag of a row. The same row always makes the same flag: without a number of its own it is known by the hash of
 * its cells, so that a file may be imported again.
 *
 * @throws AppError `invalid_request`, naming the columns that do not fit.
 */
export function flagOfRow(row: CsvRow, reading: RowReading): SentFlag {
  const cells = cellsOf(row, reading)
  const said = (field: ImportField) => {
    const header = reading.mapping[field]
    const cell = header === undefined ? undefined : cells.get(header)
    return cell?.trim() ? cell : reading.constants[field]
  }
  const body = toBody(said, { row: [...cells], now: reading.now })
  const parsed = FlagInput.safeParse(body)
  if (parsed.success) return { input: parsed.data, raw: JSON.stringify(Object.fromEntries(cells)) }
  const issues = parsed.error.issues.map(({ path, message }) => toIssue(path.join('.'), message, reading.mapping))
  const distinct = [...new Map(issues.map((issue) => [`${issue.path} ${issue.message}`, issue])).values()]
  throw new AppError('invalid_request', distinct.map(({ path, message }) => `${path}: ${message}`).join(' '), distinct)
}

const times: readonly string[] = ['flaggedAt', 'post.postedAt', 'account.createdAt', 'account.statusSince']
const numbers: readonly string[] = ['post.reach', 'reason.score']
/** Where a field's own column is missing, another one speaks for it. */
const stands: Partial<Record<ImportField, ImportField>> = {
  flaggedAt: 'post.postedAt',
  'account.externalId': 'account.handle',
}

/** Names the column that a person would mend. */
function toIssue(path: string, message: string, mapping: ImportMapping) {
  const field = importFields.find((each) => path.startsWith(each))
  if (!field) return { path, message }
  const other = stands[field]
  const header = mapping[field] ?? (other && mapping[other])
  return { path: header ?? field, message: wordingOf(field, message) }
}

function wordingOf(field: ImportField, message: string): string {
  if (message.endsWith('received undefined')) return 'Is empty.'
  if (times.includes(field) && message === 'Invalid ISO datetime') return 'Not a time such as 2026-07-01T08:00Z.'
  return numbers.includes(field) && message.startsWith('Invalid input') ? 'Not a number.' : message
}

function cellsOf({ cells }: CsvRow, { headers }: RowReading): Map<string, string> {
  if (cells.length > headers.length && cells.slice(headers.length).some((cell) => cell !== '')) {
    const message = `The row has ${cells.length} cells, the header ${headers.length}.`
    throw new AppError('invalid_request', message, [{ path: '', message }])
  }
  const isOurs = headers.includes(rejectColumns.reason)
  const own: string[] = Object.values(rejectColumns)
  const named = headers.map((header, index): [string, string] => [header, cells[index] ?? ''])
  return new Map(
    named
      .filter(([header]) => !own.includes(header))
      .map(([header, cell]) => [header, isOurs ? undefuseCell(cell) : cell]),
  )
}

type Said = (field: ImportField) => string | undefined

function toBody(said: Said, { row, now }: { row: [string, string][]; now: Date }): object {
  const word = (field: ImportField) => said(field)?.trim()
  const lower = (field: ImportField) => word(field)?.toLowerCase()
  const time = (field: ImportField) => toIsoTime(word(field))
  const number = (field: ImportField) => toNumber(word(field))
  const hash = () => createHash('sha256').update(JSON.stringify(row)).digest('hex').slice(0, 32)
  const handle = word('account.handle')
  const accountId = word('account.externalId') ?? handle
  const platform = word('post.platform') ?? word('account.platform')
  const hasPost = ['post.caption', 'post.externalId', 'post.url', 'post.media'].some((field) =>
    said(field as ImportField),
  )
  const flagId = word('source.externalId')
  const flaggedAt = time('flaggedAt') ?? time('post.postedAt') ?? now.toISOString()
  const post = {
    kind: lower('post.kind'),
    platform,
    externalId: word('post.externalId') ?? word('post.url') ?? flagId ?? `row-${hash()}`,
    reach: number('post.reach'),
    url: word('post.url'),
    postedAt: time('post.postedAt'),
    caption: said('post.caption'),
    language: word('post.language'),
    claimedPlace: word('post.claimedPlace'),
    media: toMedia(word('post.media')),
  }
  const reporterId = word('reporter.externalId')
  return defined({
    source: defined({
      kind: lower('source.kind') ?? 'user_report',
      name: word('source.name'),
      externalId: flagId ?? `row-${hash()}`,
    }),
    reporter: reporterId ? defined({ externalId: reporterId, name: word('reporter.name') }) : undefined,
    reason: defined({
      code: word('reason.code') ?? unsorted,
      policy: word('reason.policy'),
      text: said('reason.text'),
      score: number('reason.score'),
    }),
    flaggedAt,
    post: hasPost ? defined(post) : undefined,
    account: defined({
      kind: lower('account.kind'),
      platform: word('account.platform') ?? (hasPost ? undefined : platform),
      externalId: accountId,
      handle: handle?.replace(/^@/, ''),
      displayName: word('account.displayName'),
      url: word('account.url'),
      status: lower('account.status'),
      statusCause: word('account.statusCause'),
      statusSince: time('account.statusSince'),
      createdAt: time('account.createdAt'),
    }),
  })
}

/** Without what nobody said. */
function defined(value: Record<string, unknown>) {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined))
}

/** ISO 8601; with a space for the T, without seconds or zone (UTC then), or a day alone. Others are left to be refused. */
function toIsoTime(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d+)?)?\s?(Z|UTC|[+-]\d{2}:?\d{2})?)?$/.exec(text)
  if (!match) return text
  const [, day, minutes = '00:00', seconds = ':00', zone = 'Z'] = match
  const offset = zone === 'UTC' ? 'Z' : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')
  return `${day}T${minutes}${seconds}${offset}`
}

/** With a point or a comma; others are left to be refused. */
function toNumber(text: string | undefined): number | string | undefined {
  if (text === undefined) return undefined
  return /^-?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : text
}

/** Addresses and hashes, with white space, `|` or `;` between. */
function toMedia(text: string | undefined): object[] | undefined {
  return text
    ?.split(/[\s|;]+/)
    .filter(Boolean)
    .map((part) => (/^[0-9a-f]{64}$/.test(part) ? { sha256: part } : { url: part, kind: mediaKindOf(part) }))
}

function mediaKindOf(url: string): string {
  if (/\.(mp4|mov|webm|mkv|avi|m4v)($|\?)/i.test(url)) return 'video'
  return /\.(mp3|ogg|oga|wav|m4a|flac|opus)($|\?)/i.test(url) ? 'audio' : 'image'
}
