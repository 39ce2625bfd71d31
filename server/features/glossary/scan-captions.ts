import { setImmediate } from 'node:timers/promises'
import type { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import { toReference } from '#server/features/review/review.queries.ts'
import type { Scope } from '#server/http/route.ts'
import type { MarkedCaption, previewTerm, TermForm, TermOutcomes } from '#shared/contract/glossary.ts'
import { compileGlossary } from '#shared/domain/glossary/compile.ts'
import { type FoundTerm, findTerms } from '#shared/domain/glossary.ts'
import { findDecidedCaptions, findNewestCaptions, type ReadCaption } from './captions.queries.ts'

/** Captions read between two turns of the event loop: some ten milliseconds. */
const atOnce = 100
/** Newest decided reviews that outcomes are counted over. */
const decided = 2_000
const mostShown = 30
/** Characters shown before and after what is marked. */
const around = 90

async function scan(
  captions: ReadCaption[],
  forms: TermForm[],
  onFound: (of: ReadCaption, found: FoundTerm[]) => void,
) {
  const glossary = compileGlossary([{ id: '', forms }])
  for (const [index, of] of captions.entries()) {
    if (index % atOnce === atOnce - 1) await setImmediate()
    const found = findTerms(of.caption, glossary)
    if (found.length > 0) onFound(of, found)
  }
}

type Preview = z.output<typeof previewTerm.reply>

/** What forms would mark among the newest captions in the scope. */
export async function previewForms(db: Db, { forms, newest }: { forms: TermForm[]; newest: number }, scope: Scope) {
  const captions = await findNewestCaptions(db, newest, scope)
  const preview = { looked: captions.length, marked: 0, disguised: 0, items: [] as z.input<typeof MarkedCaption>[] }
  await scan(captions, forms, (of, found) => {
    preview.marked += 1
    if (found.some(({ isDisguised }) => isDisguised)) preview.disguised += 1
    if (preview.items.length < mostShown) preview.items.push(toMarked(of, found))
  })
  return preview as z.input<typeof previewTerm.reply> & Preview
}

/** How the newest decided reviews in the scope ended whose captions have one of the forms. */
export async function countOutcomes(db: Db, forms: TermForm[], scope: Scope): Promise<TermOutcomes> {
  const captions = await findDecidedCaptions(db, decided, scope)
  const outcomes = { violation: 0, no_violation: 0, exempt: 0, looked: captions.length }
  await scan(captions, forms, ({ outcome }) => {
    if (outcome) outcomes[outcome] += 1
  })
  return outcomes
}

function toMarked({ reviewId, number, language, caption }: ReadCaption, found: FoundTerm[]) {
  const start = wordAfter(caption, edge(caption, Math.max(0, found[0]!.from - around)))
  const end = edge(caption, Math.min(caption.length, found[0]!.to + around))
  const before = start > 0 ? '…' : ''
  const shift = before.length - start
  const shown = found.filter(({ to }) => to <= end)
  return {
    reviewId,
    reference: toReference(number),
    language,
    excerpt: `${before}${caption.slice(start, end)}${end < caption.length ? '…' : ''}`,
    marks: shown.map(({ from, to, isDisguised }) => ({ from: from + shift, to: to + shift, isDisguised })),
  }
}

/** The next word, where one begins near. */
function wordAfter(text: string, at: number) {
  const space = at === 0 ? -1 : text.slice(at, at + around / 2).search(/\s/)
  return at + space + 1
}

/** Not between the halves of a character. */
function edge(text: string, at: number) {
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at
}
