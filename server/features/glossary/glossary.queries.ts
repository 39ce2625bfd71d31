import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import type { TermVersionTable } from '#server/db/schema/glossary.ts'
import type { Term, TermContent, TermDetail, TermVersion } from '#shared/contract/glossary.ts'
import { fold } from '#shared/domain/fold.ts'

type VersionRow = Selectable<TermVersionTable>

const inForce = (db: Db | Tx) =>
  db
    .selectFrom('term')
    .innerJoin('term_version', (join) =>
      join.onRef('term_version.term_id', '=', 'term.id').onRef('term_version.version', '=', 'term.version'),
    )

export async function findTermList(db: Db): Promise<Term[]> {
  const rows = await inForce(db)
    .selectAll('term_version')
    .select(['term.added_by', 'term.added_at'])
    .orderBy('term.is_retired')
    .orderBy('term.folded')
    .orderBy('term.id')
    .execute()
  return rows.map((row) => toTerm(row, row))
}

/** Of those in force; the version changes with every change to any term. */
export async function findForms(db: Db, version: string | undefined) {
  const state = await db
    .selectFrom('term')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.sum<number | null>('version').as('sum')])
    .executeTakeFirstOrThrow()
  const newest = `${state.count}.${state.sum ?? 0}`
  if (newest === version) return { version: newest, terms: null }
  const rows = await inForce(db)
    .select(['term.id', 'term_version.forms'])
    .where('term.is_retired', '=', false)
    .orderBy('term.id')
    .execute()
  return { version: newest, terms: rows }
}

/** Null when there is none. */
export async function getTermDetail(db: Db | Tx, termId: string): Promise<TermDetail | null> {
  const term = await db.selectFrom('term').selectAll().where('id', '=', termId).executeTakeFirst()
  if (!term) return null
  const versions = await db
    .selectFrom('term_version')
    .selectAll()
    .where('term_id', '=', termId)
    .orderBy('version', 'desc')
    .execute()
  const [current, ...earlier] = versions
  return { ...toTerm(current!, term), earlier: earlier.map(toVersion) }
}

function toTerm(row: VersionRow, { added_by, added_at }: { added_by: string | null; added_at: Date }): Term {
  return { ...toVersion(row), id: row.term_id, addedById: added_by, addedAt: added_at.toISOString() }
}

function toVersion(row: VersionRow): TermVersion {
  const { version, headword, language, forms, senses, sources, change } = row
  return {
    version,
    headword,
    language,
    clause: row.policy_id,
    forms,
    senses,
    sources,
    change,
    isRetired: row.is_retired,
    writtenById: row.written_by,
    writtenAt: row.written_at.toISOString(),
  }
}

/** Until the transaction ends; undefined when there is none. */
export function lockTerm(tx: Tx, termId: string) {
  return tx.selectFrom('term').selectAll().where('id', '=', termId).forUpdate().executeTakeFirst()
}

/** Two additions of one headword wait for each other. */
export async function lockHeadwords(tx: Tx) {
  await sql`select pg_advisory_xact_lock(hashtext('glossary'))`.execute(tx)
}

/** Another term in force that is spelled so. */
export async function hasHeadword(tx: Tx, { headword, language }: Spelling, except: string | null): Promise<boolean> {
  const row = await tx
    .selectFrom('term')
    .select('id')
    .where('folded', '=', fold(headword))
    .where('language', '=', language)
    .where('is_retired', '=', false)
    .$if(except !== null, (query) => query.where('id', '!=', except!))
    .executeTakeFirst()
  return row !== undefined
}

type Spelling = Pick<TermContent, 'headword' | 'language'>
type Written = { version: number; by: string; at: Date; isRetired: boolean; change: string | null }

export async function insertTerm(tx: Tx, id: string, content: TermContent, written: Written) {
  const { headword, language } = content
  await tx
    .insertInto('term')
    .values({
      id,
      version: written.version,
      folded: fold(headword),
      language,
      added_by: written.by,
      added_at: written.at,
    })
    .execute()
  await insertVersion(tx, id, content, written)
}

export async function supersedeTerm(tx: Tx, id: string, content: TermContent, written: Written) {
  const { headword, language } = content
  await tx
    .updateTable('term')
    .set({ version: written.version, folded: fold(headword), language, is_retired: written.isRetired })
    .where('id', '=', id)
    .execute()
  await insertVersion(tx, id, content, written)
}

async function insertVersion(tx: Tx, id: string, content: TermContent, written: Written) {
  const { headword, language, clause, forms, senses, sources } = content
  await tx
    .insertInto('term_version')
    .values({
      term_id: id,
      version: written.version,
      headword,
      language,
      policy_id: clause,
      forms: JSON.stringify(forms),
      senses: JSON.stringify(senses),
      sources: JSON.stringify(sources),
      is_retired: written.isRetired,
      change: written.change,
      written_by: written.by,
      written_at: written.at,
    })
    .execute()
}

export async function hasClause(tx: Tx, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('policy')
    .select('id')
    .where('id', '=', id)
    .where('kind', '=', 'clause')
    .executeTakeFirst()
  return row !== undefined
}
