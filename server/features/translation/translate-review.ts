import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { lockReview } from '#server/features/review/review.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { Translations } from '#shared/contract/translations.ts'
import { askTranslator } from './ask-translator.ts'
import {
  getTexts,
  getTranslations,
  insertTranslations,
  placed,
  textsOf,
  translatorName,
} from './translation.queries.ts'

/**
 * Has the texts of a review's post translated. What is kept is not asked for again; what leaves the house is logged
 * before it does, and what is restricted never leaves. No transaction waits for the translator.
 *
 * @throws AppError `not_found`, `no_translator`, `must_stay_here`, `translator_failed`
 */
export async function translateReview(deps: Deps, caller: Caller, reviewId: string, to: string): Promise<Translations> {
  const { db, settings } = deps
  const { texts, missing } = await sendOut(deps, caller, reviewId, to)
  if (missing.length > 0) {
    const translated = await askTranslator(settings, missing, to)
    await keep(deps, caller, { reviewId, to, missing, translated })
  }
  return getTranslations(db, settings, texts)
}

/** Says what is to be sent, and writes down that it is. */
function sendOut({ db, settings }: Deps, caller: Caller, reviewId: string, to: string) {
  return db.transaction().execute(async (tx) => {
    const review = await lockReview(tx, reviewId, caller.scope)
    if (!review) throw new AppError('not_found', `No review ${reviewId}.`)
    const texts = await getTexts(tx, review.snapshot_id)
    const all = textsOf(texts)
    const kept = new Set((await placed(tx, all)).filter(({ language }) => language === to).map(({ of }) => placeOf(of)))
    const lacking = all.filter(({ of }) => !kept.has(placeOf(of)))
    const missing = [...new Set(lacking.map(({ text }) => text))]
    if (missing.length === 0) return { texts, missing }
    const translator = translatorName(settings)
    if (!translator) throw new AppError('no_translator', 'No translator is configured.')
    if (review.is_restricted) throw new AppError('must_stay_here', 'What is restricted is never sent to a translator.')
    const data = { to, translator, textSha256: [...new Set(lacking.map(({ sha256 }) => sha256))] }
    await appendEvents(tx, [{ kind: 'caption.sent_to_translator', by: caller, subject: subjectOf(review), data }])
    return { texts, missing }
  })
}

type Done = { reviewId: string; to: string; missing: string[]; translated: string[] }

function keep({ db, now, settings }: Deps, caller: Caller, { reviewId, to, missing, translated }: Done) {
  return db.transaction().execute(async (tx) => {
    const review = await lockReview(tx, reviewId, caller.scope)
    if (!review) throw new AppError('not_found', `No review ${reviewId}.`)
    const translator = translatorName(settings)!
    const made = { language: to, translator, is_machine: true, made_at: now(), made_by: caller.id }
    const rows = missing.map((original, index) => ({ ...made, original, text: translated[index]! }))
    await insertTranslations(tx, rows)
    const data = { to, translator, count: rows.length }
    await appendEvents(tx, [{ kind: 'caption.translated', by: caller, subject: subjectOf(review), data }])
  })
}

const subjectOf = ({ id, version }: { id: string; version: number }) => ({ kind: 'review', id, version })
const placeOf = ({ part, index }: { part: string; index: number }) => `${part} ${index}`
