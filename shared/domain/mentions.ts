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
