import { QueryClient } from '@tanstack/react-query'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { forgetPerson, sessionQuery } from '#client/api/session.ts'
import { buildSession, fakeApi } from '#test/support/fake-api.ts'
import { blankDraft } from './desk/decision/decision-draft.ts'
import { dropDraft, keepDraft, useReviewStore, writeNote } from './review.store.ts'

const reviewId = crypto.randomUUID()
const sentence = 'Shows the banner with'

/** Somebody signs in at this computer. */
async function signIn(id: string) {
  fakeApi().as(buildSession('reviewer', { id }))
  await new QueryClient().fetchQuery(sessionQuery)
}

const typed = () => useReviewStore.getState().drafts[reviewId]?.rationale
const stored = () => Object.keys(localStorage).filter((key) => key.includes(reviewId))

beforeEach(async () => {
  forgetPerson()
  await signIn('dana')
  keepDraft(reviewId, { ...blankDraft(), rationale: sentence })
})

describe('what somebody typed', () => {
  it('is there again after the page was loaded anew', async () => {
    forgetPerson()
    expect(typed()).toBeUndefined()
    await signIn('dana')

    expect(typed()).toBe(sentence)
  })

  it('is never shown to another person at the same computer, and waits for its own', async () => {
    await signIn('ben')
    expect(typed()).toBeUndefined()
    writeNote(reviewId, { body: 'Of Ben' })
    await signIn('dana')

    expect(typed()).toBe(sentence)
    expect(useReviewStore.getState().notes[reviewId]).toBeUndefined()
    expect(stored()).toHaveLength(2)
  })

  it('is gone from the computer once it was sent', () => {
    expect(stored()).toHaveLength(1)
    dropDraft(reviewId)

    expect(stored()).toEqual([])
  })

  it('is dropped after seven days, whoever signs in', async () => {
    const later = Date.now() + 7 * 86_400_000 + 1
    vi.useFakeTimers({ toFake: ['Date'], now: later })
    forgetPerson()
    await signIn('ben')
    vi.useRealTimers()

    expect(stored()).toEqual([])
  })

  it('does not stop the work where the browser keeps nothing', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('No room', 'QuotaExceededError')
    })
    keepDraft(reviewId, { ...blankDraft(), rationale: 'More of it' })
    vi.restoreAllMocks()

    expect(typed()).toBe('More of it')
  })
})
