import type { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import type { Caller } from '#server/http/route.ts'
import type { listReportRows } from '#shared/contract/reports.ts'

/** One page of the rows behind a figure. */
export async function findReportRows(
  _deps: { db: Db },
  _query: z.output<typeof listReportRows.query>,
  _caller: Pick<Caller, 'id' | 'scope'>,
): Promise<z.input<typeof listReportRows.reply>> {
  return { items: [], nextCursor: null, previousCursor: null, count: { value: 0, exact: true }, seq: 0 }
}
