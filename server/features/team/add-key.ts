import type { Db } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Auth } from '#server/http/auth.ts'
import { StartFault } from '#server/start-fault.ts'
import { SourceKind } from '#shared/domain/words.ts'
import { parseRole } from './add-person.ts'
import { insertPerson } from './team.queries.ts'

type NewKey = { name: string; role: string; sourceNames: string[]; sourceKinds: string[] }

/**
 * Makes a program with one key, which may flag for the named sources and kinds only.
 *
 * @returns the key; it cannot be read again
 * @throws StartFault when role or kind is none
 */
export async function addKey({ db, auth }: { db: Db; auth: Auth }, { name, ...wanted }: NewKey): Promise<string> {
  const role = parseRole(wanted.role)
  const metadata = { sourceNames: wanted.sourceNames, sourceKinds: wanted.sourceKinds.map(parseKind) }
  const programId = newId()
  // better-auth commits the key by itself: without the program, which comes after it, it opens nothing.
  const { key, id } = await auth.api.createApiKey({ body: { name, userId: programId, metadata } })
  await db.transaction().execute(async (tx) => {
    await insertPerson(tx, { id: programId, name, email: `${programId}@program.invalid`, role, isProgram: true })
    const data = { program: programId, role, ...metadata }
    await appendEvents(tx, [{ kind: 'key.added', by: null, subject: { kind: 'key', id }, data }])
  })
  return key
}

function parseKind(kind: string): SourceKind {
  const parsed = SourceKind.safeParse(kind)
  if (!parsed.success) {
    throw new StartFault(`There is no kind of source "${kind}". Kinds: ${SourceKind.options.join(', ')}.`)
  }
  return parsed.data
}
