export type TeamSearch = {
  /** Whose panel is open. */
  person?: string
}

export function readTeamSearch(search: Record<string, unknown>): TeamSearch {
  return typeof search.person === 'string' && search.person !== '' ? { person: search.person } : {}
}
