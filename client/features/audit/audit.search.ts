/** What the address of the audit log may say. */
export type AuditSearch = Record<string, unknown>

export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  return search
}
