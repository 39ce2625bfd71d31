import { screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { forgetPerson } from '#client/api/session.ts'
import { loadWords } from '#client/i18n/i18n.ts'
import { type Exposure, getExposure, listExposure } from '#shared/contract/exposure.ts'
import { listPolicies } from '#shared/contract/policies.ts'
import { buildPolicy } from '#test/support/build.ts'
import { buildSession, fakeApi } from '#test/support/fake-api.ts'
import { render } from '#test/support/render.tsx'
import { ExposureMeter } from './ExposureMeter.tsx'

const exposure: Exposure = {
  day: '2026-07-03',
  isCounted: true,
  budget: 120,
  added: 0,
  askedAt: null,
  items: 30,
  reveals: 41,
  shownMs: 125_000,
  byKind: [
    { kind: '3', items: 28, reveals: 40, shownMs: 120_000 },
    { kind: null, items: 2, reveals: 1, shownMs: 5_000 },
  ],
}

const server = (change: Partial<Exposure> = {}) =>
  fakeApi()
    .on(getExposure, () => ({ ...exposure, ...change }))
    .on(listPolicies, () => ({ items: [buildPolicy({ section: { code: '3', name: 'Violence' } })] }))

beforeEach(async () => {
  forgetPerson()
  await loadWords('wellbeing')
})

describe('the meter', () => {
  it('says how many originals were seen, of how many', async () => {
    server()
    render(<ExposureMeter />)
    expect(await screen.findByRole('button', { name: 'Today: 41 of 120 originals seen' })).toHaveTextContent('41 / 120')
  })

  it('opens the day in figures, by kind of harm', async () => {
    server({ added: 20 })
    const { user } = render(<ExposureMeter />)
    await user.click(await screen.findByRole('button', { name: /^Today/ }))

    const box = await screen.findByRole('dialog', { name: 'What you looked at today' })
    expect(box).toHaveTextContent('79 originals left today')
    expect(box).toHaveTextContent('20 added by a supervisor')
    const row = await within(box).findByRole('row', { name: /^Violence/ })
    expect(
      within(row)
        .getAllByRole('cell')
        .map((cell) => cell.textContent),
    ).toEqual(['28', '40', '2 min'])
    expect(within(box).getByRole('row', { name: /^Unsorted/ })).toBeVisible()
    expect(box).toHaveTextContent('never in the order of an amount')
  })

  it('says so when nothing is left', async () => {
    server({ reveals: 120 })
    const { user } = render(<ExposureMeter />)
    await user.click(await screen.findByRole('button', { name: /^Today/ }))
    expect(await screen.findByText('All originals of today are seen')).toBeVisible()
  })

  it('stands there without a bar where no budget holds', async () => {
    server({ budget: null })
    render(<ExposureMeter />)
    const meter = await screen.findByRole('button', { name: 'Today: 41 originals seen' })
    expect(meter).toHaveTextContent(/41$/)
    expect(meter).not.toHaveTextContent('/')
  })

  it('says nothing where nothing is counted', async () => {
    const fake = server({ isCounted: false, budget: null })
    render(<ExposureMeter />)
    await vi.waitFor(() => expect(fake.calls(getExposure)).toHaveLength(1))
    expect(screen.queryByRole('button')).not.toBeInTheDocument()
  })
})

describe('a supervisor', () => {
  const person = { ...exposure, name: 'Dana', personId: 'dana' }

  it('is told that somebody asks for more originals, and led to them', async () => {
    server().on(listExposure, () => ({
      day: exposure.day,
      isCounted: true,
      items: [person, { ...person, personId: 'ana', askedAt: '2026-07-03T10:05:00.000Z' }],
    }))
    render(<ExposureMeter />, { as: 'supervisor' })
    expect(await screen.findByRole('link', { name: '1 asks for originals' })).toHaveAttribute('href', '/load')
  })

  it('is told nothing while nobody does', async () => {
    const fake = server().on(listExposure, () => ({ day: exposure.day, isCounted: true, items: [person] }))
    render(<ExposureMeter />, { as: 'supervisor' })
    await vi.waitFor(() => expect(fake.calls(listExposure)).toHaveLength(1))
    expect(screen.queryByRole('link')).not.toBeInTheDocument()
  })
})

describe('a break', () => {
  /** Heavy posts beyond what was there when the page was opened. */
  function decided(more: number, limit = 10) {
    let items = 28
    const session = buildSession()
    session.preferences = { ...session.preferences, care: { ...session.preferences.care, breakItems: limit } }
    const fake = fakeApi().on(getExposure, () => ({
      ...exposure,
      byKind: [{ kind: '3', items, reveals: 0, shownMs: 0 }],
    }))
    const shown = render(<ExposureMeter />, { as: session })
    return {
      ...shown,
      fake,
      work: async () => {
        await screen.findByRole('button', { name: /^Today/ })
        items += more
        await shown.queryClient.invalidateQueries({ queryKey: ['exposure'] })
      },
    }
  }

  it('is proposed after as many heavy posts as the person set, and can be put off', async () => {
    const { user, work } = decided(10)
    await work()
    expect(await screen.findByText('10 heavy posts since the last break.')).toBeVisible()

    await user.click(screen.getByRole('button', { name: 'In 15 minutes' }))

    expect(screen.queryByText(/since the last break/)).not.toBeInTheDocument()
  })

  it('is not proposed before', async () => {
    const { work } = decided(9)
    await work()
    expect(screen.queryByRole('region', { name: 'Time for a break' })).not.toBeInTheDocument()
  })

  it('lasts until the person comes back', async () => {
    const { user, work } = decided(12)
    await work()
    await user.click(await screen.findByRole('button', { name: 'Start a break' }))
    expect(screen.getByText(/^On a break for 0:0/)).toBeVisible()

    await user.click(screen.getByRole('button', { name: 'Back to work' }))

    expect(screen.queryByRole('region', { name: 'Time for a break' })).not.toBeInTheDocument()
  })

  it('takes nothing away from the page', async () => {
    const { work } = decided(10)
    await work()
    await screen.findByText('10 heavy posts since the last break.')
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
    expect(screen.getByRole('button', { name: /^Today/ })).toBeEnabled()
  })
})
