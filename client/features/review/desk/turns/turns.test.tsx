import { act, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { hearPresence } from '#client/api/presence.ts'
import { listPolicies, listQueues } from '#shared/contract/policies.ts'
import { tellPresence } from '#shared/contract/presence.ts'
import {
  claimReview,
  countReviews,
  getReview,
  listReviews,
  type ReviewDetail,
  releaseReview,
  takeNext,
} from '#shared/contract/reviews.ts'
import { listPeople, type Session } from '#shared/contract/team.ts'
import {
  assignReview,
  escalateReview,
  handOver,
  holdReview,
  moveReview,
  resumeReview,
  returnReview,
  skipReview,
  type TurnFacts,
  takeOver,
} from '#shared/contract/turns.ts'
import {
  buildLease,
  buildPage,
  buildPerson,
  buildPolicy,
  buildQueue,
  buildReviewDetail,
  buildReviewRow,
} from '#test/support/build.ts'
import { buildSession, fakeApi } from '#test/support/fake-api.ts'
import { fakeLive } from '#test/support/fake-live.ts'
import { renderApp } from '#test/support/render.tsx'
import { useReviewStore } from '../../review.store.ts'
import { useTurnDrafts } from './turns.store.ts'

const ana = buildPerson({ id: 'person-ana', name: 'Ana Ribeiro', role: 'reviewer' })
const marta = buildPerson({ id: 'person-marta', name: 'Marta Lind', role: 'supervisor' })
const dana = buildPerson({ id: 'person-dana', name: 'Dana Ospan', role: 'reviewer' })
const soon = () => new Date(Date.now() + 300_000).toISOString()
const lease = () => buildLease({ expiresAt: soon() })
const nothing: TurnFacts = { hold: null, escalation: null, handover: null, assigneeId: null, skipCount: 0 }

beforeEach(() => {
  useTurnDrafts.setState({ drafts: {} })
  sessionStorage.clear()
})

/** A server with these reviews: the first is on the desk, the second is the next one. */
function serverWith(
  reviews: ReviewDetail[],
  session: Session = buildSession(),
  now = (detail: ReviewDetail) => detail,
) {
  const byId = new Map(reviews.map((detail) => [detail.review.id as string, detail]))
  const none = { value: 0, exact: true }
  return fakeApi()
    .as(session)
    .on(getReview, ({ params }) => {
      const detail = byId.get(params.reviewId)
      return detail ? now(detail) : { refuse: 'not_found' }
    })
    .on(claimReview, () => ({ lease: lease(), version: 7 }))
    .on(releaseReview, () => ({ version: 8 }))
    .on(takeNext, () => ({
      items: reviews.slice(1).map(({ review }) => ({ reviewId: review.id, lease: lease(), version: 1 })),
    }))
    .on(listPolicies, () => ({ items: [buildPolicy()] }))
    .on(listPeople, () => ({ items: [ana, marta, dana] }))
    .on(listQueues, () => ({
      items: [buildQueue(), buildQueue({ id: 'hate', name: 'Hate' })],
      languages: ['ru'],
      platforms: ['vk'],
    }))
    .on(listReviews, () => buildPage([]))
    .on(countReviews, () => ({
      byState: { open: none, on_hold: none, escalated: none, confirming: none, decided: none },
      mine: 0,
      byQueue: [],
    }))
}

async function deskWith(detail: ReviewDetail) {
  const view = renderApp(`/reviews/${detail.review.id}`)
  await screen.findByRole('button', { name: 'More ways to pass it on' })
  return view
}

const two = () => [buildReviewDetail(), buildReviewDetail()] as const
const form = (name: string) => screen.findByRole('form', { name })
/** What the open form says is wrong. */
const problem = async () => within(await screen.findByRole('form')).findByRole('alert')
const isOpen = (detail: ReviewDetail) =>
  screen.findByRole('heading', { name: new RegExp(detail.review.reference), level: 1 })

describe('skipping', () => {
  it('takes a key, a digit and Enter, and shows the next review', async () => {
    const [first, second] = two()
    const server = serverWith([first, second]).on(skipReview, () => ({ version: 8 }))
    const { user } = await deskWith(first)
    await screen.findByRole('button', { name: 'Skip' })
    await user.keyboard('s')
    await form('Skip this review')
    await user.keyboard('2{Enter}')
    await isOpen(second)
    expect(server.sent(skipReview)).toMatchObject([{ version: 7, reason: 'too_hard', text: '' }])
    expect(server.calls(releaseReview)).toEqual([])
  })

  it('asks for words where no reason fits, and sends them', async () => {
    const [first, second] = two()
    const server = serverWith([first, second]).on(skipReview, () => ({ version: 8 }))
    const { user } = await deskWith(first)
    await user.click(await screen.findByRole('button', { name: 'Skip' }))
    await user.click(await screen.findByRole('radio', { name: 'Another reason' }))
    await user.keyboard('{Enter}')
    expect(await problem()).toHaveTextContent('Reason is needed.')
    await user.type(screen.getByRole('textbox', { name: 'Reason' }), 'I know the author')
    await user.click(within(await form('Skip this review')).getByRole('button', { name: 'Skip' }))
    await isOpen(second)
    expect(server.sent(skipReview)).toMatchObject([{ reason: 'other', text: 'I know the author' }])
  })

  it('says what is missing and sends nothing', async () => {
    const [first] = two()
    const server = serverWith([first])
    const { user } = await deskWith(first)
    await user.keyboard('s{Enter}')
    expect(await problem()).toHaveTextContent('Choose: Why.')
    expect(server.calls(skipReview)).toEqual([])
  })
})

describe('a form', () => {
  it('keeps the keyboard to itself, and closes on Escape with all that was typed kept', async () => {
    const [first] = two()
    serverWith([first])
    const { user } = await deskWith(first)
    await user.keyboard('e')
    await form('Escalate')
    await user.keyboard('1Is this praise?')
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('form', { name: 'Escalate' })).toBeNull()
    await user.keyboard('e')
    expect(await screen.findByRole('textbox', { name: 'What should they decide' })).toHaveValue('Is this praise?')
    expect(screen.getByRole('radio', { name: 'Any supervisor' })).toBeChecked()
    expect(screen.queryByRole('radio', { name: /Remove/, checked: true })).toBeNull()
  })

  it('keeps what was typed when it is refused, and says who did what', async () => {
    const [first] = two()
    const conflict = { byId: ana.id, byName: ana.name, at: soon(), heldUntil: soon(), decision: null }
    const server = serverWith([first]).on(handOver, () => ({ refuse: 'held_by_other', conflict }))
    const { user } = await deskWith(first)
    await user.keyboard('{Shift>}h{/Shift}')
    await form('Hand over')
    await user.keyboard('1The second photo is older{Enter}')
    expect(await problem()).toHaveTextContent('Ana Ribeiro holds this review now. What you typed is kept.')
    expect(screen.getByRole('textbox', { name: 'Note for the next one' })).toHaveValue('The second photo is older')
    expect(server.sent(handOver)).toMatchObject([{ toId: null, note: 'The second photo is older' }])
  })

  it('sends the same again with the same id after no answer came, and another id after a change', async () => {
    const [first, second] = two()
    let isDown = true
    const server = serverWith([first, second]).on(moveReview, () => {
      if (isDown) throw new TypeError('down')
      return { version: 8, isVisible: true }
    })
    const { user } = await deskWith(first)
    await user.keyboard('q')
    await form('Move to another queue')
    await user.keyboard('1Wrong queue{Enter}')
    expect(await screen.findByText(/the server did not answer/)).toBeVisible()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(server.calls(moveReview)).toHaveLength(2))
    isDown = false
    await user.keyboard('!{Enter}')
    await isOpen(second)
    const [once, again, changed] = server.sent(moveReview) as { clientId: string; reason: string }[]
    expect(again).toEqual(once)
    expect(changed?.clientId).not.toBe(once?.clientId)
    expect(changed).toMatchObject({ queueId: 'hate', reason: 'Wrong queue!', version: 7 })
  })

  it('waits for a claim that is on its way', async () => {
    const [first, second] = two()
    const claimed = Promise.withResolvers<void>()
    const server = serverWith([first, second])
      .on(claimReview, async () => {
        await claimed.promise
        return { lease: lease(), version: 9 }
      })
      .on(skipReview, () => ({ version: 10 }))
    const { user } = await deskWith(first)
    await user.keyboard('s1{Enter}')
    expect(server.calls(skipReview)).toEqual([])
    claimed.resolve()
    await isOpen(second)
    expect(server.sent(skipReview)).toMatchObject([{ version: 9, reason: 'language' }])
  })
})

describe('holding', () => {
  it('takes digits for the time and then for the reason', async () => {
    const [first, second] = two()
    const server = serverWith([first, second]).on(holdReview, () => ({ version: 8 }))
    const { user } = await deskWith(first)
    await user.keyboard('h')
    await form('Put on hold')
    await user.keyboard('32{Enter}')
    await isOpen(second)
    const [sent] = server.sent(holdReview) as { reason: string; wakeAt: string }[]
    expect(sent?.reason).toBe('translation')
    const wake = new Date(sent!.wakeAt)
    expect([wake.getHours(), wake.getMinutes()]).toEqual([9, 0])
    expect(wake.getTime()).toBeGreaterThan(Date.now())
  })

  it('takes a time of one’s own, ahead and within a month', async () => {
    const [first, second] = two()
    const server = serverWith([first, second]).on(holdReview, () => ({ version: 8 }))
    const { user } = await deskWith(first)
    await user.keyboard('h6')
    const field = await screen.findByLabelText('Opens again at, your time')
    await user.type(field, '2020-01-01T10:00')
    await user.keyboard('{Enter}')
    expect(await problem()).toHaveTextContent('A time ahead is needed.')
    await user.clear(field)
    await user.type(field, '2120-01-01T10:00')
    await user.keyboard('{Enter}')
    expect(await problem()).toHaveTextContent('At most 30 days ahead.')
    const ahead = new Date(Date.now() + 5 * 86_400_000)
    ahead.setHours(14, 30, 0, 0)
    const wall = `${ahead.getFullYear()}-${String(ahead.getMonth() + 1).padStart(2, '0')}-${String(ahead.getDate()).padStart(2, '0')}T14:30`
    await user.clear(field)
    await user.type(field, wall)
    await user.click(screen.getByRole('radio', { name: 'Evidence' }))
    await user.keyboard('{Enter}')
    await isOpen(second)
    expect(server.sent(holdReview)).toMatchObject([{ reason: 'evidence', wakeAt: ahead.toISOString() }])
  })
})

describe('escalating', () => {
  it('offers those who decide what a reviewer cannot: all of a role and each of them, and no reviewer', async () => {
    const [first, second] = two()
    const server = serverWith([first, second]).on(escalateReview, () => ({ version: 8 }))
    const { user } = await deskWith(first)
    await user.keyboard('e')
    const asked = await form('Escalate')
    await within(asked).findByRole('radio', { name: 'Marta Lind' })
    expect(within(asked).queryByRole('radio', { name: 'Ana Ribeiro' })).toBeNull()
    await user.keyboard('3Is this praise?{Enter}')
    await isOpen(second)
    expect(server.sent(escalateReview)).toMatchObject([{ to: { personId: marta.id }, reason: 'Is this praise?' }])
  })
})

describe('what the one before left', () => {
  const at = '2026-07-01T10:00:00.000Z'

  it('is on the desk: hand-over, escalation, assignment and how often it was skipped', async () => {
    const turn: TurnFacts = {
      hold: null,
      escalation: { toId: null, toRole: 'supervisor', reason: 'Is it praise?', byId: ana.id, at },
      handover: { text: 'Second photo is older', byId: marta.id, at },
      assigneeId: dana.id,
      skipCount: 2,
    }
    const review = buildReviewRow({ state: 'escalated' })
    const detail = buildReviewDetail({ review, turn })
    serverWith([detail])
    await deskWith(detail)
    const strip = screen.getByRole('region', { name: 'How it got here' })
    await within(strip).findByText(/Ana Ribeiro ·/)
    expect(strip).toHaveTextContent('Escalated to any supervisor')
    expect(strip).toHaveTextContent('Is it praise?')
    expect(strip).toHaveTextContent('From Marta Lind')
    expect(strip).toHaveTextContent('Second photo is older')
    expect(strip).toHaveTextContent('Assigned to you')
    expect(strip).toHaveTextContent('Skipped by 2 people')
  })

  it('is not there where a review simply waits', async () => {
    const detail = buildReviewDetail({ turn: nothing })
    serverWith([detail])
    await deskWith(detail)
    expect(screen.queryByRole('region', { name: 'How it got here' })).toBeNull()
  })

  it('an escalation is answered and goes back', async () => {
    const turn = { ...nothing, escalation: { toId: dana.id, toRole: null, reason: 'Is it praise?', byId: ana.id, at } }
    const detail = buildReviewDetail({ review: buildReviewRow({ state: 'escalated' }), turn })
    const next = buildReviewDetail()
    const server = serverWith([detail, next]).on(returnReview, () => ({ version: 8 }))
    const { user } = await deskWith(detail)
    await screen.findByRole('button', { name: 'Answer' })
    await user.keyboard('{Shift>}e{/Shift}')
    const asked = await form('Answer the escalation')
    expect(asked).toHaveTextContent('“Is it praise?”It opens again and is offered to Ana Ribeiro.')
    await user.keyboard('It is news.{Enter}')
    await isOpen(next)
    expect(server.sent(returnReview)).toMatchObject([{ answer: 'It is news.' }])
  })

  it('an escalation to an administrator, who claims nothing, is answered all the same', async () => {
    const escalation = { toId: null, toRole: 'admin' as const, reason: 'Is it praise?', byId: ana.id, at }
    const detail = buildReviewDetail({
      review: buildReviewRow({ state: 'escalated', version: 5 }),
      turn: { ...nothing, escalation },
    })
    const server = serverWith([detail], buildSession('admin')).on(returnReview, () => ({ version: 6 }))
    const { user } = await deskWith(detail)
    await user.keyboard('{Shift>}e{/Shift}')
    await form('Answer the escalation')
    await user.keyboard('It is news.{Enter}')
    await waitFor(() => expect(screen.queryByRole('form')).toBeNull())
    expect(server.sent(returnReview)).toMatchObject([{ version: 5, answer: 'It is news.' }])
    expect(server.calls(takeNext)).toEqual([])
  })

  it('a hold is ended before its time, and the review stays on the desk', async () => {
    const hold = { reason: 'evidence' as const, text: 'From the platform', wakeAt: soon(), byId: ana.id, at }
    const review = buildReviewRow({ state: 'on_hold', version: 4 })
    const detail = buildReviewDetail({ review, turn: { ...nothing, hold } })
    let isHeld = true
    const open = buildReviewDetail({ review: { ...review, state: 'open' }, turn: nothing })
    const server = serverWith([detail], buildSession(), (was) => (isHeld ? was : open))
      .on(claimReview, () => (isHeld ? { refuse: 'on_hold' } : { lease: lease(), version: 6 }))
      .on(resumeReview, () => {
        isHeld = false
        return { version: 5 }
      })
    const { user } = await deskWith(detail)
    const strip = screen.getByRole('region', { name: 'How it got here' })
    await within(strip).findByText('Waits for: Evidence')
    await user.click(within(strip).getByRole('button', { name: 'Resume' }))
    await form('Resume this review')
    await user.keyboard('{Enter}')
    await waitFor(() => expect(screen.queryByRole('region', { name: 'How it got here' })).toBeNull())
    expect(server.sent(resumeReview)).toMatchObject([{ version: 4 }])
    expect(await screen.findByRole('button', { name: 'Hold' })).toBeVisible()
  })
})

describe('those in charge', () => {
  const conflict = { byId: ana.id, byName: ana.name, at: soon(), heldUntil: soon(), decision: null }
  const boss = buildSession('supervisor', { id: marta.id, name: marta.name })

  it('take a review over from whoever holds it, and stay on it', async () => {
    const review = buildReviewRow({ holderId: ana.id, version: 3 })
    const detail = buildReviewDetail({ review, lease: buildLease({ holderId: ana.id, expiresAt: soon() }) })
    let isMine = false
    const server = serverWith([detail], boss)
      .on(claimReview, () => (isMine ? { lease: lease(), version: 4 } : { refuse: 'held_by_other', conflict }))
      .on(takeOver, () => {
        isMine = true
        return { lease: lease(), version: 4 }
      })
    const { user } = await deskWith(detail)
    await screen.findByText(/Ana Ribeiro has|Ana Ribeiro holds|Ana Ribeiro is/)
    await user.keyboard('{Shift>}g{/Shift}')
    expect(await form('Take it over')).toHaveTextContent('Ana Ribeiro holds it.')
    await user.keyboard('{Enter}')
    expect(await screen.findByRole('button', { name: 'Skip' })).toBeVisible()
    expect(server.sent(takeOver)).toMatchObject([{ version: 3, reason: '' }])
  })

  it('assign to a person, those who are here first', async () => {
    const [first, second] = two()
    const server = serverWith([first, second], boss).on(assignReview, () => ({ version: 8 }))
    const { user } = await deskWith(first)
    await act(async () => hearPresence({ isWhole: true, people: [{ id: dana.id, reviewIds: [] }], gone: [] }))
    await user.keyboard('{Shift>}a{/Shift}')
    const asked = await form('Assign to a person')
    const names = within(asked)
      .getAllByRole('radio')
      .map((each) => each.getAttribute('aria-label') ?? '')
    expect(names.slice(0, 2)).toEqual(['Nobody in particular', 'Dana Ospan, here now'])
    await user.keyboard('2{Enter}')
    await isOpen(second)
    expect(server.sent(assignReview)).toMatchObject([{ personId: dana.id }])
  })

  it('a reviewer is offered neither', async () => {
    const [first] = two()
    serverWith([first])
    const { user } = await deskWith(first)
    await user.keyboard('{Shift>}ag{/Shift}')
    expect(screen.queryByRole('form', { name: 'Assign to a person' })).toBeNull()
    expect(screen.queryByRole('form', { name: 'Take it over' })).toBeNull()
  })
})

describe('a review that goes into another hand', () => {
  it('says who took it over, in place of the form, and keeps what was typed', async () => {
    const live = fakeLive()
    const review = buildReviewRow({ version: 7 })
    const mine = buildReviewDetail({ review, lease: buildLease({ holderId: dana.id, expiresAt: soon() }) })
    const theirs = { ...mine, lease: buildLease({ holderId: marta.id, expiresAt: soon() }) }
    let isTaken = false
    serverWith([mine], buildSession(), (was) =>
      isTaken ? { ...theirs, review: { ...review, version: 8, holderId: marta.id } } : was,
    )
    const { user } = await deskWith(mine)
    await user.click(await screen.findByRole('textbox', { name: 'Rationale' }))
    await user.keyboard('The second photo')
    isTaken = true
    await live.tell('changes', {
      reviews: [{ id: review.id, version: 8, state: 'open', queueId: 'extremism', kinds: ['review.taken_over'] }],
      gone: [],
      accounts: [],
    })
    expect(await screen.findByText('Marta Lind took this over')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Skip' })).toBeNull()
    const kept = useReviewStore.getState().drafts[review.id]
    expect(kept?.rationale).toBe('The second photo')
  })
})

describe('a review that waits elsewhere', () => {
  it.each([
    ['on_hold', /On hold until/],
    ['escalated_to_other', 'Escalated to any supervisor'],
    ['assigned_to_other', 'Assigned to Ana Ribeiro'],
    ['too_many_held', 'Your hands are full'],
  ] as const)('says so when the claim is refused as %s, and goes on to the next', async (code, title) => {
    const at = '2026-07-01T10:00:00.000Z'
    const turn: TurnFacts = {
      ...nothing,
      hold: { reason: 'evidence', text: null, wakeAt: soon(), byId: ana.id, at },
      escalation: { toId: null, toRole: 'supervisor', reason: 'Praise?', byId: ana.id, at },
      assigneeId: ana.id,
    }
    const detail = buildReviewDetail({ review: buildReviewRow({ state: 'on_hold' }), turn })
    const next = buildReviewDetail()
    serverWith([detail, next]).on(claimReview, ({ params }) =>
      params.reviewId === detail.review.id ? { refuse: code } : { lease: lease(), version: 2 },
    )
    const { user } = await deskWith(detail)
    const panel = await screen.findByRole('region', { name: title })
    expect(panel).toHaveTextContent(title)
    await user.keyboard('j')
    await isOpen(next)
  })
})

describe('a review on hold that wakes up', () => {
  it('is claimed by whoever looks at it', async () => {
    const live = fakeLive()
    const hold = { reason: 'evidence' as const, text: null, wakeAt: soon(), byId: ana.id, at: soon() }
    const review = buildReviewRow({ state: 'on_hold', version: 4 })
    const detail = buildReviewDetail({ review, turn: { ...nothing, hold } })
    const open = { ...detail, review: { ...review, state: 'open' as const, version: 5 }, turn: nothing }
    let isAwake = false
    serverWith([detail], buildSession(), (was) => (isAwake ? open : was)).on(claimReview, () =>
      isAwake ? { lease: lease(), version: 6 } : { refuse: 'on_hold' },
    )
    await deskWith(detail)
    await screen.findByRole('region', { name: /On hold until/ })
    isAwake = true
    await live.tell('changes', {
      reviews: [{ id: review.id, version: 5, state: 'open', queueId: 'extremism', kinds: ['review.woken'] }],
      gone: [],
      accounts: [],
    })
    expect(await screen.findByRole('button', { name: 'Hold' })).toBeVisible()
    expect(screen.queryByRole('region', { name: /On hold until/ })).toBeNull()
  })
})

describe('who else is there', () => {
  it('is told of the review on the screen, and says so of itself', async () => {
    const [first] = two()
    const server = serverWith([first])
    await deskWith(first)
    await waitFor(() =>
      expect(server.sent(tellPresence).at(-1)).toMatchObject({ reviewId: first.review.id, pageId: expect.any(String) }),
    )
    await act(async () =>
      hearPresence({
        isWhole: true,
        people: [
          { id: ana.id, reviewIds: [first.review.id] },
          { id: dana.id, reviewIds: [first.review.id] },
        ],
        gone: [],
      }),
    )
    expect(screen.getByRole('img', { name: 'Also viewing: Ana Ribeiro' })).toBeVisible()
    expect(
      within(screen.getByRole('list', { name: 'On shift' })).getByRole('img', { name: 'Ana Ribeiro' }),
    ).toBeVisible()
    await act(async () => hearPresence({ isWhole: false, people: [], gone: [ana.id] }))
    expect(screen.queryByRole('img', { name: /Also viewing/ })).toBeNull()
    expect(screen.queryByRole('list', { name: 'On shift' })).toBeNull()
  })
})
