import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { api } from '#shared/contract/api.ts'
import type { ImportReading, importPart } from '#shared/contract/imports.ts'
import { useTestApi } from '#test/support/api.ts'
import { buildFlagBody, reviewsOfPost } from '#test/support/flags.ts'

const t = useTestApi()
const csv = [
  'Post ID,Text,Author,Platform,Posted,Label',
  'h-1,"One, two",@artyom_2,vk,2026-07-01 08:00,extremism',
  'h-2,"Two\nlines",dana,vk,2026-07-01,hate',
  'h-3,Three,,vk,yesterday,hate',
].join('\r\n')

const preview = (text: string, reading: Partial<ImportReading> = {}) =>
  t.as('supervisor')(api.previewImport, { body: { text, isWhole: true, reading } })

type Part = z.infer<typeof importPart.reply>

/** As the browser does: part after part, each beginning where whole rows of the one before ended. */
async function importAll(
  text: string,
  { constants = {}, size = 60, isDryRun = false, call = t.as('supervisor') } = {},
) {
  const { shape, reading } = await preview(text, { constants })
  const importId = crypto.randomUUID()
  const parts: Part[] = []
  let [start, line, length] = [0, 1, size]
  while (start < text.length) {
    const piece = text.slice(start, start + length)
    const isLast = start + length >= text.length
    const part = await call(api.importPart, {
      body: { importId, shape, reading, isDryRun, text: piece, line, isLast },
    })
    parts.push(part)
    length = part.consumed === 0 ? length * 2 : size
    start += part.consumed
    line = part.line
  }
  const sum = (name: 'read' | 'added' | 'duplicates' | 'rejected') =>
    parts.reduce((total, part) => total + part[name], 0)
  return {
    importId,
    counts: { read: sum('read'), added: sum('added'), duplicates: sum('duplicates'), rejected: sum('rejected') },
    rejects: parts.map((part) => part.rejects).join(''),
    header: parts[0]!.rejectsHeader,
  }
}

const source = { 'source.name': 'partner' }

describe('POST /imports/preview', () => {
  it('is for those who may import', async () => {
    const body = { text: csv, isWhole: true, reading: {} }
    await expect(t.anonymous(api.previewImport, { body })).rejects.toMatchObject({ status: 401 })
    await expect(t.as('reviewer')(api.previewImport, { body })).rejects.toMatchObject({ status: 403 })
  })

  it('proposes what the columns say and shows the first rows so understood', async () => {
    const { shape, reading, missing, rows } = await preview(csv, { constants: source })
    expect(shape).toEqual({
      format: 'csv',
      delimiter: ',',
      headers: ['Post ID', 'Text', 'Author', 'Platform', 'Posted', 'Label'],
    })
    expect(reading.mapping).toEqual({
      'post.externalId': 'Post ID',
      'post.caption': 'Text',
      'account.handle': 'Author',
      'post.platform': 'Platform',
      'post.postedAt': 'Posted',
      'reason.code': 'Label',
    })
    expect(missing).toEqual([])
    expect(rows).toMatchObject([
      { line: 2, flag: { source: 'partner', handle: 'artyom_2', caption: 'One, two', reason: 'extremism' } },
      { line: 3, flag: { caption: 'Two\nlines', flaggedAt: '2026-07-01T00:00:00Z' } },
      { line: 5, flag: null, refusal: { issues: [{ path: 'Posted' }, { path: 'Author' }] } },
    ])
  })

  it('follows another mapping and says what it leaves open', async () => {
    const { rows, missing } = await preview(csv, { mapping: { 'post.caption': 'Label', 'account.handle': 'Author' } })
    expect(rows[0]!.flag).toMatchObject({ caption: 'extremism', handle: 'artyom_2', source: '…' })
    expect(rows[2]!.refusal!.issues).toEqual([{ path: 'Author', message: 'Is empty.' }])
    expect(missing).toEqual([['source.name'], ['post.platform', 'account.platform']])
  })

  it('understands JSON lines, whose beginning may end in the middle of one', async () => {
    const line = JSON.stringify(buildFlagBody())
    const reply = await t.as('admin')(api.previewImport, {
      body: { text: `${line}\n{ broken\n${line.slice(0, 20)}`, isWhole: false, reading: {} },
    })
    expect(reply).toMatchObject({
      shape: { format: 'jsonl' },
      rows: [
        { line: 1, refusal: null },
        { line: 2, flag: null },
      ],
    })
  })

  it('refuses what is no table', async () => {
    await expect(preview('a,a\n1,2')).rejects.toMatchObject({
      status: 400,
      body: { message: 'Two columns are called “a”.' },
    })
    await expect(preview('')).rejects.toMatchObject({ status: 400 })
  })
})

describe('POST /imports', () => {
  it('is for those who may import', async () => {
    const body = {
      importId: crypto.randomUUID(),
      shape: { format: 'csv' as const, delimiter: ',' as const, headers: ['text'] },
      reading: { mapping: {}, constants: {} },
      isDryRun: true,
      text: 'text\n',
      line: 1,
      isLast: true,
    }
    await expect(t.anonymous(api.importPart, { body })).rejects.toMatchObject({ status: 401 })
    await expect(t.as('reviewer')(api.importPart, { body })).rejects.toMatchObject({ status: 403 })
    await expect(t.as('admin')(api.importPart, { body })).rejects.toMatchObject({
      status: 400,
      body: { issues: expect.arrayContaining([{ path: 'source.name', message: 'No column says it.' }]) },
    })
  })

  it('says in a dry run what it would do, does it, and does it once', async () => {
    const dry = await importAll(csv, { constants: source, isDryRun: true })
    expect(dry.counts).toEqual({ read: 3, added: 2, duplicates: 0, rejected: 1 })
    expect(await reviewsOfPost(t.db, 'h-1')).toEqual([])

    const real = await importAll(csv, { constants: source })
    expect(real.counts).toEqual(dry.counts)
    expect(real.rejects).toBe(dry.rejects)
    expect(await reviewsOfPost(t.db, 'h-2')).toMatchObject([{ caption_excerpt: 'Two lines', sources: ['user_report'] }])
    expect((await importAll(csv, { constants: source })).counts).toMatchObject({ added: 0, duplicates: 2, rejected: 1 })

    const events = await t.db.selectFrom('event').selectAll().where('subject_id', '=', real.importId).execute()
    expect(events[0]).toMatchObject({ kind: 'import.part_taken', person_id: t.person('supervisor').id })
    expect(events.reduce((sum, { data }) => sum + Number(data.added), 0)).toBe(2)
  })

  it('answers refused rows in the columns they came in, which come in once they are mended', async () => {
    const text = csv.replaceAll('h-', 'r-')
    const { header, rejects } = await importAll(text, { constants: source, size: 7 })
    expect(rejects).toMatch(/^"5","Posted: Not a time .*","r-3","Three","","vk","yesterday","hate"\r\n$/)
    const mended = `${header}${rejects}`.replace('yesterday', '2026-07-01').replace('""', '"somebody"')
    expect((await importAll(mended, { constants: source })).counts).toMatchObject({ added: 1, rejected: 0 })
    expect(await reviewsOfPost(t.db, 'r-3')).toMatchObject([{ handle: 'somebody' }])
  })

  it('takes JSON lines of any source, in parts that end anywhere', async () => {
    const bodies = Array.from({ length: 30 }, (_, n) =>
      buildFlagBody({ post: { externalId: `json-${n}`, caption: 'é'.repeat(n) } }),
    )
    const text = bodies.map((body) => JSON.stringify(body)).join('\n')
    expect((await importAll(text, { size: 333 })).counts).toEqual({ read: 30, added: 30, duplicates: 0, rejected: 0 })
  })

  it('lets a key import only for its own sources', async () => {
    const call = t.key({ role: 'supervisor', sources: ['other'], kinds: ['user_report'] })
    const { counts, rejects } = await importAll(csv.replaceAll('h-', 'k-'), { constants: source, call })
    expect(counts).toMatchObject({ added: 0, rejected: 3 })
    expect(rejects).toContain('This key may not speak for the source ""partner"" as user_report.')
  })
})
