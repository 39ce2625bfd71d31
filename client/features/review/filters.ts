import { z } from 'zod'
import { Outcome } from '#shared/domain/outcomes.ts'
import { AccountStatus, MediaKind, ReviewState, SourceKind } from '#shared/domain/words.ts'

/*
 * The filters of the list as they stand in the address, by the shape of what they say. Their names are the contract's;
 * a range is one word there, `reach=1000..5000`, either end of which may be missing.
 */

const text = (most: number) => z.string().min(1).max(most)

/** Several values, `queue=hate,extremism`. Each is checked by itself: one that nobody knows is dropped. */
export const lists = {
  queue: text(100),
  state: ReviewState,
  policy: text(100),
  language: text(35),
  platform: text(50),
  accountStatus: AccountStatus,
  source: SourceKind,
  reporter: z.uuid(),
  mediaKind: MediaKind,
  exemption: text(100),
  outcome: Outcome,
  decidedBy: text(64),
  holder: text(64),
  /** Only these reviews: what a link may say. */
  id: z.uuid(),
} satisfies Record<string, z.ZodType<string>>
export type ListFilter = keyof typeof lists

/** True or false. */
export const switches = ['isNewAccount', 'hasMedia', 'isThreat', 'isRestricted'] as const
export type Switch = (typeof switches)[number]

/** From a figure to a figure, in the filter's own unit; `most` is where its scale ends. */
export const ranges = {
  reach: { isWhole: true, most: 1_000_000_000_000 },
  score: { isWhole: false, most: 1 },
  flags: { isWhole: true, most: 1_000_000_000_000 },
  priority: { isWhole: true, most: 100 },
} as const
export type Range = keyof typeof ranges

/** From a moment to a moment, in UTC. */
export const times = ['opened', 'due', 'decided', 'posted'] as const
export type Time = (typeof times)[number]

/** One value. */
export const singles = {
  q: text(300),
  account: z.uuid(),
  subject: z.enum(['post', 'account']),
  claimedPlace: text(300),
} satisfies Record<string, z.ZodType<string>>
export type Single = keyof typeof singles

export type Filters = { [F in ListFilter | Range | Time | Single]?: string } & { [S in Switch]?: boolean }
export type FilterName = keyof Filters

/** In the order of the chips and of the menu. */
export const filterNames = [
  'queue',
  'state',
  'policy',
  'source',
  'reporter',
  'accountStatus',
  'isNewAccount',
  'platform',
  'language',
  'subject',
  'hasMedia',
  'mediaKind',
  'claimedPlace',
  'opened',
  'due',
  'posted',
  'priority',
  'flags',
  'reach',
  'score',
  'holder',
  'isThreat',
  'isRestricted',
  'outcome',
  'exemption',
  'decided',
  'decidedBy',
  'account',
  'id',
] as const satisfies FilterName[]
export type ChipName = (typeof filterNames)[number]

const mostValues = (name: ListFilter) => (name === 'id' ? 200 : 50)

export const isList = (name: FilterName): name is ListFilter => name in lists
export const isSwitch = (name: FilterName): name is Switch => switches.some((each) => each === name)
export const isRange = (name: FilterName): name is Range => name in ranges
export const isTime = (name: FilterName): name is Time => times.some((each) => each === name)

/** Keeps what makes sense and drops the rest, so that an old or cut link still opens a list. */
export function readFilters(raw: Record<string, unknown>): Filters {
  const read: Filters = {}
  for (const name of Object.keys(lists) as ListFilter[]) {
    const values = valuesIn(name, raw[name])
    if (values.length > 0) read[name] = values.join(',')
  }
  for (const name of switches) {
    const value = { true: true, false: false }[String(raw[name])]
    if (value !== undefined) read[name] = value
  }
  for (const name of Object.keys(ranges) as Range[]) {
    const word = toWord(figuresIn(name, raw[name]))
    if (word) read[name] = word
  }
  for (const name of times) {
    const word = toWord(momentsIn(raw[name]))
    if (word) read[name] = word
  }
  for (const name of Object.keys(singles) as Single[]) {
    // A figure that somebody typed reaches us as a number.
    const value = singles[name].safeParse(String(raw[name] ?? '').trim())
    if (value.success) read[name] = value.data
  }
  return read
}

export function valuesIn(name: ListFilter, raw: unknown): string[] {
  if (typeof raw !== 'string') return []
  const values = raw.split(',').filter((value) => lists[name].safeParse(value).success)
  return [...new Set(values)].slice(0, mostValues(name))
}

export type Ends<Value> = { from?: Value; to?: Value }

/** `10..20`; a single figure is both ends. */
export function figuresIn(name: Range, raw: unknown): Ends<number> {
  const { isWhole, most } = ranges[name]
  return endsIn(typeof raw === 'number' ? String(raw) : raw, (word) => {
    const figure = /^\d+(\.\d+)?$/.test(word) ? Number(word) : Number.NaN
    return figure <= most && (!isWhole || Number.isInteger(figure)) ? figure : undefined
  })
}

export function momentsIn(raw: unknown): Ends<string> {
  return endsIn(raw, (word) => {
    const at = /^\d{4}-\d\d-\d\d/.test(word) ? new Date(word) : null
    return at && !Number.isNaN(at.getTime()) ? at.toISOString() : undefined
  })
}

function endsIn<Value>(raw: unknown, read: (word: string) => Value | undefined): Ends<Value> {
  if (typeof raw !== 'string') return {}
  const [first = '', last = first] = raw.split('..')
  const [from, to] = [read(first), read(last)]
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
}

/** How a range stands in the address; nothing where it has no end at all. */
export function toWord({ from, to }: Ends<number | string>): string | undefined {
  if (from === undefined && to === undefined) return undefined
  return `${from ?? ''}..${to ?? ''}`
}

/** The filters as the API takes them. */
export function toQuery(filters: Filters): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {}
  const put = (name: string, value: string | number | undefined) => {
    if (value !== undefined) query[name] = String(value)
  }
  for (const name of Object.keys(lists) as ListFilter[]) {
    const values = valuesIn(name, filters[name])
    if (values.length > 0) query[name] = values
  }
  for (const name of switches) if (filters[name] !== undefined) put(name, String(filters[name]))
  for (const name of Object.keys(ranges) as Range[]) {
    const { from, to } = figuresIn(name, filters[name])
    put(`${name}Min`, from)
    put(`${name}Max`, to)
  }
  for (const name of times) {
    const { from, to } = momentsIn(filters[name])
    put(`${name}From`, from)
    put(`${name}To`, to)
  }
  for (const name of Object.keys(singles) as Single[]) put(name, filters[name])
  return query
}

/** The filters as the address has them, of what the API takes. */
export function fromQuery(query: Record<string, unknown>): Filters {
  const raw: Record<string, unknown> = { ...query }
  for (const name of Object.keys(lists)) {
    const values = query[name]
    if (Array.isArray(values)) raw[name] = values.join(',')
  }
  for (const name of Object.keys(ranges)) raw[name] = wordIn(query[`${name}Min`], query[`${name}Max`])
  for (const name of times) raw[name] = wordIn(query[`${name}From`], query[`${name}To`])
  return readFilters(raw)
}

const wordIn = (from: unknown, to: unknown) =>
  toWord({ ...(from !== undefined && { from: String(from) }), ...(to !== undefined && { to: String(to) }) })
