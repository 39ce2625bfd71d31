import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { newId } from '#server/db/id.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { writeTemplate as endpoint } from '#shared/contract/messages.ts'
import { findPolicy, findVersions, insertTemplate, toTemplate } from './messages.queries.ts'

/** Writes a template, or a version that takes another's place. Of two who do so at once the second is refused. */
export function writeTemplate(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  caller: Caller,
  input: z.output<typeof endpoint.body>,
) {
  const { clientId, supersedes, name, occasion, policyId, measure, texts, isWithdrawn } = input
  return once(db, { clientId, personId: caller.id, operation: 'write template' }, async (tx) => {
    if (policyId && !(await findPolicy(tx, policyId))) throw new AppError('not_found', `No policy ${policyId}.`)
    const versions = supersedes ? await findVersions(tx, supersedes.id) : []
    if (supersedes && versions.length === 0) throw new AppError('not_found', `No template ${supersedes.id}.`)
    if (supersedes && versions[0]!.version !== supersedes.version) throw superseded(supersedes.id)
    const id = supersedes?.id ?? newId()
    const version = (supersedes?.version ?? 0) + 1
    const isFirst = await insertTemplate(tx, {
      template_id: id,
      version,
      name,
      occasion,
      policy_id: policyId,
      measure,
      texts: JSON.stringify(texts),
      is_withdrawn: isWithdrawn,
      written_by: caller.id,
      written_at: now(),
    })
    if (!isFirst) throw superseded(id)
    const sha256 = createHash('sha256').update(JSON.stringify(texts)).digest('hex')
    await appendEvents(tx, [
      {
        kind: isWithdrawn ? 'template.withdrawn' : version === 1 ? 'template.written' : 'template.superseded',
        by: caller,
        subject: { kind: 'template', id, version },
        data: { occasion, clause: policyId, measure, languages: Object.keys(texts).sort(), sha256 },
      },
    ])
    return toTemplate(await findVersions(tx, id))
  })
}

const superseded = (id: string) => new AppError('already_superseded', `The template ${id} has a newer version.`)
