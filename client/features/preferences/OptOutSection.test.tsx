import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { listPolicies } from '#shared/contract/policies.ts'
import { changeOptOuts, getOptOuts } from '#shared/contract/routing.ts'
import { buildPolicy } from '#test/support/build.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { render } from '#test/support/render.tsx'
import { OptOutSection } from './OptOutSection.tsx'

const clause = buildPolicy({
  id: 'tve.recruitment',
  code: '2.5',
  shortName: 'Recruitment',
  section: { code: '2', name: 'Terrorist content' },
})

it('keeps a kind of harm away from the person who says so, at once', async () => {
  let kept: string[] = []
  const fake = fakeApi()
    .on(listPolicies, () => ({ items: [clause] }))
    .on(getOptOuts, () => ({ optedOut: kept }))
    .on(changeOptOuts, ({ body }) => {
      kept = body.optedOut
      return { optedOut: kept }
    })
  const { user } = render(<OptOutSection />)
  await user.click(await screen.findByRole('combobox', { name: 'Kinds of harm and clauses' }))
  await user.click(await screen.findByRole('option', { name: 'Section 2 Terrorist content' }))
  await waitFor(() => expect(fake.sent(changeOptOuts)).toMatchObject([{ optedOut: ['section:2'] }]))
})

it('says when it was not kept, and shows what holds', async () => {
  fakeApi()
    .on(listPolicies, () => ({ items: [clause] }))
    .on(getOptOuts, () => ({ optedOut: ['section:2'] }))
    .on(changeOptOuts, () => ({ refuse: 'internal' }))
  const { user } = render(<OptOutSection />)
  await user.click(await screen.findByRole('combobox', { name: 'Kinds of harm and clauses' }))
  await user.click(await screen.findByRole('option', { name: '2.5 Recruitment' }))
  expect(await screen.findByText(/^It was not kept/)).toBeVisible()
  expect(screen.getAllByText('Section 2 Terrorist content').length).toBeGreaterThan(0)
})
