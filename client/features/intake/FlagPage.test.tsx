import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { loadWords } from '#client/i18n/i18n.ts'
import { createFlag } from '#shared/contract/flags.ts'
import { uploadMedia } from '#shared/contract/media.ts'
import { listPolicies } from '#shared/contract/policies.ts'
import { buildPolicy, buildSha256 } from '#test/support/build.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { render } from '#test/support/render.tsx'
import { FlagPage } from './FlagPage.tsx'
import { dropFlag, useFlagStore } from './flag.store.ts'

beforeEach(async () => {
  dropFlag()
  await loadWords('intake')
})

const clause = buildPolicy({ id: 'tve.glorification', code: '2.3' })
const picture = (name: string) => new File(['bytes'], name, { type: 'image/png' })
const stored = (sha256 = buildSha256()) => ({
  sha256,
  mime: 'image/png',
  size: 5,
  width: 10,
  height: 10,
  state: 'pending' as const,
  isNew: true,
})

function open() {
  const api = fakeApi()
    .on(listPolicies, () => ({ items: [clause] }))

    .on(uploadMedia, () => stored())
  return { api, ...render(<FlagPage />) }
}
type Opened = ReturnType<typeof open>

async function fill({ user }: Opened) {
  await user.click(await screen.findByRole('textbox', { name: 'Link' }))
  await user.paste('https://vk.com/artyom_2?w=wall77_1')
  await user.type(screen.getByRole('textbox', { name: 'Caption' }), 'Three photographs')
  await user.click(screen.getByRole('combobox', { name: 'Suspected clause' }))
  await user.click(await screen.findByRole('option', { name: /Glorification/ }))
}

describe('FlagPage', () => {
  it('reads platform and account from the link and opens the review that comes of it', async () => {
    const opened = open()
    const reviewId = crypto.randomUUID()
    opened.api.on(createFlag, () => ({
      flagId: crypto.randomUUID(),
      reviewId,
      isDuplicate: false,
      effect: 'opened' as const,
    }))
    await fill(opened)
    expect(screen.getByRole('textbox', { name: 'Platform' })).toHaveValue('vk')
    expect(screen.getByRole('textbox', { name: 'Account' })).toHaveValue('artyom_2')

    await opened.user.click(screen.getByRole('button', { name: /Open the review/ }))

    await waitFor(() => expect(opened.router.state.location.pathname).toBe(`/reviews/${reviewId}`))
    expect(opened.api.sent(createFlag)).toMatchObject([
      {
        source: { kind: 'own_initiative', name: 'docket' },
        reason: { policy: 'tve.glorification' },
        post: { platform: 'vk', externalId: 'wall77_1', caption: 'Three photographs', media: [] },
        account: { externalId: 'artyom_2', handle: 'artyom_2' },
      },
    ])
    expect(useFlagStore.getState().caption).toBe('')
  })

  it('keeps pictures that are dropped or pasted, and shows none of them', async () => {
    const opened = open()
    opened.api.on(createFlag, () => ({
      flagId: crypto.randomUUID(),
      reviewId: null,
      isDuplicate: false,
      effect: 'opened' as const,
    }))
    await fill(opened)
    const form = screen.getByRole('textbox', { name: 'Link' }).closest('form')!
    fireEvent.drop(form, { dataTransfer: { files: [picture('dropped.png')] } })
    fireEvent.paste(form, { clipboardData: { files: [picture('pasted.png')] } })
    const list = await screen.findByRole('list', { name: 'Pictures' })
    await waitFor(() => expect(within(list).getAllByText('Kept')).toHaveLength(2))
    expect(within(list).queryByRole('img')).toBeNull()

    await opened.user.click(screen.getByRole('button', { name: /Open the review/ }))

    await waitFor(() => expect(opened.api.sent(createFlag)).toHaveLength(1))
    expect(opened.api.sent(createFlag)).toMatchObject([
      { post: { media: [{ sha256: expect.any(String), name: 'dropped.png' }, { name: 'pasted.png' }] } },
    ])
  })

  it('keeps everything when the server does not answer, and sends the same flag again', async () => {
    const opened = open()
    let isDown = true
    opened.api.on(createFlag, () => {
      if (isDown) throw new TypeError('network')
      return { flagId: crypto.randomUUID(), reviewId: null, isDuplicate: true, effect: 'opened' as const }
    })
    await fill(opened)
    await opened.user.click(screen.getByRole('button', { name: /Open the review/ }))
    expect(await screen.findByText(/Everything you typed is kept here/)).toBeVisible()
    expect(screen.getByRole('textbox', { name: 'Caption' })).toHaveValue('Three photographs')

    isDown = false
    await opened.user.click(screen.getByRole('button', { name: /Open the review/ }))
    await waitFor(() => expect(opened.api.calls(createFlag)).toHaveLength(2))
    const ids = (opened.api.sent(createFlag) as { source: { externalId: string } }[]).map(
      ({ source }) => source.externalId,
    )
    expect(ids[0]).toBe(ids[1])
  })

  it('says what is missing and goes there', async () => {
    const { user, api } = open()
    await user.click(await screen.findByRole('button', { name: /Open the review/ }))
    expect(screen.getByText('Name the platform.')).toBeVisible()
    expect(screen.getByText('Choose a clause.')).toBeVisible()
    expect(screen.getByText('A link, a caption or a picture is needed.')).toBeVisible()
    expect(screen.getByRole('textbox', { name: 'Platform' })).toHaveFocus()
    expect(api.calls(createFlag)).toEqual([])
  })

  it('flags an account alone', async () => {
    const opened = open()
    opened.api.on(createFlag, () => ({
      flagId: crypto.randomUUID(),
      reviewId: null,
      isDuplicate: false,
      effect: 'opened' as const,
    }))
    await opened.user.click(await screen.findByRole('radio', { name: 'An account' }))
    expect(screen.queryByRole('textbox', { name: 'Caption' })).toBeNull()
    await opened.user.click(screen.getByRole('textbox', { name: 'Link to the account' }))
    await opened.user.paste('https://t.me/channel_7')
    await opened.user.click(screen.getByRole('combobox', { name: 'Suspected clause' }))
    await opened.user.click(await screen.findByRole('option', { name: /Glorification/ }))
    await opened.user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() => expect(opened.api.sent(createFlag)).toHaveLength(1))
    expect(await screen.findAllByText('Flagged. The review waits in a queue that you do not see.')).not.toHaveLength(0)
    const [body] = opened.api.sent(createFlag)
    expect(body).toMatchObject({
      account: { platform: 'telegram', externalId: 'channel_7', url: 'https://t.me/channel_7' },
    })
    expect(body).not.toHaveProperty('post')
  })

  it('says why a picture was refused', async () => {
    const { api } = open()
    api.on(uploadMedia, () => ({ refuse: 'unsupported_media' }))
    const form = (await screen.findByRole('textbox', { name: 'Link' })).closest('form')!
    fireEvent.drop(form, { dataTransfer: { files: [picture('broken.png')] } })
    expect(await screen.findByText(/Refused: unsupported_media/)).toBeVisible()
  })
})
