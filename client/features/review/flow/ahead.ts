import type { QueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { create } from 'zustand'
import { call } from '#client/api/call.ts'
import { lookIn } from '#client/api/look.ts'
import { forgetOnSignOut } from '#client/api/session.ts'
import { type ReviewId, takeNext } from '#shared/contract/reviews.ts'
import { filterQueryOf, type QueueSearch } from '../queue.search.ts'
import { reviewQuery } from '../review.queries.ts'
import { adoptLease, giveBack, heldOf, want } from './leases.ts'
import { coolPictures, warmPictures } from './pictures.ts'

export type Ahead = {
  /** The next ones in their order: mine, read, and their pictures decoded. */
  ids: readonly ReviewId[]
  /** The list they were taken from, as text. */
  list: string
  /** When the list had fewer than were asked for, in milliseconds of this browser's clock. */
  dryAt: number | null
  /** Ten that were taken together: nothing is added until they are done. */
  ten: { of: number; done: number } | null
  /** How many were opened since the desk was, the present one with them. */
  nth: number
}

const nothing: Ahead = { ids: [], list: '{}', dryAt: null, ten: null, nth: 1 }

export const useAhead = create<Ahead>(() => nothing)

/** How many wait behind the one on the desk. */
const most = 3
/** How soon a list that had nothing left is asked again, in milliseconds. */
const dryMs = 15_000

const nameOf = (list: QueueSearch) => JSON.stringify(list)
let isOpen = false
let filling: { list: string; ends: Promise<void> } | null = null

/** The desk is on the screen: from now on reviews may be held for it. */
export function openAhead(list: QueueSearch) {
  isOpen = true
  if (useAhead.getState().list !== nameOf(list)) {
    letGo(useAhead.getState().ids)
    useAhead.setState({ ids: [], dryAt: null, nth: 1, list: nameOf(list) })
  }
}

/** The desk is left: what waited for it goes back. */
export function closeAhead() {
  isOpen = false
  letGo(useAhead.getState().ids)
  useAhead.setState({ ids: [], dryAt: null, ten: null, nth: 1 })
}

function letGo(ids: readonly ReviewId[]) {
  for (const id of ids) {
    giveBack(id)
    coolPictures(id)
  }
}

/** Takes ten in place of three, for as long as they last. */
export function startTen() {
  useAhead.setState({ ten: { of: 10, done: 0 }, dryAt: null })
}

/** One more is opened; what went before it is done with, whatever was done. */
export function countOn() {
  useAhead.setState(({ ten, nth }) => ({ nth: nth + 1, ten: ten && { ...ten, done: ten.done + 1 } }))
}

/** The last step was taken back. */
export function countBack() {
  useAhead.setState(({ ten, nth }) => ({
    nth: Math.max(1, nth - 1),
    ten: ten && { ...ten, done: Math.max(0, ten.done - 1) },
  }))
}

export function isTenDone() {
  const { ten, ids } = useAhead.getState()
  return ten !== null && ten.done > 0 && ids.length === 0
}

export function endTen() {
  useAhead.setState({ ten: null })
}

/**
 * Holds as many as the desk needs next. One request at a time; a list that is dry is left alone for a while, unless somebody
 * waits for the answer.
 */
export async function fill(
  queryClient: QueryClient,
  list: QueueSearch,
  current: ReviewId | null,
  { isUrgent = false } = {},
): Promise<void> {
  const name = nameOf(list)
  if (filling?.list === name) await filling.ends
  const count = missing(current)
  const { dryAt, ids } = useAhead.getState()
  const isDry = dryAt !== null && Date.now() - dryAt < dryMs
  if (!isOpen || count <= 0 || (isUrgent ? ids.length > 0 : isDry || filling !== null)) return
  const taken = take(queryClient, list, current, count)
  const mine = {
    list: name,
    ends: taken.catch(() => {
      // The server did not answer. The next one is asked for when it is needed.
    }),
  }
  filling = mine
  void mine.ends.finally(() => {
    if (filling === mine) filling = null
  })
  await (isUrgent ? taken : mine.ends)
}

function missing(current: ReviewId | null) {
  const { ids, ten } = useAhead.getState()
  if (!ten) return most - ids.length
  // The one on the desk is one of them; those that are taken are not taken again.
  return ten.done === 0 ? Math.min(10, ten.of - ids.length - (current ? 1 : 0)) : 0
}

async function take(queryClient: QueryClient, list: QueueSearch, current: ReviewId | null, count: number) {
  const { items } = await takeNextOf(list, { except: current ? [current] : [], count })
  const name = nameOf(list)
  const isLate = !isOpen || useAhead.getState().list !== name
  for (const item of items) {
    adoptLease(item.reviewId, item)
    if (isLate) giveBack(item.reviewId)
    else if (item.detail) queryClient.setQueryData(reviewQuery(item.reviewId).queryKey, item.detail)
    else await queryClient.prefetchQuery(reviewQuery(item.reviewId))
  }
  if (isLate) return
  useAhead.setState(({ ids, ten }) => ({
    ids: [...ids, ...items.map(({ reviewId }) => reviewId)],
    dryAt: items.length < count ? Date.now() : null,
    ten: ten && { ...ten, of: Math.min(ten.of, ids.length + items.length + (current ? 1 : 0)) },
  }))
  warmFirst(queryClient)
}

function warmFirst(queryClient: QueryClient) {
  for (const id of useAhead.getState().ids.slice(0, most)) {
    const detail = queryClient.getQueryData(reviewQuery(id).queryKey)
    if (detail) void warmPictures(detail, lookIn(queryClient, detail.review.policy))
  }
}

/** Takes the first of a list and those behind it, for somebody who has none in hand. */
export async function takeFirst(queryClient: QueryClient, list: QueueSearch): Promise<ReviewId | null> {
  await fill(queryClient, list, null, { isUrgent: true })
  return shift(queryClient)
}

const isReady = (queryClient: QueryClient, id: ReviewId) =>
  heldOf(id) !== null && queryClient.getQueryData(reviewQuery(id).queryKey) !== undefined

export const hasNext = (queryClient: QueryClient) => useAhead.getState().ids.some((id) => isReady(queryClient, id))

/** Takes the first that is still mine and read; null when there is none at hand. */
export function shift(queryClient: QueryClient): ReviewId | null {
  const { ids } = useAhead.getState()
  const at = ids.findIndex((id) => isReady(queryClient, id))
  const next = ids[at] ?? null
  // Those before it ran out: they are anybody's again.
  letGo(next ? ids.slice(0, at) : ids)
  useAhead.setState({ ids: next ? ids.slice(at + 1) : [] })
  if (next) coolLater(next)
  return next
}

/** The picture is on the stage by then, which keeps it. */
function coolLater(reviewId: ReviewId) {
  setTimeout(() => coolPictures(reviewId), 5_000)
}

/** Takes one of those ahead out of its turn. */
export function pick(reviewId: ReviewId) {
  useAhead.setState(({ ids }) => ({ ids: ids.filter((id) => id !== reviewId) }))
  coolLater(reviewId)
}

/** One that is mine and undecided waits at the front, to be gone on with. */
export function putFirst(reviewId: ReviewId) {
  if (!heldOf(reviewId)) return
  want(reviewId)
  useAhead.setState(({ ids }) => ({ ids: [reviewId, ...ids.filter((id) => id !== reviewId)] }))
}

export const isAhead = (reviewId: string) => useAhead.getState().ids.some((id) => id === reviewId)

/** Forgets those that ran out or were lost. */
export function dropLost() {
  const { ids } = useAhead.getState()
  const lost = ids.filter((id) => !heldOf(id))
  if (lost.length === 0) return
  letGo(lost)
  useAhead.setState({ ids: ids.filter((id) => !lost.includes(id)) })
}

type Next = { except: ReviewId[]; count: number }

/** Claims the next open reviews of a list, in the list's order, with all that the desk shows of each. */
export function takeNextOf(list: QueueSearch, { except, count }: Next) {
  const body: z.input<typeof takeNext.body> = {
    clientId: crypto.randomUUID(),
    filter: filterQueryOf(list) as never,
    sort: list.sort ?? 'priority',
    except,
    count,
    details: true,
  }
  return call(takeNext, { body })
}

forgetOnSignOut(() => useAhead.setState(nothing, true))
