import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import {
  cancelExport,
  createExport,
  createSchedule,
  deleteSchedule,
  type Export,
  type ExportSchedule,
  getManifest,
  listExports,
  listSchedules,
  type Manifest,
} from '#shared/contract/exports.ts'
import { listPeople } from '#shared/contract/team.ts'
import type { Role } from '#shared/domain/permissions.ts'
import { buildSession, fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

const me = buildSession('supervisor').person.id

const buildExport = (overrides: Partial<Export> = {}): Export => ({
  id: crypto.randomUUID(),
  kind: 'decisions',
  format: 'xlsx',
  filter: { platform: ['vk'] },
  period: { from: '2026-06-01', to: '2026-06-30' },
  state: 'ended',
  personId: me,
  scheduleId: null,
  askedAt: '2026-07-01T08:00:00.000Z',
  endedAt: '2026-07-01T08:00:09.000Z',
  rows: 1904,
  expectedRows: 1904,
  bytes: 5_240_000,
  sha256: 'ab'.repeat(32),
  isClosed: true,
  failure: null,
  expiresAt: '2026-07-08T08:00:09.000Z',
  isDownloadable: true,
  ...overrides,
})

const schedule: ExportSchedule = {
  id: crypto.randomUUID(),
  name: 'dsa',
  kind: 'decisions',
  format: 'csv',
  filter: {},
  language: 'en',
  every: 'month',
  folder: 'reports',
  personId: me,
  createdAt: '2026-06-01T00:00:00.000Z',
  next: { from: '2026-07-01', to: '2026-07-31', at: '2026-08-01T00:15:00.000Z' },
  last: { exportId: crypto.randomUUID(), state: 'broken', from: '2026-06-01', to: '2026-06-30' },
  halted: 'folder',
}

type World = { role?: Role; items?: Export[]; schedules?: ExportSchedule[]; hasFolder?: boolean }

const server = ({ role = 'supervisor', items = [], schedules = [], hasFolder = true }: World = {}) =>
  fakeApi()
    .as(role)
    .on(listExports, () => ({ items, nextAfter: null, timeZone: 'Asia/Almaty', hasFolder }))
    .on(listSchedules, () => ({ items: schedules }))
    .on(listPeople, () => ({ items: [{ id: me, name: 'Marta', role: 'supervisor' as const, isActive: true }] }))

/** Once it has rows. */
async function table() {
  const found = await screen.findByRole('table', { name: 'Files' })
  await within(found).findAllByRole('button')
  return found
}

describe('exports', () => {
  it('say what each file holds, how far it is and what may be done with it', async () => {
    const running = buildExport({
      kind: 'flags',
      state: 'running',
      rows: 30,
      expectedRows: 120,
      expiresAt: null,
      isDownloadable: false,
      isClosed: false,
    })
    const broken = buildExport({
      kind: 'events',
      format: 'html',
      state: 'broken',
      failure: 'too_many_rows',
      expiresAt: null,
      isDownloadable: false,
    })
    const ready = buildExport()
    const api = server({ items: [running, broken, ready] }).on(cancelExport, () => ({
      ...running,
      state: 'cancelled' as const,
    }))
    const { user } = renderApp('/exports')
    const [, first, second, third] = within(await table()).getAllByRole('row')
    expect(within(first!).getByRole('meter', { name: 'Rows written' })).toHaveAttribute('aria-valuenow', '30')
    expect(second).toHaveTextContent(/Audit log.*HTML.*Broken off.*Too many rows to print/)
    expect(third).toHaveTextContent(
      /Decisions.*XLSX.*Closed.*1 Jun 2026 – 30 Jun 2026 · platform: vk.*Ready.*1,904.*5.2 MB/,
    )
    expect(within(third!).getByRole('link', { name: 'Download Decisions' })).toHaveAttribute(
      'href',
      `/api/v1/exports/${ready.id}/file`,
    )
    await user.click(within(first!).getByRole('button', { name: 'Cancel Flags' }))
    await waitFor(() => expect(api.calls(cancelExport)).toMatchObject([{ params: { exportId: running.id } }]))
  })

  it('are proved by a manifest', async () => {
    const row = buildExport()
    const manifest: Manifest = {
      exportId: row.id,
      file: 'decisions_2026-06-01_2026-06-30.xlsx',
      kind: row.kind,
      format: row.format,
      filter: row.filter,
      period: { from: '2026-06-01', to: '2026-06-30', timeZone: 'Asia/Almaty', fromAt: null, toAt: null },
      columns: ['decision id', 'review'],
      leftOut: ['restricted'],
      rows: 1904,
      bytes: 5_240_000,
      sha256: 'ab'.repeat(32),
      rowsSha256: 'cd'.repeat(32),
      seq: 48_213,
      asOf: '2026-06-30T19:00:00.000Z',
      isClosed: true,
      madeBy: me,
      scheduleId: null,
      askedAt: row.askedAt,
      endedAt: row.endedAt!,
    }
    server({ items: [row] }).on(getManifest, () => manifest)
    const { user } = renderApp('/exports')
    await user.click(within(await table()).getByRole('button', { name: 'Manifest Decisions' }))
    const panel = await screen.findByRole('region', { name: `Manifest: ${manifest.file}` })
    expect(panel).toHaveTextContent(/what is restricted.*48,213.*30 Jun 2026, 19:00 UTC.*decision id, review/)
    expect(within(panel).getByRole('link', { name: 'JSON' })).toHaveAttribute(
      'href',
      `/api/v1/exports/${row.id}/manifest`,
    )
    await user.click(within(panel).getByRole('button', { name: 'Close the manifest' }))
    expect(screen.queryByRole('region', { name: /^Manifest/ })).not.toBeInTheDocument()
  })

  it('are asked for with what a list hands over', async () => {
    const asked = buildExport({ state: 'queued' })
    const api = server().on(createExport, () => asked)
    const filter = encodeURIComponent(JSON.stringify({ platform: ['vk'], language: ['ru'] }))
    const { user } = renderApp(`/exports?kind=reviews&filter=${filter}`)
    const form = await screen.findByRole('form', { name: 'New export' })
    await waitFor(() => expect(form).toHaveTextContent('Days are those of Asia/Almaty.'))
    await user.click(within(form).getByRole('button', { name: /language/ }))
    await user.type(within(form).getByLabelText('From'), '2026-06-01')
    await user.click(within(form).getByRole('button', { name: 'Make the export' }))
    await waitFor(() =>
      expect(api.sent(createExport)).toMatchObject([
        { kind: 'reviews', format: 'xlsx', filter: { platform: ['vk'] }, period: { from: '2026-06-01' } },
      ]),
    )
    await waitFor(() => expect(screen.queryByRole('form', { name: 'New export' })).not.toBeInTheDocument())
  })

  it('keep what was chosen when they are refused', async () => {
    server().on(createExport, () => ({ refuse: 'too_many_exports' }))
    const { user } = renderApp('/exports')
    await user.click((await screen.findAllByRole('button', { name: 'New export' }))[0]!)
    await user.click(screen.getByRole('button', { name: 'Make the export' }))
    expect(await screen.findByText('Ten of your exports are not finished yet.')).toBeInTheDocument()
  })

  it('are set on a schedule, and it is ended', async () => {
    const api = server({ schedules: [schedule] })
      .on(createSchedule, () => schedule)
      .on(deleteSchedule, () => ({}))
    const { user } = renderApp('/exports?kind=decisions')
    const form = await screen.findByRole('form', { name: 'New export' })
    await user.click(await within(form).findByRole('combobox', { name: 'Repeat' }))
    await user.click(await screen.findByRole('option', { name: 'Each month' }))
    await user.type(within(form).getByRole('textbox', { name: 'Name of the files' }), 'monthly')
    await user.type(within(form).getByRole('textbox', { name: 'Folder' }), 'dsa')
    await user.click(within(form).getByRole('button', { name: 'Set the schedule' }))
    await waitFor(() =>
      expect(api.sent(createSchedule)).toMatchObject([{ every: 'month', name: 'monthly', folder: 'dsa' }]),
    )
    const row = within(await screen.findByRole('table', { name: 'Schedules' })).getAllByRole('row')[1]!
    expect(row).toHaveTextContent(
      /dsa.*Decisions.*Waits: the folder is not there.*reports\/.*Each month.*1 Jun 2026 – 30 Jun 2026.*Broken off/,
    )
    await user.click(within(row).getByRole('button', { name: 'End dsa' }))
    await waitFor(() => expect(api.calls(deleteSchedule)).toHaveLength(1))
  })

  it('are not scheduled by auditors, nor without a folder', async () => {
    server({ role: 'auditor', schedules: [schedule] })
    renderApp('/exports?kind=decisions')
    await screen.findByRole('table', { name: 'Schedules' })
    expect(screen.queryByRole('button', { name: /^End/ })).not.toBeInTheDocument()
    expect(screen.queryByRole('combobox', { name: 'Repeat' })).not.toBeInTheDocument()
  })
})
