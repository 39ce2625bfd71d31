import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { StartFault } from '#server/start-fault.ts'

/** Whom PostgreSQL runs as. Empty: as this process does. */
export type RunAs = { uid: number; gid: number; name: string } | Record<string, never>

const candidates = ['postgres', '_postgres', 'nobody', 'daemon']

/**
 * PostgreSQL refuses to run as root: root lends it an ordinary user. A cluster that exists keeps its owner, which
 * PostgreSQL insists on.
 *
 * @throws StartFault when the system has no user to lend.
 */
export async function choosePostgresUser(cluster: string | null): Promise<RunAs> {
  if (process.getuid?.() !== 0) return {}
  if (cluster) {
    const { uid, gid } = await stat(cluster)
    if (uid !== 0) return { uid, gid, name: `user ${uid}` }
  }
  const users = readUsers()
  for (const name of candidates) {
    const found = users.get(name)
    if (found && found.uid > 0) return { ...found, name }
  }
  throw new StartFault(
    'PostgreSQL refuses to run as root, and this system has no user "postgres" or "nobody" to run it as. Start Docket as an ordinary user, or set DATABASE_URL to a PostgreSQL server.',
  )
}

/** Whether that user may enter the folder and write in it: asked of the system, since modes alone do not tell. */
export function canWriteAs(user: RunAs, folder: string): boolean {
  const script = 'cd -- "$0" && : > .probe && rm .probe'
  const { status, error } = spawnSync('/bin/sh', ['-c', script, folder], { ...ids(user), cwd: '/', stdio: 'ignore' })
  if (error && 'code' in error && error.code === 'EPERM') throw mayNotSwitch(user)
  return status === 0
}

/** The part that `spawn` takes. */
export function ids(user: RunAs): { uid?: number; gid?: number } {
  return 'uid' in user ? { uid: user.uid as number, gid: user.gid as number } : {}
}

function mayNotSwitch(user: RunAs): StartFault {
  return new StartFault(
    `PostgreSQL refuses to run as root, and this root may not start it as ${user.name}. Start Docket as an ordinary user, or set DATABASE_URL to a PostgreSQL server.`,
  )
}

function readUsers(): Map<string, { uid: number; gid: number }> {
  const users = new Map<string, { uid: number; gid: number }>()
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name, , uid, gid] = line.split(':')
    if (name && uid && gid) users.set(name, { uid: Number(uid), gid: Number(gid) })
  }
  return users
}
