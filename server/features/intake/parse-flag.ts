import type { z } from 'zod'
import { AppError, parseInput } from '#server/http/errors.ts'
import { FlagInput } from '#shared/contract/flags.ts'
import type { SentFlag } from './ready-flags.ts'

/** @throws AppError `invalid_request`, saying what does not fit. */
export function parseFlag(text: string): SentFlag {
  return { input: parseLine(FlagInput, text), raw: text }
}

/** @throws AppError `invalid_request`, saying what does not fit. */
export function parseLine<S extends z.ZodType>(schema: S, text: string): z.output<S> {
  return parseInput(schema, parseJson(text))
}

/** @throws AppError `invalid_request` when it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('invalid_request', 'This is not JSON.')
  }
}
