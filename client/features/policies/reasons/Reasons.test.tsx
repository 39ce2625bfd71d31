import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { type CannedReason, listReasons, writeReason } from '#shared/contract/reasons.ts'
import { listPeople } from '#shared/contract/team.ts'
import type { Role } from '#shared/domain/permissions.ts'
import { buildPerson } from '#test/support/build.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { render } from '#test/support/render.tsx'
import { Reasons } from './Reasons.tsx'

function buildReason(overrides: Partial<CannedReason> = {}): CannedReason {
  return {
    id: crypto.randomUUID(),
    reasonId: crypto.randomUUID(),
    version: 1,
    policyId: 'tve.recruitment',
    uses: ['rationale'],
    name: 'Calls to join',
    texts: { en: '{handle} calls on others to join.', ru: '{handle} призывает вступить.' },
    isWithdrawn: false,
    writtenById: 'person-marta',
    writtenAt: '2026-06-01T10:00:00Z',
    earlier: [],
    ...overrides,
  }
}

function serverWith(items: CannedReason[]) {
  return fakeApi()
    .on(listPeople, () => ({ items: [buildPerson({ id: 'person-marta', name: 'Marta Kowal' })] }))
    .on(listReasons, () => ({ items }))
    .on(writeReason, ({ body }) => {
      const old = items.find(({ id }) => id === body.supersedesId)
      const { clientId: _, supersedesId: __, ...words } = body
      const next = buildReason({ ...words, version: (old?.version ?? 0) + 1, earlier: old ? [old] : [] })
      items.splice(
        old ? items.indexOf(old) : items.length,
        old ? 1 : 0,
        old ? { ...next, reasonId: old.reasonId } : next,
      )
      return next
    })
}

const show = (as: Role = 'supervisor') => render(<Reasons policyId="tve.recruitment" />, { as })

it('shows those of the clause and those for every clause, to reviewers without a way to change them', async () => {
  serverWith([
    buildReason(),
    buildReason({ policyId: null, name: 'Asked for more', texts: { en: 'More is needed.' } }),
    buildReason({ policyId: 'abuse.insult', name: 'Belittles' }),
  ])
  show('reviewer')

  const list = within(await screen.findByRole('list', { name: 'Canned reasons' }))
  expect(await list.findByText('Calls to join')).toBeVisible()
  expect(list.getByText('Asked for more')).toBeVisible()
  expect(list.queryByText('Belittles')).not.toBeInTheDocument()
  expect(list.getByText('{handle} призывает вступить.')).toHaveAttribute('lang', 'ru')
  expect(screen.queryByRole('button', { name: 'Add a canned reason' })).not.toBeInTheDocument()
  expect(screen.queryByRole('button', { name: /^Change/ })).not.toBeInTheDocument()
})

it('writes one for the clause, in two languages', async () => {
  const server = serverWith([])
  const { user } = show()

  await user.click(await screen.findByRole('button', { name: 'Add a canned reason' }))
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(screen.getByText('A name is needed.')).toBeVisible()
  await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Travel')
  await user.type(screen.getByRole('textbox', { name: 'Words, English' }), 'Tells of travel by {{name}.')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(screen.getByText('Nothing is known of {name}.')).toBeVisible()
  await user.clear(screen.getByRole('textbox', { name: 'Words, English' }))
  await user.type(screen.getByRole('textbox', { name: 'Words, English' }), 'Tells of travel by {{handle}.')
  await user.click(screen.getByRole('checkbox', { name: 'Notes' }))
  await user.click(screen.getByRole('button', { name: 'Save' }))

  expect(await screen.findByText('Tells of travel by {handle}.')).toBeVisible()
  expect(server.sent(writeReason)).toMatchObject([
    {
      policyId: 'tve.recruitment',
      name: 'Travel',
      uses: ['rationale', 'note'],
      texts: { en: 'Tells of travel by {handle}.' },
      supersedesId: null,
    },
  ])
})

it('puts a new version in the old one’s place, which stays readable', async () => {
  const reason = buildReason()
  const server = serverWith([reason])
  const { user } = show()

  await user.click(await screen.findByRole('button', { name: 'Change Calls to join' }))
  const words = screen.getByRole('textbox', { name: 'Words, English' })
  await user.clear(words)
  await user.type(words, 'Asks others to come.')
  await user.click(screen.getByRole('button', { name: 'Save as v2' }))

  expect(await screen.findByText('Asks others to come.')).toBeVisible()
  expect(server.sent(writeReason)).toMatchObject([{ supersedesId: reason.id }])
  await user.click(screen.getByRole('button', { name: '1 earlier version' }))
  expect(screen.getByRole('list', { name: 'Earlier versions' })).toHaveTextContent('{handle} calls on others to join.')
})

it('withdraws one and offers it again', async () => {
  serverWith([buildReason()])
  const { user } = show()

  await user.click(await screen.findByRole('button', { name: 'Withdraw Calls to join' }))
  expect(await screen.findByText('Withdrawn')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Offer Calls to join again' }))

  expect(await screen.findByRole('button', { name: 'Withdraw Calls to join' })).toBeVisible()
})

it('keeps what was typed when somebody was faster', async () => {
  serverWith([buildReason()]).on(writeReason, () => ({ refuse: 'already_superseded' }))
  const { user } = show()

  await user.click(await screen.findByRole('button', { name: 'Change Calls to join' }))
  await user.type(screen.getByRole('textbox', { name: 'Name' }), ', mended')
  await user.click(screen.getByRole('button', { name: 'Save as v2' }))

  expect(await screen.findByText(/somebody wrote a newer version/)).toBeVisible()
  expect(screen.getByRole('textbox', { name: 'Name' })).toHaveValue('Calls to join, mended')
})
