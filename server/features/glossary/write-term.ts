import type { z } from 'zod'
import type { Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type {
  addTerm as addEndpoint,
  changeTerm as changeEndpoint,
  importTerms as importEndpoint,
  retireTerm as retireEndpoint,
  TermContent,
} from '#shared/contract/glossary.ts'
import {
  getTermDetail,
  hasClause,
  hasHeadword,
  insertTerm,
  lockHeadwords,
  lockTerm,
  supersedeTerm,
} from './glossary.queries.ts'

type Add = z.output<typeof addEndpoint.body>

export function addTerm({ db, now }: Deps, caller: Caller, { clientId, ...content }: Add) {
  const act = { clientId, personId: caller.id, operation: 'add term' }
  return once(db, act, async (tx) => {
    await lockHeadwords(tx)
    await requireSound(tx, content, null)
    const id = await insert(tx, caller, content, now())
    return (await getTermDetail(tx, id))!
  })
}

async function insert(tx: Tx, caller: Caller, content: TermContent, at: Date) {
  const id = newId()
  await insertTerm(tx, id, content, { version: 1, by: caller.id, at, isRetired: false, change: null })
  const data = { headword: content.headword, language: content.language }
  await appendEvents(tx, [{ kind: 'term.added', by: caller, subject: { kind: 'term', id, version: 1 }, data }])
  return id
}

type Change = z.output<typeof changeEndpoint.body>

/** The wording before stays readable under the new one. */
export function changeTerm({ db, now }: Deps, caller: Caller, termId: string, input: Change) {
  const { clientId, version, change, ...content } = input
  const act = { clientId, personId: caller.id, operation: `change term ${termId}` }
  return once(db, act, async (tx) => {
    await lockHeadwords(tx)
    const { is_retired: isRetired } = await requireVersion(tx, termId, version)
    await requireSound(tx, content, isRetired ? null : termId, isRetired)
    await supersedeTerm(tx, termId, content, { version: version + 1, by: caller.id, at: now(), isRetired, change })
    const subject = { kind: 'term', id: termId, version: version + 1 }
    await appendEvents(tx, [{ kind: 'term.changed', by: caller, subject, data: { headword: content.headword } }])
    return (await getTermDetail(tx, termId))!
  })
}

type Retire = z.output<typeof retireEndpoint.body>

export function retireTerm({ db, now }: Deps, caller: Caller, termId: string, input: Retire) {
  const { clientId, version, isRetired, change } = input
  const act = { clientId, personId: caller.id, operation: `retire term ${termId}` }
  return once(db, act, async (tx) => {
    await lockHeadwords(tx)
    const row = await requireVersion(tx, termId, version)
    const before = (await getTermDetail(tx, termId))!
    if (row.is_retired === isRetired) return before
    const { headword, language, clause, forms, senses, sources } = before
    const content = { headword, language, clause, forms, senses, sources }
    if (!isRetired) await requireSound(tx, content, termId)
    await supersedeTerm(tx, termId, content, { version: version + 1, by: caller.id, at: now(), isRetired, change })
    const subject = { kind: 'term', id: termId, version: version + 1 }
    await appendEvents(tx, [{ kind: isRetired ? 'term.retired' : 'term.restored', by: caller, subject }])
    return (await getTermDetail(tx, termId))!
  })
}

type Import = z.output<typeof importEndpoint.body>

/** All or none: a term that is not sound refuses the whole. */
export function importTerms({ db, now }: Deps, caller: Caller, { clientId, terms }: Import) {
  const act = { clientId, personId: caller.id, operation: 'import terms' }
  return once(db, act, async (tx) => {
    await lockHeadwords(tx)
    const known: string[] = []
    for (const [index, content] of terms.entries()) {
      if (await hasHeadword(tx, content, null)) {
        known.push(content.headword)
        continue
      }
      await requireClause(tx, content, `terms.${index}.clause`)
      await insert(tx, caller, content, now())
    }
    return { added: terms.length - known.length, known }
  })
}

async function requireVersion(tx: Tx, termId: string, version: number) {
  const row = await lockTerm(tx, termId)
  if (!row) throw noTerm(termId)
  if (row.version !== version) throw new AppError('version_changed', `Term ${termId} is at version ${row.version}.`)
  return row
}

export const noTerm = (termId: string) => new AppError('not_found', `No term ${termId}.`)

async function requireSound(tx: Tx, content: TermContent, except: string | null, isRetired = false) {
  await requireClause(tx, content, 'clause')
  if (!isRetired && (await hasHeadword(tx, content, except))) {
    throw new AppError('invalid_request', `There is a term ${content.headword}.`, [
      { path: 'headword', message: 'Is in the glossary already.' },
    ])
  }
}

async function requireClause(tx: Tx, { clause }: TermContent, path: string) {
  if (clause === null || (await hasClause(tx, clause))) return
  throw new AppError('invalid_request', `No clause ${clause}.`, [{ path, message: 'No such clause.' }])
}
