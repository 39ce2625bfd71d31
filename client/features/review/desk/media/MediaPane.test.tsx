import { fireEvent, screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { askForReveals, type Exposure, getExposure } from '#shared/contract/exposure.ts'
import { getMedia } from '#shared/contract/media.ts'
import type { Preferences } from '#shared/contract/preferences.ts'
import { endReveal, type ReviewId, revealMedia, type SnapshotMedia } from '#shared/contract/reviews.ts'
import type { Session } from '#shared/contract/team.ts'
import type { Role } from '#shared/domain/permissions.ts'
import { buildSnapshot, buildSnapshotMedia } from '#test/support/build.ts'
import { buildSession, fakeApi } from '#test/support/fake-api.ts'
import { render } from '#test/support/render.tsx'
import { MediaPane } from './MediaPane.tsx'
import { mostPressMs } from './use-reveal.ts'

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
  return (
    <MediaPane
      reviewId={reviewId}
      snapshot={buildSnapshot({ media })}
      policyId={null}
      at={at}
      onAt={setAt}
      isLost={false}
    />
  )
}

function showMedia(media: Partial<SnapshotMedia>[] = [{}], as: Role | Session = 'reviewer') {
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

function who(chosen: Partial<Preferences>): Session {
  const session = buildSession()
  return { ...session, preferences: { ...session.preferences, ...chosen } }
}

describe('a person who chose how pictures look', () => {
  it('gets them so, from the stage to the strip', async () => {
    serverThatReveals()
    const redaction = { general: { strength: 'strong' as const, isGrey: false }, byKind: {} }
    showMedia([{}, {}], who({ redaction }))

    const picture = await screen.findByRole('img', { name: 'Redacted copy, blurred' })
    expect(picture).toHaveAttribute('src', expect.stringMatching(/\/redacted\?look=strong$/))
    const strip = screen.getByRole('group', { name: 'Files of this post' })
    const thumbs = [...strip.querySelectorAll('img')].map((img) => img.getAttribute('src'))
    expect(thumbs).toHaveLength(2)
    for (const src of thumbs) expect(src).toMatch(/\/thumbnail\?look=strong$/)
  })
})

describe('a person who reveals by a press', () => {
  it('sees the original from one press to the next', async () => {
    const server = serverThatReveals()
    const { user } = showMedia([{}], who({ revealBy: 'press' }))
    await user.click(await screen.findByRole('button', { name: 'Press Space to reveal' }))
    expect(await screen.findByRole('img', { name: /^Original/ })).toBeVisible()

    await user.keyboard('[Space]')

    expect(original()).not.toBeInTheDocument()
    await waitFor(() => expect(server.calls(endReveal)).toHaveLength(1))
  })

  it('sees it no longer once the window is left', async () => {
    serverThatReveals()
    const { user } = showMedia([{}], who({ revealBy: 'press' }))
    await screen.findByRole('img')
    await user.keyboard('[Space]')
    await screen.findByRole('img', { name: /^Original/ })

    fireEvent.blur(window)

    expect(original()).not.toBeInTheDocument()
  })

  it('sees it for a minute at most', async () => {
    const server = serverThatReveals()
    const { user } = showMedia([{}], who({ revealBy: 'press' }))
    await screen.findByRole('img')
    vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    onTestFinished(() => void vi.useRealTimers())
    await user.keyboard('[Space]')
    await screen.findByRole('img', { name: /^Original/ })

    await vi.advanceTimersByTimeAsync(mostPressMs - 1_000)
    expect(original()).toBeInTheDocument()
    await vi.advanceTimersByTimeAsync(1_000)

    await waitFor(() => expect(original()).not.toBeInTheDocument())
    await waitFor(() => expect(server.calls(endReveal)).toHaveLength(1))
  })
})

describe('when the originals of the day are all seen', () => {
  const usedUp: Exposure = {
    day: '2026-07-03',
    isCounted: true,
    budget: 40,
    added: 0,
    askedAt: null,
    items: 12,
    reveals: 40,
    shownMs: 90_000,
    byKind: [],
  }

  it('says so in the place of the pill, and asks a supervisor for more', async () => {
    let askedAt: string | null = null
    const server = serverThatReveals()
      .on(getExposure, () => ({ ...usedUp, askedAt }))
      .on(askForReveals, () => {
        askedAt = '2026-07-03T10:05:00.000Z'
        return {}
      })
    const { user } = showMedia()
    expect(await screen.findByText('All 40 originals of today are seen')).toBeVisible()
    expect(screen.queryByRole('button', { name: /reveal/ })).not.toBeInTheDocument()

    await user.click(screen.getByRole('button', { name: 'Ask a supervisor' }))

    expect(await screen.findByText(/^Asked at/)).toBeVisible()
    expect(server.sent(askForReveals)).toHaveLength(1)
  })

  it('is told by the server, whatever the screen believed', async () => {
    let exposure = { ...usedUp, reveals: 39 }
    serverThatReveals()
      .on(getExposure, () => exposure)
      .on(revealMedia, () => {
        exposure = usedUp
        return { refuse: 'exposure_budget_reached' }
      })
    const { user } = showMedia()
    await screen.findByRole('button', { name: /reveal/ })

    await user.keyboard('[Space>]')
    expect(await screen.findByText('All 40 originals of today are seen')).toBeVisible()
    await user.keyboard('[/Space]')

    expect(original()).not.toBeInTheDocument()
    expect(screen.queryByText(/could not be fetched/)).not.toBeInTheDocument()
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
