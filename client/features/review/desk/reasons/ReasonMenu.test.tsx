import { screen, waitFor } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { listPolicies } from '#shared/contract/policies.ts'
import { type CannedReason, listReasons } from '#shared/contract/reasons.ts'
import { buildPolicy, buildReviewRow } from '#test/support/build.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { render } from '#test/support/render.tsx'
import { fittingReasons } from './fitting-reasons.ts'
import { ReasonMenu } from './ReasonMenu.tsx'

const recruitment = buildPolicy({ id: 'tve.recruitment', code: '2.5', shortName: 'Recruitment' })

function buildReason(overrides: Partial<CannedReason>): CannedReason {
  const id = crypto.randomUUID()
  const texts = { en: 'Words.' }
  return {
    id,
    reasonId: id,
    version: 1,
    policyId: null,
    uses: ['rationale'],
    name: 'A reason',
    texts,
    isWithdrawn: false,
    writtenById: null,
    writtenAt: '2026-06-01T10:00:00Z',
    earlier: [],
    ...overrides,
  }
}

const ofClause = buildReason({ policyId: 'tve.recruitment', name: 'Calls', texts: { en: '{handle} under {clause}.' } })
const general = buildReason({ name: 'General', texts: { en: 'Looked at twice.' } })
const reasons = [
  general,
  buildReason({ policyId: 'abuse.insult', name: 'Of another clause' }),
  buildReason({ name: 'Withdrawn', isWithdrawn: true }),
  buildReason({ name: 'For notes', uses: ['note'] }),
  ofClause,
]

it('offers those of the clause first, then those for every clause', () => {
  const offered = fittingReasons(reasons, { use: 'rationale', clauses: ['tve.recruitment'] })
  expect(offered.map(({ name }) => name)).toEqual(['Calls', 'General'])
  expect(fittingReasons(reasons, { use: 'note', clauses: [] }).map(({ name }) => name)).toEqual(['For notes'])
})

it('opens with Shift and F, and a digit inserts the words, filled in', async () => {
  fakeApi()
    .on(listReasons, () => ({ items: reasons }))
    .on(listPolicies, () => ({ items: [recruitment] }))
  const onInsert = vi.fn()
  const { user } = render(
    <ReasonMenu
      review={buildReviewRow({ handle: 'artyom_2' })}
      use="rationale"
      clauses={['tve.recruitment']}
      onInsert={onInsert}
      hasKey
    />,
  )
  await screen.findByRole('button', { name: 'Insert a canned reason into the rationale' })

  await user.keyboard('{Shift>}F{/Shift}')
  expect(await screen.findByRole('menuitem', { name: /^Calls/ })).toHaveTextContent('artyom_2 under 2.5 Recruitment.')
  await user.keyboard('1')

  expect(onInsert).toHaveBeenCalledExactlyOnceWith('artyom_2 under 2.5 Recruitment.')
  await waitFor(() => expect(screen.queryByRole('menuitem')).not.toBeInTheDocument())
})
