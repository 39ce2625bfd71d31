import { listPolicies, listQueues } from '#shared/contract/policies.ts'
import { listDrafts } from '#shared/contract/policy-drafts.ts'
import { countReviews, listReviews } from '#shared/contract/reviews.ts'
import { listPeople } from '#shared/contract/team.ts'
import { countViews, listViews } from '#shared/contract/views.ts'
import { buildPage } from './build.ts'
import type { fakeApi } from './fake-api.ts'

const none = { value: 0, exact: true }

/** A server on which nothing waits: for tests that end at the queue or at the policies. */
export function emptyQueue(api: ReturnType<typeof fakeApi>) {
  return api
    .on(listReviews, () => buildPage([]))
    .on(countReviews, () => ({
      byState: { open: none, on_hold: none, escalated: none, confirming: none, decided: none },
      mine: 0,
      byQueue: [],
    }))
    .on(listViews, () => ({ items: [] }))
    .on(countViews, () => ({ items: [] }))
    .on(listPolicies, () => ({ items: [] }))
    .on(listDrafts, () => ({ items: [] }))
    .on(listPeople, () => ({ items: [] }))
    .on(listQueues, () => ({ items: [], languages: [], platforms: [] }))
}
