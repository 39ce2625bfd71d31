import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { checkServer, serverFault } from './check-server.ts'

const good = { database: 'docket', versionNumber: 160_004, encoding: 'UTF8', folded: 'тагут' }

function urlOf(database: string) {
  const url = new URL(inject('ownerUrl'))
  url.pathname = `/${database}`
  return url.href
}

async function withDatabase(options: string, work: (url: string) => Promise<void>) {
  const name = `check_${randomUUID().replaceAll('-', '')}`
  const admin = new pg.Client({ connectionString: urlOf('postgres') })
  await admin.connect()
  try {
    await admin.query(`create database ${name} template template0 ${options}`)
    await work(urlOf(name))
  } finally {
    await admin.query(`drop database if exists ${name} with (force)`)
    await admin.end()
  }
}

describe('checkServer', () => {
  it('takes the embedded server, and says who signs in', async () => {
    expect(await checkServer(inject('appUrl'))).toMatchObject({ role: 'docket_app', encoding: 'UTF8', folded: 'тагут' })
  })

  it('refuses a database that does not fold Cyrillic', async () => {
    await withDatabase("locale_provider libc lc_collate 'C' lc_ctype 'C'", async (url) => {
      await expect(checkServer(url)).rejects.toThrow(/does not fold Cyrillic letters: lower\('ТАГУТ'\) gives "ТАГУТ"/)
    })
  })

  it('refuses a database in another encoding', async () => {
    await withDatabase("encoding 'SQL_ASCII' locale_provider libc lc_collate 'C' lc_ctype 'C'", async (url) => {
      await expect(checkServer(url)).rejects.toThrow('is encoded in SQL_ASCII')
    })
  })

  it('gives a recipe that makes a database it takes', async () => {
    const recipe = serverFault({ ...good, versionNumber: 180_004, encoding: 'LATIN1' })?.split('template template0')[1]
    await withDatabase(recipe ?? '', async (url) => {
      expect(await checkServer(url)).toMatchObject({ folded: 'тагут' })
    })
  })

  it('says why a server cannot be used, without its password', async () => {
    const wrong = new URL(inject('appUrl'))
    wrong.password = 'hunter2'
    await expect(checkServer(wrong.href)).rejects.toThrow(/^The database .*: the password is wrong\.$/)
    await expect(checkServer('postgres://a:hunter2@127.0.0.1:1/docket')).rejects.toThrow(
      'The database 127.0.0.1:1/docket cannot be used: nothing answers there.',
    )
    await expect(checkServer(urlOf('no_such_database'))).rejects.toThrow('there is no such database')
  })
})

describe('serverFault', () => {
  it('takes PostgreSQL 16', () => {
    expect(serverFault(good)).toBe(null)
  })

  it('refuses PostgreSQL 15', () => {
    expect(serverFault({ ...good, versionNumber: 150_009 })).toBe(
      'The database server is PostgreSQL 15. Docket needs PostgreSQL 16 or later.',
    )
  })
})
