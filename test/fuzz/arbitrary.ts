import fc from 'fast-check'
import { z } from 'zod'

type JsonSchema = {
  $ref?: string
  $defs?: Record<string, JsonSchema>
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  items?: JsonSchema
  minItems?: number
  maxItems?: number
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: JsonSchema | boolean
  propertyNames?: JsonSchema
}

/** Something that exists, by the name of the field it is for; undefined when nothing is known for it. */
export type Known = (field: string, choice: number) => unknown

/** What has broken programs: bytes that databases cannot hold, scripts, formulas, ends of ranges. */
export const nasty = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  "'; drop table review; --",
  '%',
  '_',
  '\\',
  '"',
  '../../etc/passwd',
  '=1+1',
  '<script>alert(1)</script>',
  '\u202eabc',
  'ТАГУТ',
  'Қазақстан ұлы',
  'مرحبا',
  'İıſK',
  '👩‍👩‍👧‍👦',
  'null',
  '-1',
  '1e400',
  '9'.repeat(40),
  'x'.repeat(5_000),
  '(((((',
  '& | ! :* <->',
  '2026-02-30T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '+275760-09-13T00:00:00.000Z',
]

/** Values that the schema takes, more often than not of things that exist. */
export function arbitraryOf(schema: z.ZodType, known: Known): fc.Arbitrary<unknown> {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema
  return build(root, '')

  function build(given: JsonSchema, field: string): fc.Arbitrary<unknown> {
    const node = given.$ref ? resolve(given.$ref) : given
    const parts = node.anyOf ?? node.oneOf
    if (parts) return fc.oneof(...parts.map((part) => build(part, field)))
    if (node.allOf) return build(Object.assign({}, ...node.allOf, { allOf: undefined }) as JsonSchema, field)
    if ('const' in node) return fc.constant(node.const)
    if (node.enum) return fc.constantFrom(...node.enum)
    switch (node.type) {
      case 'string':
        return existing(field, textOf(node))
      case 'integer':
      case 'number':
        return existing(field, numberOf(node))
      case 'boolean':
        return fc.boolean()
      case 'null':
        return fc.constant(null)
      case 'array':
        return fc.array(build(node.items ?? {}, field), {
          minLength: Math.min(node.minItems ?? 0, 3),
          maxLength: Math.min(node.maxItems ?? 3, Math.max(3, node.minItems ?? 0)),
        })
      case 'object':
        return objectOf(node)
      default:
        return existing(field, unspecified)
    }
  }

  function resolve(ref: string): JsonSchema {
    return ref === '#' ? root : (root.$defs?.[ref.replace('#/$defs/', '')] ?? {})
  }

  function objectOf({ properties = {}, required = [], additionalProperties, propertyNames }: JsonSchema) {
    const names = Object.keys(properties)
    if (names.length === 0 && typeof additionalProperties === 'object') {
      const keys = propertyNames?.enum ? fc.constantFrom(...(propertyNames.enum as string[])) : fc.string()
      return fc.dictionary(keys, build(additionalProperties, ''), { maxKeys: 4 })
    }
    // Of many optional fields some three are there: with all of them hardly anything would be taken.
    const share = Math.min(50, 300 / (names.length - required.length))
    const fields = Object.entries(properties).map(([name, part]) =>
      fc
        .tuple(fc.nat(99), build(part, name))
        .map(([chance, value]) => (required.includes(name) || chance < share ? [[name, value] as const] : [])),
    )
    return fc.tuple(...fields).map((found) => Object.fromEntries(found.flat()))
  }

  function existing(field: string, otherwise: fc.Arbitrary<unknown>) {
    const isYesOrNo = /^(is|has|may|sees|mine)([A-Z]|$)/.test(field)
    const there = fc.nat().map((choice) => (isYesOrNo ? ['true', 'false'][choice % 2] : known(field, choice)))
    return fc
      .tuple(fc.integer({ min: 0, max: 9 }), there, otherwise)
      .map(([chance, value, other]) => (chance < (field === 'clientId' ? 1 : 8) && value !== undefined ? value : other))
  }
}

/** Where the schema does not say: a query's number or yes and no, mostly. */
const unspecified = fc.oneof(
  { weight: 5, arbitrary: fc.nat(60) },
  { weight: 2, arbitrary: fc.constantFrom('true', 'false') },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
)

function textOf({ format, pattern, minLength = 0, maxLength = 60 }: JsonSchema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid()
  if (format === 'date-time') {
    const between = { min: new Date('2014-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }
    return fc.date(between).map((date) => date.toISOString())
  }
  if (format === 'email') return fc.nat(40).map((n) => `somebody-${n}@example.org`)
  if (format === 'uri') return fc.webUrl()
  if (pattern) return fc.stringMatching(new RegExp(pattern)).map((value) => value.slice(0, 200))
  const plain = fc.string({ minLength, maxLength: Math.min(maxLength, 60), unit: 'grapheme' })
  return fc.oneof({ weight: 12, arbitrary: plain }, { weight: 1, arbitrary: fc.constantFrom(...nasty) })
}

function numberOf({ type, minimum, maximum, exclusiveMinimum }: JsonSchema): fc.Arbitrary<number> {
  const min = Math.max(minimum ?? exclusiveMinimum ?? -1_000, -2_147_483_648)
  const max = Math.min(maximum ?? 1_000_000, 2_147_483_647)
  if (type === 'number') return fc.double({ min, max, noNaN: true })
  return fc.oneof(fc.integer({ min, max: Math.min(max, min + 10) }), fc.integer({ min, max }))
}

/** A change to one place of a value: taken away, put in another's place, or added. */
export const mutation = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('drop', 'replace', 'replace', 'add', 'wrap'),
  value: fc.oneof(
    fc.constantFrom<unknown[]>(null, true, 0, -1, 0.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, [], {}, [[]], [null]),
    fc.constantFrom(...nasty),
    fc.nat(3).map((n) => 'y'.repeat(10 ** (n + 2))),
    fc.nat(3).map((n) => JSON.parse('['.repeat(10 ** n) + ']'.repeat(10 ** n)) as unknown),
    fc.jsonValue({ maxDepth: 3 }),
  ),
})
export type Mutation = typeof mutation extends fc.Arbitrary<infer Value> ? Value : never

type Holder = Record<string, unknown>

export function mutate(original: unknown, { at, how, value }: Mutation): unknown {
  const root: Holder = { it: structuredClone(original) }
  const places = placesIn(root)
  const [holder, key] = places[at % places.length]!
  if (how === 'drop') delete holder[key]
  else if (how === 'replace') holder[key] = value
  else if (how === 'wrap') holder[key] = [holder[key]]
  else if (isHolder(holder[key])) (holder[key] as Holder)[`extra${at % 3}`] = value
  else holder[key] = value
  return root.it
}

function placesIn(holder: Holder): [Holder, string][] {
  return Object.keys(holder).flatMap((key) => {
    const inner = holder[key]
    return [[holder, key] as [Holder, string], ...(isHolder(inner) ? placesIn(inner as Holder) : [])]
  })
}

const isHolder = (value: unknown) => typeof value === 'object' && value !== null
