import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sealEvents } from '#server/features/audit/audit.queries.ts'
import * as contract from '#shared/contract/exports.ts'
import { useTestApi } from '#test/support/api.ts'
import { findPeriods } from '../period.queries.ts'
import { runExports } from '../run-exports.ts'
import { runSchedules } from './run-schedules.ts'

const exportFolder = mkdtempSync(join(tmpdir(), 'docket-scheduled-'))
const t = useTestApi({ exportFolder })
afterAll(() => rm(exportFolder, { recursive: true, force: true }))

const dayMs = 86_400_000
let count = 0
const add = (asked: object = {}, as = t.as('supervisor')) => {
  count += 1
  const name = `daily-${count}`
  const body = { kind: 'decisions', format: 'csv', name, every: 'day', ...asked, clientId: randomUUID() }
  return as(contract.createSchedule, { body: body as never })
}
const list = async () => (await t.as('supervisor')(contract.listSchedules, {})).items
const end = (scheduleId: string, as = t.as('supervisor')) =>
  as(contract.deleteSchedule, { params: { scheduleId }, body: { clientId: randomUUID() } })
const work = async () => {
  await sealEvents(t.db)
  const asked = await runSchedules(t.deps)
  await runExports(t.deps)
  return asked
}

beforeAll(async () => {
  t.stopClock()
  // Two in the morning of the organisation, so that a day more is a period more.
  const now = t.deps.now()
  t.travel(Date.UTC(2027, 2, 10, 1) - now.getTime())
  const value = JSON.stringify({ timeZone: 'Europe/Berlin' })
  await t.db.insertInto('setting').values({ key: 'organisation', value }).execute()
})

describe('a scheduled export', () => {
  it('is refused to strangers, reviewers and auditors', async () => {
    await expect(add({}, t.anonymous)).rejects.toMatchObject({ status: 401 })
    await expect(add({}, t.as('reviewer'))).rejects.toMatchObject({ status: 403 })
    await expect(add({}, t.as('auditor'))).rejects.toMatchObject({ status: 403 })
    await expect(end(randomUUID(), t.as('auditor'))).rejects.toMatchObject({ status: 403 })
  })

  it.each([
    { folder: '../out' },
    { folder: '/etc' },
    { name: 'a/b' },
    { every: 'hour' },
    { filter: { colour: 'red' } },
  ])('is refused for %j', async (asked) => {
    await expect(add(asked)).rejects.toMatchObject({ status: 400, body: { code: 'invalid_request' } })
  })

  it('does not leave the folder of the operator by a link', async () => {
    await symlink(tmpdir(), join(exportFolder, 'away'))
    await expect(add({ folder: 'away' })).rejects.toMatchObject({ body: { code: 'no_export_folder' } })
    await rm(join(exportFolder, 'away'))
  })

  it('writes the period before at once, with its manifest, and each one once, whoever looks', async () => {
    const schedule = await add({ name: 'daily', folder: 'reports/daily' })
    expect(schedule).toMatchObject({
      next: { from: '2027-03-10', to: '2027-03-10', at: '2027-03-10T23:15:00.000Z' },
      last: null,
      halted: null,
    })
    await expect(add({ name: 'Daily', folder: 'reports/daily' })).rejects.toMatchObject({
      body: { code: 'name_taken' },
    })
    const asked = await Promise.all([runSchedules(t.deps), runSchedules(t.deps), runSchedules(t.deps)])
    expect(asked.reduce((sum, each) => sum + each)).toBe(1)
    await Promise.all([runExports(t.deps), runExports(t.deps)])
    const folder = join(exportFolder, 'reports/daily')
    const file = 'daily_2027-03-09_2027-03-09.csv'
    expect((await readdir(folder)).toSorted()).toEqual([file, `${file}.manifest.json`])
    const bytes = await readFile(join(folder, file))
    const manifest = contract.Manifest.parse(JSON.parse(await readFile(join(folder, `${file}.manifest.json`), 'utf8')))
    expect(manifest).toMatchObject({
      file,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      isClosed: true,
      scheduleId: schedule.id,
      period: { from: '2027-03-09', timeZone: 'Europe/Berlin', toAt: '2027-03-09T23:00:00.000Z' },
    })
    expect((await list())[0]!.last).toMatchObject({ state: 'ended', from: '2027-03-09' })
    expect(await work()).toBe(0)

    t.travel(3 * dayMs)
    expect(await work()).toBe(3)
    expect(await readdir(folder)).toHaveLength(8)
    await end(schedule.id)
    t.travel(dayMs)
    expect(await work()).toBe(0)
    await expect(end(schedule.id)).rejects.toMatchObject({ status: 404 })
  })

  it('waits while the folder is gone, and catches up when it is back', async () => {
    const schedule = await add({ format: 'xlsx', kind: 'events' })
    await work()
    const away = `${exportFolder}-away`
    await rename(exportFolder, away)
    t.travel(2 * dayMs)
    expect(await work()).toBe(0)
    expect((await list()).find(({ id }) => id === schedule.id)).toMatchObject({ halted: 'folder' })
    await rename(away, exportFolder)
    expect(await work()).toBe(2)
    await end(schedule.id)
  })

  it('ends with the rights of whoever made it', async () => {
    const schedule = await add({}, t.second('supervisor'))
    const maker = t.secondPerson('supervisor')
    await t.db.updateTable('auth.user').set({ role: 'reviewer' }).where('id', '=', maker.id).execute()
    expect(await work()).toBe(0)
    expect(await list()).toMatchObject([{ id: schedule.id, halted: 'person' }])
  })
})

describe('periods', () => {
  const since = new Date('2027-03-26T12:00:00Z')
  const now = new Date('2027-04-05T12:00:00Z')

  it('are days as long as they are where the organisation is', async () => {
    const days = await findPeriods(t.db, { every: 'day', since, now, timeZone: 'Europe/Berlin' })
    expect(days.find(({ from }) => from === '2027-03-27')!.end).toEqual(new Date('2027-03-27T23:00:00Z'))
    expect(days.find(({ from }) => from === '2027-03-28')!.end).toEqual(new Date('2027-03-28T22:00:00Z'))
  })

  it('are weeks from Monday, and months', async () => {
    const weeks = await findPeriods(t.db, { every: 'week', since, now, timeZone: 'Asia/Almaty' })
    expect(weeks.map(({ from, to }) => [from, to])).toEqual([
      ['2027-03-22', '2027-03-28'],
      ['2027-03-29', '2027-04-04'],
      ['2027-04-05', '2027-04-11'],
    ])
    const months = await findPeriods(t.db, { every: 'month', since, now, timeZone: 'UTC' })
    expect(months.map(({ from, to }) => [from, to])).toEqual([
      ['2027-03-01', '2027-03-31'],
      ['2027-04-01', '2027-04-30'],
    ])
  })
})
