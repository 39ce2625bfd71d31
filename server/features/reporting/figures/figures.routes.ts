import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import { getReport, listReportRows } from '#shared/contract/reports.ts'
import { findReport } from './report.queries.ts'
import { findReportRows } from './rows.queries.ts'

export function figuresRoutes(router: Router, deps: Deps) {
  serve(router, getReport, ({ query, caller }) => findReport(deps, query, caller))
  serve(router, listReportRows, ({ query, caller }) => findReportRows(deps, query, caller))
}
