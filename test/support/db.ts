import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { connect, type Db } from '#server/db/connect.ts'

export type TestDb = {
  /** As the running server sees it. */
  db: Db
  /** As the owner sees it: for what the server's role may not do. */
  owner: Db
  /** For a process of its own. */
  appUrl: string
  ownerUrl: string
  drop: () => Promise<void>
}

/** A migrated, empty database of the caller's own: a clone of the template, made in tens of milliseconds. */
export async function testDb(): Promise<TestDb> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const template = inject('ownerUrl')
  await asAdmin(`create database ${name} template ${new URL(template).pathname.slice(1)}`)
  const appUrl = withDatabase(inject('appUrl'), name)
  const ownerUrl = withDatabase(template, name)
  const db = connect(appUrl)
  const owner = connect(ownerUrl, { max: 2 })
  return {
    db,
    owner,
    appUrl,
    ownerUrl,
    drop: async () => {
      await db.destroy()
      await owner.destroy()
      await asAdmin(`drop database ${name} with (force)`)
    },
  }
}

/** Clones are made through the database `postgres`: a template must have no other visitor. */
async function asAdmin(statement: string) {
  const admin = new pg.Client({ connectionString: withDatabase(inject('ownerUrl'), 'postgres') })
  await admin.connect()
  await admin.query(statement)
  await admin.end()
}

function withDatabase(url: string, name: string) {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
