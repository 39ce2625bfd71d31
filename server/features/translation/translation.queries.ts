import { createHash } from 'node:crypto'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import { columnsAndRows } from '#server/db/rows.ts'
import type { TranslationTable } from '#server/db/schema/translations.ts'
import type { Settings } from '#server/http/deps.ts'
import type { SeenTranslation, TextPlace, Translation, Translations } from '#shared/contract/translations.ts'

/** What a snapshot holds that can be translated. */
export type Texts = {
  caption: string
  media: readonly { caption: string | null }[]
  context: readonly { text: string }[]
}

type PlacedText = { of: TextPlace; text: string; sha256: string }

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** Every text in which there is a letter, with its place. */
export function textsOf({ caption, media, context }: Texts): PlacedText[] {
  const all = [
    { of: { part: 'caption', index: 0 }, text: caption },
    ...media.map((file, index) => ({ of: { part: 'media', index }, text: file.caption ?? '' })),
    ...context.map(({ text }, index) => ({ of: { part: 'context', index }, text })),
  ] as { of: TextPlace; text: string }[]
  return all.filter(({ text }) => /\p{L}/u.test(text)).map((each) => ({ ...each, sha256: sha256(each.text) }))
}

type Configured = Pick<Settings, 'translator'>

/** What a translator is called. */
export const translatorName = ({ translator }: Configured) => (translator ? new URL(translator.url).host : null)

/** What is kept for the texts of a snapshot, in their order, and who could be asked for more. */
export async function getTranslations(db: Db, settings: Configured, texts: Texts): Promise<Translations> {
  return { translator: translatorName(settings), items: await placed(db, textsOf(texts)) }
}

/** Of several in one language: a person's before a machine's, the newest of each. */
export async function placed(db: Db | Tx, texts: readonly PlacedText[]): Promise<Translation[]> {
  if (texts.length === 0) return []
  const rows = await db
    .selectFrom('translation')
    .selectAll()
    .distinctOn(['text_sha256', 'language'])
    .where('text_sha256', 'in', [...new Set(texts.map((text) => text.sha256))])
    .orderBy('text_sha256')
    .orderBy('language')
    .orderBy('is_machine')
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  const byText = Map.groupBy(rows, (row) => row.text_sha256)
  return texts.flatMap(({ of, sha256 }) => (byText.get(sha256) ?? []).map((row) => toTranslation(row, of)))
}

function toTranslation(row: Selectable<TranslationTable>, of: TextPlace): Translation {
  const { id, language, text, translator, is_machine, made_at } = row
  return { id, of, language, text, translator, isMachine: is_machine, madeAt: made_at.toISOString() }
}

export type NewTranslation = Omit<Insertable<TranslationTable>, 'id' | 'sha256' | 'text_sha256'> & { original: string }

/** What is kept already is kept once. */
export async function insertTranslations(tx: Tx, translations: readonly NewTranslation[]) {
  if (translations.length === 0) return
  const rows = translations.map(({ original, ...row }) => ({
    ...row,
    id: newId(),
    text_sha256: sha256(original),
    sha256: sha256(row.text),
  }))
  const columns = columnsAndRows(rows, {
    id: 'uuid',
    text_sha256: 'text',
    language: 'text',
    text: 'text',
    sha256: 'text',
    translator: 'text',
    is_machine: 'boolean',
    made_at: 'timestamptz',
    made_by: 'text',
  })
  await sql`insert into translation ${columns} on conflict do nothing`.execute(tx)
}

/**
 * Translations of texts of this snapshot, as a decision records them, in the order named; what is none of them is left
 * out.
 */
export async function findSeenTranslations(
  tx: Tx,
  ids: readonly string[],
  snapshotId: string,
): Promise<SeenTranslation[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .selectFrom('translation')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
  const texts = new Set(textsOf(await getTexts(tx, snapshotId)).map((text) => text.sha256))
  return ids.flatMap((id) => {
    const row = rows.find((each) => each.id === id && texts.has(each.text_sha256))
    if (!row) return []
    const { language, translator, is_machine: isMachine, text_sha256: textSha256 } = row
    return [{ id, language, translator, isMachine, textSha256, sha256: row.sha256 }]
  })
}

export async function getTexts(db: Db | Tx, snapshotId: string): Promise<Texts> {
  const snapshot = await db
    .selectFrom('snapshot')
    .select(['caption', 'context'])
    .where('id', '=', snapshotId)
    .executeTakeFirstOrThrow()
  const media = await db
    .selectFrom('post_media')
    .select('caption')
    .where('snapshot_id', '=', snapshotId)
    .orderBy('position')
    .execute()
  return { ...snapshot, media }
}
