import type { StoreApi } from 'zustand'
import { followPerson, forgetOnSignOut } from '#client/api/session.ts'

/*
 * What was typed lives in this browser's storage, an entry for each person and review: two tabs do not write over each
 * other, and nobody is shown what another person typed. An entry goes with its draft, or after seven days.
 */

const prefix = 'docket-typed'
const keptMs = 7 * 86_400_000

type Typed<Draft, Note> = { drafts: Record<string, Draft>; notes: Record<string, Note> }
type Entry = { at: number; draft?: unknown; note?: unknown }

const keyOf = (personId: string, reviewId: string) => `${prefix}:${personId}:${reviewId}`

/** Writes every change of the store for the person at the screen, and reads what the same person left here. */
export function keepTyped<State extends Typed<unknown, unknown>>(store: StoreApi<State>) {
  let owner: string | null = null
  // Before the screen is cleared: what is taken off it stays for whoever typed it.
  forgetOnSignOut(() => {
    owner = null
  })
  followPerson((personId) => {
    owner = null
    if (personId === null) return
    const found = readAll(personId)
    // What is on the screen already is newer.
    store.setState(({ drafts, notes }) => {
      const typed = { drafts: { ...found.drafts, ...drafts }, notes: { ...found.notes, ...notes } }
      return typed as Partial<State>
    })
    owner = personId
  })
  store.subscribe((now, before) => {
    if (owner === null) return
    const ids = new Set([now.drafts, before.drafts, now.notes, before.notes].flatMap((all) => Object.keys(all)))
    for (const id of ids) {
      if (now.drafts[id] === before.drafts[id] && now.notes[id] === before.notes[id]) continue
      write(keyOf(owner, id), { at: Date.now(), draft: now.drafts[id], note: now.notes[id] })
    }
  })
}

function write(key: string, entry: Entry) {
  try {
    if (entry.draft === undefined && entry.note === undefined) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(entry))
  } catch {
    // No room, or none allowed: it lives as long as the page.
  }
}

/** Drops what is too old, whoever's it is. */
function readAll(personId: string): Typed<unknown, unknown> {
  const found: Typed<unknown, unknown> = { drafts: {}, notes: {} }
  for (const key of keysHere()) {
    const entry = read(key)
    if (!entry || Date.now() - entry.at > keptMs) {
      write(key, { at: 0 })
      continue
    }
    const [, of, reviewId = ''] = key.split(':')
    if (of !== personId) continue
    if (entry.draft) found.drafts[reviewId] = entry.draft
    if (entry.note) found.notes[reviewId] = entry.note
  }
  return found
}

function keysHere() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(`${prefix}:`))
  } catch {
    return []
  }
}

function read(key: string): Entry | null {
  try {
    const entry = JSON.parse(localStorage.getItem(key) ?? '') as Entry
    return typeof entry.at === 'number' ? entry : null
  } catch {
    return null
  }
}
