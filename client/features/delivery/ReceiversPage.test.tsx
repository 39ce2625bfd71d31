import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { addReceiver, changeReceiver, listReceivers, type Receiver, rotateSecret } from '#shared/contract/deliveries.ts'
import type { Role } from '#shared/domain/permissions.ts'
import { buildReceiver } from '#test/support/build.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

const server = (receivers: Receiver[], role: Role = 'admin') =>
  fakeApi()
    .as(role)
    .on(listReceivers, () => ({ items: receivers }))

const panelOf = (name: string) => screen.findByRole('region', { name })

describe('the receivers', () => {
  it('say whom they serve and how it goes', async () => {
    server([
      buildReceiver({ name: 'VK', platforms: ['vk'], sources: ['vk-intake'], waiting: 3, failed: 2 }),
      buildReceiver({ name: 'Archive', platforms: [], isActive: false }),
    ])
    renderApp('/receivers')
    const vk = await panelOf('VK')
    expect(vk).toHaveTextContent(/On.*vk-intake.*3 on their way.*2 failed/)
    expect(within(vk).getByRole('link', { name: '2 failed' })).toHaveAttribute(
      'href',
      expect.stringContaining('receiver='),
    )
    expect(await panelOf('Archive')).toHaveTextContent(/Off.*Every platform and source.*Nothing yet/)
  })

  it('are added, and the secret is shown once', async () => {
    const receivers: Receiver[] = []
    const api = server(receivers).on(addReceiver, ({ body: { clientId: _, ...input } }) => {
      const receiver = buildReceiver(input)
      receivers.push(receiver)
      return { receiver, secret: 'the-secret' }
    })
    const { user } = renderApp('/receivers')
    await user.click(await screen.findByRole('button', { name: 'Add a receiver' }))
    const form = await screen.findByRole('dialog')
    await user.type(within(form).getByRole('textbox', { name: 'Name' }), 'VK')
    await user.type(within(form).getByRole('textbox', { name: 'Address' }), 'vk.example/hooks')
    await user.type(within(form).getByRole('textbox', { name: 'Platforms' }), 'vk, ok')
    await user.click(within(form).getByRole('button', { name: 'Save' }))
    expect(await screen.findByRole('textbox', { name: 'Secret' })).toHaveValue('the-secret')
    expect(api.sent(addReceiver)).toMatchObject([
      { name: 'VK', url: 'https://vk.example/hooks', platforms: ['vk', 'ok'], sources: [], isActive: true },
    ])
    await user.click(screen.getByRole('button', { name: 'I have kept it' }))
    expect(await panelOf('VK')).toBeInTheDocument()
    expect(screen.queryByDisplayValue('the-secret')).not.toBeInTheDocument()
  })

  it('keep what was typed when they could not be saved, and act once', async () => {
    let tries = 0
    const api = server([]).on(addReceiver, ({ body }) => {
      tries += 1
      if (tries === 1) throw new TypeError('offline')
      return { receiver: buildReceiver({ name: body.name }), secret: 'the-secret' }
    })
    const { user } = renderApp('/receivers')
    await user.click(await screen.findByRole('button', { name: 'Add a receiver' }))
    await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'VK')
    await user.type(screen.getByRole('textbox', { name: 'Address' }), 'vk.example/hooks')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText(/Saving again cannot act twice/)).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await screen.findByDisplayValue('the-secret')
    const [first, second] = api.sent(addReceiver) as { clientId: string }[]
    expect(second!.clientId).toBe(first!.clientId)
  })

  it('are changed and switched off', async () => {
    const receiver = buildReceiver({ name: 'VK' })
    const api = server([receiver]).on(changeReceiver, () => ({ receiver }))
    const { user } = renderApp('/receivers')
    await user.click(await screen.findByRole('button', { name: 'Change VK' }))
    await user.click(await screen.findByRole('checkbox', { name: /Switched on/ }))
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
    expect(api.sent(changeReceiver)).toMatchObject([{ name: 'VK', url: receiver.url, isActive: false }])
  })

  it('get a new secret beside the old one', async () => {
    const receiver = buildReceiver({ name: 'VK' })
    const api = server([receiver]).on(rotateSecret, () => ({ receiver, secret: 'the-new-secret' }))
    const { user } = renderApp('/receivers')
    await user.click(await screen.findByRole('button', { name: 'New secret VK' }))
    await user.click(await screen.findByRole('button', { name: 'Make it' }))
    expect(await screen.findByDisplayValue('the-new-secret')).toBeInTheDocument()
    expect(api.sent(rotateSecret)).toMatchObject([{ overlapHours: 24 }])
  })

  it('are only looked at by supervisors', async () => {
    server([buildReceiver({ name: 'VK' })], 'supervisor')
    renderApp('/receivers')
    await panelOf('VK')
    expect(screen.queryByRole('button', { name: /Change|New secret|Add/ })).not.toBeInTheDocument()
  })

  it('say what it means that there is none', async () => {
    server([])
    renderApp('/receivers')
    expect(await screen.findByText('No receiver yet')).toBeInTheDocument()
    expect(screen.getByText(/Decisions are recorded, not sent/)).toBeInTheDocument()
  })
})
