export type InboxSearch = { unread?: true }

/** What the address says; anything else is left out. */
export function readInboxSearch({ unread }: Record<string, unknown>): InboxSearch {
  return unread === true || unread === 'true' ? { unread: true } : {}
}
