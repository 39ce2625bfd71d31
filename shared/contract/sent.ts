import { z } from 'zod'
import { Issue } from './errors.ts'

/**
 * Text that PostgreSQL can hold byte for byte. U+0000 and lone surrogates are refused by name rather than changed.
 */
export function text(max: number) {
  return z
    .string()
    .max(max, `At most ${max} characters.`)
    .refine((value) => !value.includes('\u0000'), 'Contains U+0000, which cannot be stored.')
    .refine((value) => value.isWellFormed(), 'Contains a lone surrogate, which cannot be stored.')
}

/** How a sender knows something. */
export const Key = text(300).min(1)
export const Url = text(2_000).refine((value) => URL.canParse(value), 'Not a link.')
/** From 1900 on: what is earlier is a clock that was never set, and the year 0 no database knows. */
export const Time = z.iso
  .datetime({ offset: true })
  .refine((value) => !(Date.parse(value) < Date.UTC(1900, 0)), 'Lies before the year 1900.')
export const Language = text(35).regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Not a language tag (BCP 47).')

/** The answer to one line of a batch. `line` counts from 1. */
export function answerTo<Result extends z.ZodObject>(result: Result) {
  return z.union([
    result.extend({ line: z.number().int(), ok: z.literal(true) }),
    z.object({
      line: z.number().int(),
      ok: z.literal(false),
      code: z.string(),
      message: z.string(),
      issues: z.array(Issue).optional(),
    }),
  ])
}

/** JSON lines in, JSON lines out. */
export const linesBothWays = { request: 'application/x-ndjson', response: 'application/x-ndjson' }
