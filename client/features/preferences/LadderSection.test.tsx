import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { blankOrganisation, changeLadder, changeOrganisation } from '#shared/contract/preferences.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { render } from '#test/support/render.tsx'
import { LadderSection } from './LadderSection.tsx'
import { SevereSection } from './SevereSection.tsx'

it('saves the steps of the ladder together, and none that do not rise', async () => {
  const api = fakeApi().on(changeLadder, ({ body }) => ({ ...blankOrganisation, strikeLadder: body }))
  const { user } = render(<LadderSection />, { as: 'supervisor' })
  const ladder = await screen.findByRole('region', { name: 'Strike ladder' })
  const [first] = within(ladder).getAllByRole('textbox', { name: 'At strikes' })
  await user.clear(first!)
  await user.type(first!, '9')
  expect(within(ladder).getByRole('button', { name: 'Save the ladder' })).toBeDisabled()
  expect(ladder).toHaveTextContent('Each step needs more strikes than the one before.')

  await user.clear(first!)
  await user.type(first!, '3')
  await user.click(within(ladder).getByRole('button', { name: 'Remove the step at 10' }))
  await user.click(within(ladder).getByRole('button', { name: 'Save the ladder' }))
  await waitFor(() =>
    expect(api.sent(changeLadder)).toEqual([
      {
        windowDays: 365,
        steps: [
          { strikes: 3, kind: 'limit', days: 7 },
          { strikes: 7, kind: 'block', days: 30 },
        ],
      },
    ]),
  )
  expect(ladder).toHaveTextContent('The ladder is saved.')
})

it('says which measures wait for a second person', async () => {
  const api = fakeApi().on(changeOrganisation, ({ body }) => ({ ...blankOrganisation, ...(body as object) }))
  const { user } = render(<SevereSection />, { as: 'admin' })
  expect(await screen.findByRole('checkbox', { name: 'Terminate the account' })).toBeChecked()
  await user.click(screen.getByRole('checkbox', { name: 'Block the account' }))
  await waitFor(() => expect(api.sent(changeOrganisation)).toEqual([{ severeMeasures: ['block', 'terminate'] }]))
})
