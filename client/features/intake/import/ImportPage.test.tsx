import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { loadWords } from '#client/i18n/i18n.ts'
import { type ImportReading, importPart, previewImport } from '#shared/contract/imports.ts'
import { missingFields } from '#shared/domain/import-fields.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { render } from '#test/support/render.tsx'
import { ImportPage } from './ImportPage.tsx'

beforeEach(() => loadWords('intake'))

const csv = 'Text,Author\nHello,dana\nBad,\n'
const proposed: ImportReading['mapping'] = { 'post.caption': 'Text', 'account.handle': 'Author' }

function open() {
  const api = fakeApi()
    .as('supervisor')
    .on(previewImport, ({ body }) => {
      const { mapping = proposed, constants = {} } = body.reading
      const reading = { mapping, constants }
      return {
        shape: { format: 'csv' as const, delimiter: ',' as const, headers: ['Text', 'Author'] },
        reading,
        missing: missingFields(reading.mapping, reading.constants).map((group) => [...group]),
        rows: [
          {
            line: 2,
            flag: {
              source: 'partner',
              platform: 'vk',
              handle: 'dana',
              caption: 'Hello',
              reason: 'unlabelled',
              flaggedAt: '2026-07-01T08:00:00Z',
              mediaCount: 0,
            },
            refusal: null,
          },
          { line: 3, flag: null, refusal: { message: 'no', issues: [{ path: 'Author', message: 'Is empty.' }] } },
        ],
      }
    })
  return { api, ...render(<ImportPage />, { as: 'supervisor' }) }
}

const done = (isDryRun: boolean, text: string) => ({
  consumed: text.length,
  line: 4,
  read: 2,
  added: 1,
  duplicates: 0,
  rejected: 1,
  rejects: isDryRun ? '' : '"3","Author: Is empty.","Bad",""\r\n',
  rejectsHeader: '"docket_line","docket_reason","Text","Author"\r\n',
})

async function choose({ user }: ReturnType<typeof open>, file = new File([csv], 'posts.csv', { type: 'text/csv' })) {
  await user.upload(await screen.findByLabelText('choose a file'), file)
}

async function sayForAll({ user }: ReturnType<typeof open>) {
  await user.type(await screen.findByRole('textbox', { name: /Source/ }), 'partner')
  await user.type(screen.getByRole('textbox', { name: /Platform/ }), 'vk')
  await user.tab()
  await waitFor(() => expect(screen.getByRole('button', { name: 'Import' })).toBeEnabled())
}

describe('ImportPage', () => {
  it('is closed to those who may not import', async () => {
    fakeApi()
    render(<ImportPage />)
    expect(await screen.findByRole('heading', { name: 'Not for your role' })).toBeVisible()
  })

  it('shows what the columns say and how the first rows are understood, before anything runs', async () => {
    const opened = open()
    await choose(opened)
    expect(await screen.findByRole('combobox', { name: 'Text: Says' })).toHaveValue('Caption')
    const table = screen.getByRole('table', { name: 'First rows, as they are understood' })
    expect(within(table).getByText('Hello')).toBeVisible()
    expect(within(table).getByText('Author: Is empty.')).toBeVisible()
    expect(screen.getByText('Before it can run: name Source, and Platform or Platform of the account.')).toBeVisible()
    expect(screen.getByRole('button', { name: 'Import' })).toBeDisabled()
    expect(opened.api.calls(importPart)).toEqual([])
  })

  it('asks anew when somebody says what a column means', async () => {
    const opened = open()
    await choose(opened)
    await opened.user.click(await screen.findByRole('combobox', { name: 'Author: Says' }))
    await opened.user.click(await screen.findByRole('option', { name: 'Number of the account' }))
    await waitFor(() => expect(opened.api.sent(previewImport)).toHaveLength(2))
    expect(opened.api.sent(previewImport)[1]).toMatchObject({
      reading: { mapping: { 'post.caption': 'Text', 'account.externalId': 'Author' } },
    })
  })

  it('tries it without changing anything, then does it, and offers the refused rows', async () => {
    const opened = open()
    opened.api.on(importPart, ({ body }) => done(body.isDryRun, body.text))
    await choose(opened)
    await sayForAll(opened)

    await opened.user.click(screen.getByRole('button', { name: 'Dry run' }))
    expect(await screen.findByRole('heading', { name: 'Dry run ended' })).toBeVisible()
    expect(screen.getByText('1 would be added')).toBeVisible()

    await opened.user.click(screen.getByRole('button', { name: 'Import' }))
    expect(await screen.findByRole('heading', { name: 'Import ended' })).toBeVisible()
    expect(screen.getByText('1 added')).toBeVisible()
    expect(screen.getByText('1 refused')).toBeVisible()
    expect(screen.getByRole('button', { name: 'Download the refused rows' })).toBeVisible()
    expect(opened.api.sent(importPart)).toMatchObject([
      { isDryRun: true, text: csv, line: 1, isLast: true, reading: { constants: { 'source.name': 'partner' } } },
      { isDryRun: false, text: csv },
    ])
  })

  it('says what stays when the server does not answer', async () => {
    const opened = open()
    opened.api.on(importPart, () => {
      throw new TypeError('network')
    })
    await choose(opened)
    await sayForAll(opened)
    await opened.user.click(screen.getByRole('button', { name: 'Import' }))
    expect(await screen.findByText(/importing the file again adds the rest/)).toBeVisible()
  })

  it('refuses a file that is no text', async () => {
    const opened = open()
    await choose(opened, new File([new Uint8Array([0x63, 0xe9, 0x0a])], 'latin.csv'))
    expect(await screen.findByText(/It is neither UTF-8 nor UTF-16/)).toBeVisible()
  })
})
