import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import type { PolicyDraftTable } from '#server/db/schema/policies.ts'
import { PolicyContent, type PolicyVersion } from '#shared/contract/policies.ts'
import type { DraftRow, DraftStep, PolicyDraft } from '#shared/contract/policy-drafts.ts'
import { toVersion } from '../policies.queries.ts'

export type StoredDraft = Selectable<PolicyDraftTable>

/** Of the version a draft was published as. */
const inForceSince = sql<Date | null>`(select in_force_since from policy_version
  where policy_version.policy_id = policy_draft.policy_id and policy_version.version = policy_draft.version)`

/** Those that are open, and those published whose time is to come. In the order of their codes. */
export async function findDrafts(db: Db, at: Date): Promise<DraftRow[]> {
  const rows = await db
    .selectFrom('policy_draft')
    .selectAll()
    .select(inForceSince.as('in_force_since'))
    .where((eb) =>
      eb.or([
        eb('state', 'in', ['draft', 'asked']),
        eb.and([eb('state', '=', 'published'), sql<boolean>`${inForceSince} > ${at}`]),
      ]),
    )
    .orderBy('id')
    .execute()
  return rows.map(toRow).toSorted((a, b) => a.code.localeCompare(b.code, 'en', { numeric: true }))
}

/** Null when there is none. */
export async function getDraft(db: Db | Tx, draftId: string): Promise<PolicyDraft | null> {
  const row = await db
    .selectFrom('policy_draft')
    .selectAll()
    .select(inForceSince.as('in_force_since'))
    .where('id', '=', draftId)
    .executeTakeFirst()
  if (!row) return null
  const [steps, base] = await Promise.all([
    db
      .selectFrom('policy_draft_step')
      .select(['kind', 'revision', 'by_id', 'at', 'comment'])
      .where('draft_id', '=', draftId)
      .orderBy('id')
      .execute(),
    db
      .selectFrom('policy_version')
      .selectAll()
      .where('policy_id', '=', row.policy_id)
      .where('version', '=', row.based_on)
      .executeTakeFirst(),
  ])
  const { content } = row
  return { ...toRow(row), content, base: base ? PolicyContent.parse(toVersion(base)) : null, steps: steps.map(toStep) }
}

function toRow(row: StoredDraft & { in_force_since: Date | null }): DraftRow {
  return {
    id: row.id,
    policyId: row.policy_id,
    isNew: row.is_new,
    kind: row.kind,
    code: row.code,
    section: { code: row.section_code, name: row.section_name },
    shortName: row.content.shortName,
    isRetired: row.content.isRetired,
    basedOn: row.based_on,
    state: row.state,
    revision: row.revision,
    change: row.change,
    wantedFrom: row.wanted_from?.toISOString() ?? null,
    openedById: row.opened_by,
    openedAt: row.opened_at.toISOString(),
    savedById: row.saved_by,
    savedAt: row.saved_at.toISOString(),
    writerIds: row.writers,
    version: row.version,
    inForceSince: row.in_force_since?.toISOString() ?? null,
  }
}

type StepRow = { kind: DraftStep['kind']; revision: number; by_id: string; at: Date; comment: string | null }
const toStep = ({ kind, revision, by_id, at, comment }: StepRow): DraftStep => ({
  kind,
  revision,
  byId: by_id,
  at: at.toISOString(),
  comment,
})

/** Until the transaction ends; undefined when there is none. */
export function lockDraft(tx: Tx, draftId: string) {
  return tx.selectFrom('policy_draft').selectAll().where('id', '=', draftId).forUpdate().executeTakeFirst()
}

/** Acts that open or publish wait for each other, so that a clause has one open draft and its versions have no gap. */
export async function lockPolicies(tx: Tx) {
  await sql`select pg_advisory_xact_lock(hashtext('policies'))`.execute(tx)
}

export function getPolicyRow(tx: Tx, policyId: string) {
  return tx.selectFrom('policy').selectAll().where('id', '=', policyId).executeTakeFirst()
}

/** The last one published, in force or to come. */
export async function getNewestVersion(tx: Db | Tx, policyId: string): Promise<PolicyVersion | null> {
  const row = await tx
    .selectFrom('policy_version')
    .selectAll()
    .where('policy_id', '=', policyId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? toVersion(row) : null
}

/** Whether a clause or an open draft of a new one goes by that id or that code. */
export async function isTaken(tx: Tx, { id, code }: { id: string; code: string }): Promise<'id' | 'code' | null> {
  const { rows } = await sql<{ id: string; code: string }>`
    select id, code from policy where id = ${id} or code = ${code}
    union all select policy_id, code from policy_draft
      where state in ('draft', 'asked') and (policy_id = ${id} or (is_new and code = ${code}))`.execute(tx)
  if (rows.some((row) => row.id === id)) return 'id'
  return rows.length > 0 ? 'code' : null
}

export async function hasOpenDraft(tx: Tx, policyId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('policy_draft')
    .select('id')
    .where('policy_id', '=', policyId)
    .where('state', 'in', ['draft', 'asked'])
    .executeTakeFirst()
  return row !== undefined
}

/** The name a section goes by already; null for a new section. */
export async function getSectionName(tx: Tx, code: string): Promise<string | null> {
  const row = await tx
    .selectFrom('policy')
    .select('section_name')
    .where('section_code', '=', code)
    .limit(1)
    .executeTakeFirst()
  return row?.section_name ?? null
}

export type NewDraft = Pick<
  StoredDraft,
  'policy_id' | 'is_new' | 'kind' | 'code' | 'section_code' | 'section_name' | 'based_on'
> & { content: PolicyContent; change: string }

export async function insertDraft(tx: Tx, { content, ...draft }: NewDraft, by: string, at: Date): Promise<string> {
  const id = newId()
  await tx
    .insertInto('policy_draft')
    .values({
      ...draft,
      id,
      state: 'draft',
      revision: 1,
      content: JSON.stringify(content),
      opened_by: by,
      opened_at: at,
      saved_by: by,
      saved_at: at,
      writers: [by],
    })
    .execute()
  return id
}

type Written = { content: PolicyContent; change: string; wantedFrom: Date | null; by: string; at: Date }

/** As the next revision, by one more of its writers. */
export async function updateDraft(tx: Tx, draft: StoredDraft, { content, change, wantedFrom, by, at }: Written) {
  const revision = draft.revision + 1
  await tx
    .updateTable('policy_draft')
    .set({
      revision,
      content: JSON.stringify(content),
      change,
      wanted_from: wantedFrom,
      saved_by: by,
      saved_at: at,
      writers: [...new Set([...draft.writers, by])],
    })
    .where('id', '=', draft.id)
    .execute()
  return revision
}

type Step = { kind: DraftStep['kind']; by: string; at: Date; comment?: string | null | undefined }

export async function insertStep(tx: Tx, draft: Pick<StoredDraft, 'id' | 'revision'>, { by, comment, ...step }: Step) {
  await tx
    .insertInto('policy_draft_step')
    .values({
      ...step,
      id: newId(),
      draft_id: draft.id,
      revision: draft.revision,
      by_id: by,
      comment: comment || null,
    })
    .execute()
}

export async function setDraftState(tx: Tx, draftId: string, set: Partial<Pick<StoredDraft, 'state' | 'version'>>) {
  await tx.updateTable('policy_draft').set(set).where('id', '=', draftId).execute()
}

/** A clause that there was not: shown nowhere before its first version is in force. */
export async function insertPolicy(tx: Tx, draft: StoredDraft, { shortName, severity }: PolicyContent) {
  await tx
    .insertInto('policy')
    .values((eb) => ({
      id: draft.policy_id,
      code: draft.code,
      position: eb.selectFrom('policy').select(sql<number>`coalesce(max(position), 0) + 1`.as('next')),
      kind: draft.kind,
      short_name: shortName,
      section_code: draft.section_code,
      section_name: draft.section_name,
      severity,
      current_version: 0,
    }))
    .execute()
}

type Published = { policyId: string; version: number; change: string; by: string; inForceSince: Date }

export async function insertVersion(tx: Tx, content: PolicyContent, published: Published) {
  await tx
    .insertInto('policy_version')
    .values({
      policy_id: published.policyId,
      version: published.version,
      short_name: content.shortName,
      label: content.label,
      description: content.description,
      signs: content.signs,
      not_this: content.notThis,
      questions: content.questions,
      usual_measures: content.usualMeasures,
      severity: content.severity,
      examples: JSON.stringify(content.examples),
      required_fields: content.requiredFields,
      exemptions: content.exemptions,
      strike_weight: content.strikeWeight,
      appeal_days: content.appealDays,
      alert: content.alert,
      tco: content.ground.tco,
      dsa_category: content.ground.dsaCategory,
      dsa_keywords: content.ground.dsaKeywords,
      is_restricted: content.isRestricted,
      needs_purpose_test: content.needsPurposeTest,
      is_retired: content.isRetired,
      change: published.change,
      published_by: published.by,
      in_force_since: published.inForceSince,
    })
    .execute()
}
