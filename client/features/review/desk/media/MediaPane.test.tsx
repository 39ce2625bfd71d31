import { fireEvent, screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { beforeEach, describe, expect, it } from 'vitest'
import { getMedia } from '#shared/contract/media.ts'
import { endReveal, type ReviewId, revealMedia, type SnapshotMedia } from '#shared/contract/reviews.ts'
import type { Role } from '#shared/domain/permissions.ts'
import { buildSnapshot, buildSnapshotMedia } from '#test/support/build.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { render } from '#test/support/render.tsx'
import { MediaPane } from './MediaPane.tsx'

const reviewId = crypto.randomUUID() as ReviewId

// jsdom keeps no blobs.
beforeEach(() => {
  URL.createObjectURL = () => 'blob:original'
  URL.revokeObjectURL = () => {}
})

/** A server that grants every reveal; `bytes` may keep the original waiting. */
function serverThatReveals(bytes: Promise<Response> | Response = new Response('original')) {
  return fakeApi()
    .on(revealMedia, ({ body }) => ({
      revealId: crypto.randomUUID(),
      url: `/api/v1/media/${body.sha256}/display?grant=once`,
      expiresAt: '2026-07-03T10:00:00Z',
    }))
    .on(getMedia, () => bytes)
    .on(endReveal, () => ({}))
}

function Pane({ media }: { media: SnapshotMedia[] }) {
  const [at, setAt] = useState(0)
  return <MediaPane reviewId={reviewId} snapshot={buildSnapshot({ media })} at={at} onAt={setAt} isLost={false} />
}

function showMedia(media: Partial<SnapshotMedia>[] = [{}], as: Role = 'reviewer') {
  return render(<Pane media={media.map((file, position) => buildSnapshotMedia({ position, ...file }))} />, { as })
}

const original = () => screen.queryByRole('img', { name: /^Original photograph/ })

describe('a picture', () => {
  it('is redacted until asked for, and says so', async () => {
    serverThatReveals()
    showMedia()

    const picture = await screen.findByRole('img', { name: 'Redacted copy, greyscale and blurred' })
    expect(picture).toHaveAttribute('src', expect.stringMatching(/^\/api\/v1\/media\/[0-9a-f]{64}\/redacted$/))
    expect(original()).not.toBeInTheDocument()
  })

  it('shows the original while Space is held, and reports how long', async () => {
    const server = serverThatReveals()
    const { user } = showMedia()
    await screen.findByRole('img')

    await user.keyboard('[Space>]')
    expect(await screen.findByRole('img', { name: 'Original photograph 1 of 1' })).toHaveAttribute(
      'src',
      'blob:original',
    )
    expect(screen.getByText('Original shown. This reveal is logged.')).toBeVisible()
    await user.keyboard('[/Space]')

    expect(original()).not.toBeInTheDocument()
    await waitFor(() => expect(server.sent(endReveal)).toEqual([{ shownMs: expect.any(Number) }]))
  })

  it('shows the original while the pill is pressed', async () => {
    serverThatReveals()
    const { user } = showMedia()
    const pill = await screen.findByRole('button', { name: 'Hold Space to reveal' })

    await user.pointer({ keys: '[MouseLeft>]', target: pill })
    expect(await screen.findByRole('img', { name: /^Original/ })).toBeVisible()
    await user.pointer('[/MouseLeft]')

    expect(original()).not.toBeInTheDocument()
  })

  it('stays redacted when the key is let go before the bytes arrive', async () => {
    const { promise, resolve } = Promise.withResolvers<Response>()
    const server = serverThatReveals(promise)
    const { user } = showMedia()
    await screen.findByRole('img')

    await user.keyboard('[Space>]')
    await waitFor(() => expect(server.calls(getMedia)).toHaveLength(1))
    await user.keyboard('[/Space]')
    resolve(new Response('original'))

    await waitFor(() => expect(server.sent(endReveal)).toEqual([{ shownMs: 0 }]))
    expect(original()).not.toBeInTheDocument()
  })

  it.each([
    ['the window loses the focus', () => fireEvent.blur(window)],
    ['another photo is chosen', () => fireEvent.click(screen.getByRole('button', { name: /Photo 2 of 2/ }))],
  ])('is hidden at once when %s', async (_when, happen) => {
    const server = serverThatReveals()
    const { user } = showMedia([{}, {}])
    await screen.findByRole('img', { name: /^Redacted copy/ })
    await user.keyboard('[Space>]')
    await screen.findByRole('img', { name: /^Original/ })

    happen()

    expect(original()).not.toBeInTheDocument()
    await waitFor(() => expect(server.calls(endReveal)).toHaveLength(1))
  })

  it('says that nothing was shown when the original cannot be had', async () => {
    serverThatReveals().on(revealMedia, () => ({ refuse: 'forbidden' }))
    const { user } = showMedia()
    await screen.findByRole('img')

    await user.keyboard('[Space>]')
    const words = await screen.findByText(/Nothing was shown/)
    await user.keyboard('[/Space]')

    expect(words).toBeVisible()
  })

  it('cannot be revealed by a role that may not', async () => {
    const server = serverThatReveals()
    const { user } = showMedia([{}], 'admin')
    await screen.findByRole('img')

    await user.keyboard('[Space>]')

    expect(screen.queryByRole('button', { name: /reveal/ })).not.toBeInTheDocument()
    expect(server.calls(revealMedia)).toEqual([])
  })

  it('may be tried again when its preview does not load', async () => {
    serverThatReveals()
    const { user } = showMedia()
    fireEvent.error(await screen.findByRole('img'))

    await user.click(await screen.findByRole('button', { name: 'Load again' }))

    expect(screen.getByRole('img', { name: /^Redacted copy/ })).toBeVisible()
  })
})

describe('what cannot be shown', () => {
  it.each([
    ['a preview under way', { state: 'pending' }, 'Preview is being made'],
    ['a file that is no picture', { state: 'failed' }, 'No preview'],
    ['restricted material', { isRestricted: true }, 'Withheld'],
    ['a video', { kind: 'video', sha256: null, name: 'march.mp4' }, 'march.mp4'],
    ['a link', { kind: 'link', sha256: null, name: 'https://t.example/join' }, 'https://t.example/join'],
  ] as const)('is named: %s', async (_what, file, words) => {
    serverThatReveals()
    showMedia([file])

    expect(await screen.findByText(words)).toBeVisible()
    expect(screen.queryByRole('img')).not.toBeInTheDocument()
    expect(screen.queryByRole('link')).not.toBeInTheDocument()
  })
})

it('goes to the next file by arrow key and strip', async () => {
  serverThatReveals()
  const { user } = showMedia([{}, {}, { kind: 'video', sha256: null, name: 'march.mp4' }])
  await screen.findByRole('region', { name: 'Photo 1 of 3' })

  await user.keyboard('{ArrowRight}')
  expect(screen.getByRole('region', { name: 'Photo 2 of 3' })).toBeVisible()
  await user.click(screen.getByRole('button', { name: /Video, file 3 of 3/ }))

  expect(screen.getByRole('region', { name: 'Video, file 3 of 3' })).toBeVisible()
})
