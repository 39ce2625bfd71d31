import { z } from 'zod'
import { importFields } from '../domain/import-fields.ts'
import { endpoint } from './endpoint.ts'
import { Issue } from './errors.ts'
import { text } from './sent.ts'

const Field = z.enum(importFields)
const Mapping = z.partialRecord(Field, text(300))

/** How a file is read. The first look at it proposes one; what is not said is proposed anew. */
export const ImportReading = z.object({
  /** Which column says what, by its header; CSV only. */
  mapping: Mapping,
  /** What all rows say where no column does; CSV only, but for `source.name`. */
  constants: Mapping,
})
export type ImportReading = z.infer<typeof ImportReading>

const ImportShape = z.object({
  format: z.enum(['csv', 'jsonl']),
  delimiter: z.enum([',', ';', '\t']),
  /** Of a CSV file; empty otherwise. */
  headers: z.array(z.string().max(1_000)).max(500),
})
export type ImportShape = z.infer<typeof ImportShape>

const Text = z.string().max(4_000_000)
/** A part of a file travels as JSON text: up to two bytes, or six for an escape, a character. */
const maxBytes = 16_000_000

export const previewImport = endpoint({
  method: 'POST',
  path: '/api/v1/imports/preview',
  summary: 'Look at the beginning of a file of flags: what its columns say, and its first rows as they are understood',
  permission: 'import.create',
  maxBytes,
  body: z.object({
    /** The beginning of the file. */
    text: Text,
    /** The text is the whole file. */
    isWhole: z.boolean(),
    reading: ImportReading.partial().default({}),
  }),
  reply: z.object({
    shape: ImportShape,
    reading: ImportReading,
    /** Groups of fields of which one must be said before the file can be imported. */
    missing: z.array(z.array(Field)),
    rows: z.array(
      z.object({
        line: z.number().int(),
        /** The flag as it is understood; null when the row is refused. */
        flag: z
          .object({
            source: z.string(),
            platform: z.string(),
            handle: z.string(),
            caption: z.string(),
            reason: z.string(),
            flaggedAt: z.string(),
            mediaCount: z.number().int(),
          })
          .nullable(),
        refusal: z.object({ message: z.string(), issues: z.array(Issue) }).nullable(),
      }),
    ),
  }),
})

export const importPart = endpoint({
  method: 'POST',
  path: '/api/v1/imports',
  summary: 'Import one part of a file of flags, or say what would become of it; safe to send again',
  permission: 'import.create',
  maxBytes,
  body: z.object({
    /** Made by the client, one for each file that is imported. */
    importId: z.uuid(),
    shape: ImportShape,
    reading: ImportReading,
    isDryRun: z.boolean(),
    /** What follows the part before; the first part begins with the file, its header included. */
    text: Text,
    /** The number of the first line of `text`: 1 for the first part. */
    line: z.number().int().min(1),
    isLast: z.boolean(),
  }),
  reply: z.object({
    /** Characters that whole rows took: the next part begins after them. */
    consumed: z.number().int(),
    line: z.number().int(),
    read: z.number().int(),
    added: z.number().int(),
    duplicates: z.number().int(),
    rejected: z.number().int(),
    /** Refused rows in the file's own columns, with the reason, ready to be written out; `''` when there are none. */
    rejects: z.string(),
    /** Stands before all refused rows of the file. */
    rejectsHeader: z.string(),
  }),
})
