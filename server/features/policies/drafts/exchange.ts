import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Tx } from '#server/db/connect.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import type { Caller } from '#server/http/route.ts'
import { type Policy, PolicyContent } from '#shared/contract/policies.ts'
import type { ImportedClause, importPolicy as importEndpoint, PolicyFile } from '#shared/contract/policy-drafts.ts'
import { fieldsThatDiffer } from '#shared/domain/policy-rules.ts'
import { findPolicies } from '../policies.queries.ts'
import { getNewestVersion, getPolicyRow, hasOpenDraft, isTaken, lockPolicies } from './drafts.queries.ts'
import { openOne, placeOf } from './open-draft.ts'

export async function exportPolicy({ db, now }: Deps, caller: Caller): Promise<PolicyFile> {
  const at = now()
  const policies = await findPolicies(db, new Map(), at)
  const subject = { kind: 'policy', id: 'all' }
  await appendEvents(db, [{ kind: 'policy.exported', by: caller, subject, data: { clauses: policies.length } }])
  const head = { format: 'docket.policy', formatVersion: 1, exportedAt: at.toISOString() } as const
  return { ...head, clauses: policies.map(toClause) }
}

const toClause = ({ id, kind, code, section, current }: Policy): PolicyFile['clauses'][number] => ({
  id,
  kind,
  code,
  sectionName: section.name,
  version: current.version,
  content: PolicyContent.parse(current),
})

type Input = z.output<typeof importEndpoint.body>
type Clause = PolicyFile['clauses'][number]

/** A dry run says the same and keeps nothing. What comes in becomes drafts, which somebody else must read as any other. */
export async function importPolicy({ db, now }: Deps, caller: Caller, { clientId, isDryRun, file }: Input) {
  if (isDryRun) return db.transaction().execute(async (tx) => ({ items: await plan(tx, file.clauses) }))
  return once(db, { clientId, personId: caller.id, operation: 'import policy' }, async (tx) => {
    await lockPolicies(tx)
    const items = await plan(tx, file.clauses)
    const at = now()
    for (const [index, item] of items.entries()) {
      if (item.what !== 'new' && item.what !== 'changed') continue
      item.draftId = await openOne(tx, caller, await draftOf(tx, file.clauses[index]!), at)
    }
    const drafts = items.filter(({ draftId }) => draftId !== null).length
    const fileSha256 = createHash('sha256').update(JSON.stringify(file)).digest('hex')
    const subject = { kind: 'policy', id: 'all' }
    await appendEvents(tx, [{ kind: 'policy.imported', by: caller, subject, data: { drafts, fileSha256 } }])
    return { items }
  })
}

async function plan(tx: Tx, clauses: Clause[]): Promise<ImportedClause[]> {
  const items: ImportedClause[] = []
  const ids = new Set<string>()
  const codes = new Set<string>()
  for (const clause of clauses) {
    const isTwice = ids.has(clause.id) || codes.has(clause.code)
    ids.add(clause.id)
    codes.add(clause.code)
    const { id, code, content } = clause
    const said = isTwice ? refused('twice') : await compare(tx, clause)
    items.push({ id, code, shortName: content.shortName, draftId: null, ...said })
  }
  return items
}

type Said = Pick<ImportedClause, 'what' | 'fields' | 'problem'>
const refused = (problem: ImportedClause['problem']): Said => ({ what: 'refused', fields: [], problem })

async function compare(tx: Tx, clause: Clause): Promise<Said> {
  const policy = await getPolicyRow(tx, clause.id)
  const newest = policy && (await getNewestVersion(tx, clause.id))
  if (!newest) {
    const taken = await isTaken(tx, clause)
    if (taken === 'code') return refused('code_taken')
    return { what: taken ? 'waiting' : 'new', fields: [], problem: null }
  }
  if (policy.kind !== clause.kind) return refused('kind_differs')
  if (policy.code !== clause.code) return refused('code_differs')
  const fields = fieldsThatDiffer(clause.content, PolicyContent.parse(newest))
  if (fields.length === 0) return { what: 'same', fields, problem: null }
  return { what: (await hasOpenDraft(tx, clause.id)) ? 'waiting' : 'changed', fields, problem: null }
}

async function draftOf(tx: Tx, { id, kind, code, sectionName, content }: Clause) {
  const policy = await getPolicyRow(tx, id)
  const newest = policy && (await getNewestVersion(tx, id))
  const [section_code = ''] = code.split('.')
  const place = placeOf(policy ?? { id, kind, code, section_code, section_name: sectionName })
  return { ...place, is_new: !newest, based_on: newest?.version ?? 0, content, change: '' }
}
