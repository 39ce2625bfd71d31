import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { removeDataFolder } from '#server/db/cluster.ts'
import { startEmbedded } from '#server/db/embedded.ts'
import { migrate } from '#server/db/migrate.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Of the owner, to the migrated database that test files clone. */
    ownerUrl: string
    /** Of the role the running server uses, to the same database. */
    appUrl: string
  }
}

/** One embedded PostgreSQL for the whole run, with a migrated database for test files to clone. */
export default async function setup(project: TestProject) {
  const dataDir = await mkdtemp(join(tmpdir(), 'docket-test-'))
  const postgres = await startEmbedded({ dataDir, durable: false })
  await migrate(postgres.ownerUrl)
  project.provide('ownerUrl', postgres.ownerUrl)
  project.provide('appUrl', postgres.appUrl)
  return async () => {
    await postgres.stop()
    await removeDataFolder(dataDir)
  }
}
