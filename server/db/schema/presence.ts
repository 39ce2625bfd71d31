import type { Generated } from 'kysely'

/** A page that said lately that it is there. */
export type PresenceTable = {
  person_id: string
  page_id: string
  /** On its screen; may be gone by now. */
  review_id: string | null
  seen_at: Generated<Date>
}
