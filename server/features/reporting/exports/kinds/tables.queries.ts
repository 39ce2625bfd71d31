import type { ExportKind } from '#shared/contract/exports.ts'
import { accounts } from './accounts.queries.ts'
import { appeals } from './appeals.queries.ts'
import type { Kind } from './columns.queries.ts'
import { decisions } from './decisions.queries.ts'
import { events } from './events.queries.ts'
import { flags } from './flags.queries.ts'
import { reviews } from './reviews.queries.ts'

/** Kinds whose rows PostgreSQL streams. */
export const tables: Partial<Record<ExportKind, Kind>> = { reviews, decisions, accounts, flags, appeals, events }
