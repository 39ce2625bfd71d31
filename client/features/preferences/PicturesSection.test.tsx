import { screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { loadWords } from '#client/i18n/i18n.ts'
import { listPolicies } from '#shared/contract/policies.ts'
import {
  blankOrganisation,
  blankPreferences,
  changeOrganisation,
  changePreferences,
} from '#shared/contract/preferences.ts'
import { buildPolicy } from '#test/support/build.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { render } from '#test/support/render.tsx'
import { CareSection } from './CareSection.tsx'
import { HouseCareSection } from './HouseCareSection.tsx'
import { PicturesSection } from './PicturesSection.tsx'

beforeEach(() => loadWords('preferences'))

const server = () =>
  fakeApi()
    .on(listPolicies, () => ({
      items: [
        buildPolicy({ id: 'a', section: { code: '3', name: 'Violence' } }),
        buildPolicy({ id: 'b', section: { code: '4', name: 'Hate' } }),
        buildPolicy({ id: 'c', kind: 'exemption', section: { code: 'E', name: 'Exemptions' } }),
      ],
    }))
    .on(changePreferences, ({ body }) => ({ ...blankPreferences, ...(body as object) }))
    .on(changeOrganisation, ({ body }) => ({ ...blankOrganisation, ...(body as object) }))

async function choose(user: ReturnType<typeof render>['user'], name: string, option: string) {
  await user.click(await screen.findByRole('combobox', { name }))
  await user.click(await screen.findByRole('option', { name: option }))
}

describe('how pictures look', () => {
  it('is chosen for all of them, and shown on a sample at once', async () => {
    const fake = server()
    const { user } = render(<PicturesSection />)
    expect(await screen.findByRole('img')).toHaveAttribute('src', '/sample/medium-grey.webp')

    await choose(user, 'All pictures', 'Strong blur, in colour')

    expect(fake.sent(changePreferences)).toEqual([
      { redaction: { general: { strength: 'strong', isGrey: false }, byKind: {} } },
    ])
    expect(screen.getByRole('img')).toHaveAttribute('src', '/sample/strong.webp')
  })

  it('never offers an original', async () => {
    server()
    const { user } = render(<PicturesSection />)
    await user.click(await screen.findByRole('combobox', { name: 'All pictures' }))
    const options = await screen.findAllByRole('option')
    expect(options.map((option) => option.textContent)).toEqual([
      'As the organisation: Medium blur, greyscale',
      ...['Soft', 'Medium', 'Strong'].flatMap((blur) => [`${blur} blur, in colour`, `${blur} blur, greyscale`]),
    ])
  })

  it('is chosen for one kind of harm and given up again', async () => {
    const fake = server()
    const { user } = render(<PicturesSection />)
    await choose(user, 'Violence', 'Strong blur, greyscale')
    await choose(user, 'Violence', 'As all pictures: Medium blur, greyscale')
    expect(fake.sent(changePreferences)).toEqual([
      { redaction: { general: null, byKind: { 3: { strength: 'strong', isGrey: true } } } },
      { redaction: { general: null, byKind: {} } },
    ])
    expect(screen.queryByRole('combobox', { name: 'Exemptions' })).not.toBeInTheDocument()
  })

  it('says that the evidence is mixed and the choice the person’s', async () => {
    server()
    render(<PicturesSection />)
    expect(await screen.findByText(/evidence .* is mixed\. The choice is yours/)).toBeVisible()
  })

  it('lets originals be shown by a press', async () => {
    const fake = server()
    const { user } = render(<PicturesSection />)
    await user.click(await screen.findByRole('radio', { name: /^Press once/ }))
    expect(fake.sent(changePreferences)).toEqual([{ revealBy: 'press' }])
  })
})

describe('budget and breaks', () => {
  it('offers less than the organisation, never more', async () => {
    const fake = server()
    const { user } = render(<CareSection />)
    await user.click(await screen.findByRole('combobox', { name: 'Originals a day, at most' }))
    const options = (await screen.findAllByRole('option')).map((option) => option.textContent)
    expect(options[0]).toBe('As the organisation: 120 originals')
    expect(options.at(-1)).toBe('80 originals')
    await user.click(screen.getByRole('option', { name: '40 originals' }))
    expect(fake.sent(changePreferences)).toEqual([{ care: { ...blankPreferences.care, dailyReveals: 40 } }])
  })

  it('lets breaks be proposed never', async () => {
    const fake = server()
    const { user } = render(<CareSection />)
    await user.click(await screen.findByRole('checkbox', { name: /^Propose breaks/ }))
    expect(fake.sent(changePreferences)).toEqual([{ care: { ...blankPreferences.care, isPrompted: false } }])
  })
})

describe('what holds for everybody', () => {
  it('is set by an administrator: looks, budget, and whether anything is counted', async () => {
    const fake = server()
    const { user } = render(<HouseCareSection />, { as: 'admin' })
    await choose(user, 'Hate', 'Soft blur, greyscale')
    await choose(user, 'Originals a day, at most', 'No budget')
    const heavy = await screen.findByRole('group', { name: 'Heavy kinds of harm' })
    await user.click(within(heavy).getByRole('checkbox', { name: 'Hate' }))
    await user.click(screen.getByRole('checkbox', { name: /^Count what people look at/ }))
    const [looks, budget, kinds, counted] = fake.sent(changeOrganisation) as { care?: object; redaction?: object }[]
    expect(looks?.redaction).toMatchObject({ byKind: { 4: { strength: 'soft', isGrey: true } } })
    expect(budget?.care).toMatchObject({ dailyReveals: null })
    expect(kinds?.care).toMatchObject({ heavyKinds: expect.arrayContaining(['4']) })
    expect(counted?.care).toMatchObject({ isCounted: false })
  })
})
