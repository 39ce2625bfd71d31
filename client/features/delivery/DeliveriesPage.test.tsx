import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import {
  type DeliveryRow,
  listDeliveries,
  listReceivers,
  type Receiver,
  retryDelivery,
} from '#shared/contract/deliveries.ts'
import { buildDelivery, buildReceiver } from '#test/support/build.ts'
import { buildSession, fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

/** The list as the server cuts it by state, answer and receiver. */
function server(rows: DeliveryRow[], receivers: Receiver[] = [buildReceiver()]) {
  return fakeApi()
    .as(buildSession('supervisor'))
    .on(listReceivers, () => ({ items: receivers }))
    .on(listDeliveries, ({ query: { state, answer, receiver } }) => {
      const items = rows.filter(
        (row) =>
          (!state || state.includes(row.state)) &&
          (!answer || (row.answer !== null && answer.includes(row.answer))) &&
          (!receiver || receiver.includes(row.receiverId)),
      )
      return { items, nextCursor: null, previousCursor: null, count: { value: items.length, exact: true } }
    })
}

const failed = (overrides: Partial<DeliveryRow> = {}) =>
  buildDelivery({
    state: 'failed',
    attempts: 15,
    lastError: 'The receiver answered 500.',
    canRetry: true,
    ...overrides,
  })

const rowOf = async (reference: string) => (await screen.findByText(reference)).closest('tr')!

describe('the deliveries', () => {
  it('begin with those that wait for a person, and say why', async () => {
    server([failed({ reviewReference: 'DKT-41', apply: ['post.remove', 'account.block'] }), buildDelivery()])
    renderApp('/deliveries')
    const row = await rowOf('DKT-41')
    expect(row).toHaveTextContent('Failed')
    expect(row).toHaveTextContent('Remove the post, Block the account')
    expect(row).toHaveTextContent('The receiver answered 500.')
    expect(screen.getByText('1 delivery')).toBeInTheDocument()
    expect(screen.getAllByRole('row')).toHaveLength(2)
  })

  it('show what platforms answered', async () => {
    server([
      buildDelivery({ reviewReference: 'DKT-1', answer: 'done' }),
      buildDelivery({ reviewReference: 'DKT-2', answer: 'refused', answerText: 'Not under our rules.' }),
      buildDelivery({ reviewReference: 'DKT-3', answer: 'already_deleted' }),
      buildDelivery({ reviewReference: 'DKT-4' }),
      buildDelivery({ reviewReference: 'DKT-5', state: 'pending', attempts: 0, apply: [], lift: ['account.block'] }),
    ])
    renderApp('/deliveries?view=all')
    expect(await rowOf('DKT-1')).toHaveTextContent('Done')
    expect(await rowOf('DKT-2')).toHaveTextContent(/Refused.*Not under our rules\./)
    expect(await rowOf('DKT-3')).toHaveTextContent('Was deleted')
    expect(await rowOf('DKT-4')).toHaveTextContent(/Arrived.*No answer yet/)
    expect(await rowOf('DKT-5')).toHaveTextContent(/Waiting.*Lift the block/)
  })

  it('are sent again one by one', async () => {
    const row = failed({ reviewReference: 'DKT-41' })
    const rows = [row]
    const api = server(rows).on(retryDelivery, () => {
      rows.length = 0
      return { state: 'pending' as const }
    })
    const { user } = renderApp('/deliveries')
    await user.click(await screen.findByRole('button', { name: 'Send again DKT-41' }))
    expect(await screen.findByText('Nothing has failed')).toBeInTheDocument()
    expect(api.calls(retryDelivery)).toMatchObject([{ params: { deliveryId: row.id } }])
  })

  it('are sent again all at once, oldest trouble and newest', async () => {
    const rows = [failed(), failed(), failed({ canRetry: false })]
    const api = server(rows).on(retryDelivery, () => ({ state: 'pending' as const }))
    const { user } = renderApp('/deliveries')
    await user.click(await screen.findByRole('button', { name: 'Send these 2 again' }))
    await waitFor(() => expect(api.calls(retryDelivery)).toHaveLength(2))
  })

  it('say why one was not sent again', async () => {
    server([failed()]).on(retryDelivery, () => ({ refuse: 'already_superseded' }))
    const { user } = renderApp('/deliveries')
    await user.click(await screen.findByRole('button', { name: /Send again/ }))
    expect(await screen.findByText(/a later decision has taken its place/)).toBeInTheDocument()
  })

  it('can be cut to one receiver, in the address', async () => {
    const [vk, telegram] = [buildReceiver({ name: 'VK' }), buildReceiver({ name: 'Telegram' })]
    server(
      [
        failed({ receiverId: vk.id, reviewReference: 'DKT-1' }),
        failed({ receiverId: telegram.id, reviewReference: 'DKT-2' }),
      ],
      [vk, telegram],
    )
    const { user, router } = renderApp('/deliveries')
    await rowOf('DKT-1')
    await user.click(screen.getByRole('button', { name: /Receiver any/ }))
    await user.click(await screen.findByRole('menuitem', { name: 'Telegram' }))
    await waitFor(() => expect(screen.queryByText('DKT-1')).not.toBeInTheDocument())
    expect(router.state.location.search).toEqual({ receiver: telegram.id })
    await user.click(screen.getByRole('button', { name: /Remove.*Receiver|Receiver.*remove/i }))
    expect(await rowOf('DKT-1')).toBeInTheDocument()
  })

  it('are only looked at by auditors', async () => {
    server([failed()]).as('auditor')
    renderApp('/deliveries')
    const table = await screen.findByRole('table')
    await within(table).findByText('Failed')
    expect(screen.queryByRole('button', { name: /Send again/ })).not.toBeInTheDocument()
  })

  it('are closed to reviewers', async () => {
    server([]).as('reviewer')
    renderApp('/deliveries')
    expect(await screen.findByText(/permission|may not/i)).toBeInTheDocument()
  })
})
