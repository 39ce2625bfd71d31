/** How a person stands in a note: by id, so that the mention stays theirs whatever they are called. */
export const mentionOf = (personId: string) => `<@${personId}>`

const mention = /<@([A-Za-z0-9_-]{1,64})>/g

/** Who is mentioned, each once, in the order of the text. */
export function mentionsIn(body: string): string[] {
  return [...new Set([...body.matchAll(mention)].map((match) => match[1]!))]
}

export type Part = { text: string } | { personId: string }

/** A note as text and people, in their order. */
export function partsOf(body: string): Part[] {
  const parts: Part[] = []
  let at = 0
  for (const match of body.matchAll(mention)) {
    if (match.index > at) parts.push({ text: body.slice(at, match.index) })
    parts.push({ personId: match[1]! })
    at = match.index + match[0].length
  }
  if (at < body.length) parts.push({ text: body.slice(at) })
  return parts
}

/** Somebody who was picked, by the words that stand for them in a field. */
export type Pick = { id: string; label: string }

/** What stands for a person in a field; two of the same name are told apart. */
export function labelFor(person: { id: string; name: string }, picks: readonly Pick[]): string {
  const isTaken = picks.some(({ id, label }) => label === person.name && id !== person.id)
  return isTaken ? `${person.name} (${person.id.slice(-4)})` : person.name
}

/** The note as it is kept: whoever was picked and still stands in the text is mentioned by id. */
export function withIds(text: string, picks: readonly Pick[]): string {
  const longestFirst = [...picks].sort((a, b) => b.label.length - a.label.length)
  return longestFirst.reduce((body, { id, label }) => body.replaceAll(`@${label}`, mentionOf(id)), text)
}

/** The note as it is edited. */
export function withNames(body: string, nameOf: (personId: string) => string): { text: string; picks: Pick[] } {
  const picks: Pick[] = []
  for (const id of mentionsIn(body)) picks.push({ id, label: labelFor({ id, name: nameOf(id) }, picks) })
  const labels = new Map(picks.map(({ id, label }) => [id, label]))
  return {
    text: partsOf(body)
      .map((part) => ('text' in part ? part.text : `@${labels.get(part.personId)}`))
      .join(''),
    picks,
  }
}
