import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import type { Database } from '#server/db/schema.ts'
import { getOrganisation } from '#server/features/team/preferences/preferences.queries.ts'
import { AppError } from '#server/http/errors.ts'
import type { MessageInput, MessageTemplate, SentMessage } from '#shared/contract/messages.ts'
import { appealUntil, defaultAppealDays } from '#shared/domain/appeals.ts'
import { factsOf, fillMessage, freeFieldsIn, type Occasion, unfilledIn } from '#shared/domain/messages.ts'

type Row = Selectable<Database['message_template']>

/** In their newest versions, by name; those that are withdrawn stand last. */
export async function findTemplates(db: Db | Tx): Promise<MessageTemplate[]> {
  const rows = await db.selectFrom('message_template').selectAll().orderBy('version', 'desc').execute()
  return [...Map.groupBy(rows, (row) => row.template_id).values()]
    .map(toTemplate)
    .sort((a, b) => Number(a.isWithdrawn) - Number(b.isWithdrawn) || (a.name < b.name ? -1 : 1))
}

/** Newest first. */
export function findVersions(tx: Tx, templateId: string): Promise<Row[]> {
  return tx
    .selectFrom('message_template')
    .selectAll()
    .where('template_id', '=', templateId)
    .orderBy('version', 'desc')
    .execute()
}

/** @param rows all versions of one, newest first */
export function toTemplate(rows: Row[]): MessageTemplate {
  const [current, ...earlier] = rows.map(toVersion)
  return { ...current!, id: rows[0]!.template_id, earlier }
}

const toVersion = (row: Row) => ({
  version: row.version,
  name: row.name,
  occasion: row.occasion,
  policyId: row.policy_id,
  measure: row.measure,
  texts: row.texts,
  isWithdrawn: row.is_withdrawn,
  writtenById: row.written_by,
  writtenAt: row.written_at.toISOString(),
})

/** @returns false when somebody wrote that version first */
export async function insertTemplate(tx: Tx, template: Insertable<Database['message_template']>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('message_template')
    .values(template)
    .onConflict((conflict) => conflict.columns(['template_id', 'version']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export function findPolicy(tx: Tx, policyId: string) {
  return tx.selectFrom('policy').select('id').where('id', '=', policyId).executeTakeFirst()
}

type Case = {
  occasion: Occasion
  review: { number: number; account_id: string }
  clause: { id: string; version: number } | null
  measures: readonly { kind: string }[]
  at: Date
  /** It was proposed before: what took the template's place since does not matter. */
  isAgreed?: boolean
}

/**
 * A message as it will be sent: the facts of the decision and what the person wrote, in the words of the template.
 *
 * @throws AppError `invalid_request` when the template is not in force or not for this, or something is not filled in
 */
export async function requireMessage(tx: Tx, input: MessageInput, of: Case): Promise<SentMessage> {
  const versions = await findVersions(tx, input.templateId)
  const current = of.isAgreed ? versions.find(({ version }) => version === input.version) : versions[0]
  const refuse = (path: string, message: string) =>
    new AppError('invalid_request', 'The message is not complete.', [{ path: `message.${path}`, message }])
  if (!current || (current.is_withdrawn && !of.isAgreed)) throw refuse('templateId', 'No such template is in use.')
  if (current.version !== input.version) throw refuse('version', `Version ${current.version} is in use.`)
  if (current.occasion !== of.occasion) throw refuse('templateId', 'Is for another occasion.')
  const text = current.texts[input.language]
  if (!text) throw refuse('language', 'The template has no words in it.')
  const asked: readonly string[] = freeFieldsIn(text)
  const stray = Object.keys(input.values).find((name) => !asked.includes(name))
  if (stray) throw refuse(`values.${stray}`, 'Is not asked for.')
  const values = { ...(await findFacts(tx, of, input.language)), ...input.values }
  const unfilled = unfilledIn(text, values)
  if (unfilled.length > 0) {
    const issues = unfilled.map((name) => ({ path: `message.values.${name}`, message: 'Fill it in.' }))
    throw new AppError('invalid_request', 'The message is not complete.', issues)
  }
  return { ...input, text: fillMessage(text, values) }
}

async function findFacts(tx: Tx, { review, clause, measures, at }: Case, language: string) {
  const { rows } = await sql<{ handle: string; platform: string; code: string; label: string; days: number }>`
    select account.handle, account.platform, policy.code, policy_version.label, policy_version.appeal_days as days
    from account
    left join policy on policy.id = ${clause?.id ?? null}
    left join policy_version on policy_version.policy_id = policy.id and policy_version.version = ${clause?.version ?? null}
    where account.id = ${review.account_id}`.execute(tx)
  const { handle, platform, code, label, days } = rows[0]!
  const { timeZone } = await getOrganisation(tx)
  const told = {
    account: handle,
    platform,
    reference: `DKT-${review.number}`,
    clause: clause && code ? { code, label } : null,
    measures,
    appealUntil: appealUntil(at, days ?? defaultAppealDays),
  }
  return factsOf(told, language, timeZone)
}

export async function insertMessage(tx: Tx, decisionId: string, { templateId, values, ...message }: SentMessage) {
  await tx
    .insertInto('decision_message')
    .values({ decision_id: decisionId, template_id: templateId, values: JSON.stringify(values), ...message })
    .execute()
}
