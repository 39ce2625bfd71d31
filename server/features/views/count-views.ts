import type { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import { countMatching } from '#server/features/review/list/counts.queries.ts'
import { readSearching } from '#server/features/review/list/search.queries.ts'
import type { Caller } from '#server/http/route.ts'
import type { countViews } from '#shared/contract/views.ts'
import { findViews } from './views.queries.ts'

/** One after the other: counting is the dearest thing a list does, and each is seen by everybody. */
export async function readViewCounts(db: Db, caller: Caller): Promise<z.input<typeof countViews.reply>> {
  const views = await findViews(db, caller)
  const items = []
  for (const { id, query } of views) {
    const { sort: _, ...filter } = query
    const [count] = await readSearching(db, filter, (db) => countMatching(db, [filter], caller))
    items.push({ viewId: id, ...count! })
  }
  return { items }
}
