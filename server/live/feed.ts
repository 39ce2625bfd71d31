import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Db } from '#server/db/connect.ts'
import type { Caller } from '#server/http/route.ts'
import { mostStreams } from '#shared/contract/live.ts'
import { may } from '#shared/domain/permissions.ts'
import { cutFor } from './cut.ts'
import { type Changes, findChanges, getHead } from './live.queries.ts'
import type { Outlet } from './outlet.ts'
import { findPresent, type Present } from './presence.queries.ts'
import { presentFor, sayPresence, type Told } from './presence.ts'

/** The changes of one review within so long are one line. */
const paceMs = 100
/** While so much happens that lines cannot say it. */
const floodPaceMs = 1_000
/** What one message names at most; beyond it a reader had better read everything again. */
const mostNamed = 200
/** Events that are read to catch up. */
const mostEvents = 4_000
const lookMs = 1_000
/** How long a page that says nothing more is taken to be there: it speaks every twelve seconds. */
const presentMs = 30_000

type Timing = {
  beatMs?: number
  /** How often it is asked whether who reads still may. A lookup is believed for five seconds besides. */
  recheckMs?: number
  presentMs?: number
}

export type Reader = {
  caller: Caller
  outlet: Outlet
  /** The last number the reader knows of; null for one who resumes nothing. */
  after: number | null
  /** Who the reader is by now; null when signed out, disabled or revoked. */
  recheck: () => Promise<Caller | null>
}

type Stream = Reader & { isResumed: boolean; told: Told | null }

export type Live = {
  hasRoomFor: (caller: Caller) => boolean
  open: (reader: Reader) => void
  /** Says that events have got their numbers. Without it they are found within a second. */
  look: () => void
  /** Says that somebody came, went or opened another review. Without it, that is found within a second. */
  lookAtPeople: () => void
  close: () => Promise<void>
}

/**
 * One reader of the log for all streams of this process: it reads what came since the stream furthest behind, and each
 * stream gets its part of that. Idle while nobody is connected.
 */
export function createLive(
  { db, log }: { db: Db; log: Logger },
  { beatMs = 15_000, recheckMs = 4_000, presentMs: fadeMs = presentMs }: Timing = {},
): Live {
  const streams = new Set<Stream>()
  let timers: NodeJS.Timeout[] = []
  let isWanted = false
  let isClosed = false
  let running: Promise<void> | null = null
  let isAskedAgain = false
  let looking: Promise<void> | null = null
  let lastAt = Number.NEGATIVE_INFINITY
  let pace = paceMs

  function look() {
    if (streams.size === 0) return
    isWanted = true
    running ??= follow().finally(() => {
      running = null
    })
  }

  async function follow() {
    while (isWanted && !isClosed && streams.size > 0) {
      await sleep(Math.max(0, lastAt + pace - performance.now()))
      isWanted = false
      lastAt = performance.now()
      try {
        await tell([...streams])
      } catch (err) {
        if (!isClosed) log.warn({ err }, 'the live streams could not be fed; trying again')
      }
    }
  }

  async function tell(present: Stream[]) {
    const head = await getHead(db)
    const from = Math.min(head, ...present.filter((each) => isNear(each.after, head)).map(({ after }) => after!))
    const changes = from < head ? await findChanges(db, from, head) : null
    pace = changes && changes.reviews.length > mostNamed ? floodPaceMs : paceMs
    const hasNew = present.some(({ after }) => after === null)
    for (const stream of present) deliver(stream, head, changes)
    if (hasNew) lookAtPeople()
  }

  /** Every look tells each stream only what became different for it: most have nothing to say. */
  function lookAtPeople() {
    if (streams.size === 0 || isClosed) return
    isAskedAgain = true
    looking ??= tellPeople().finally(() => {
      looking = null
    })
  }

  async function tellPeople() {
    while (isAskedAgain && !isClosed) {
      isAskedAgain = false
      try {
        const present = await findPresent(db, fadeMs)
        for (const stream of streams) tellPresence(stream, present)
      } catch (err) {
        if (!isClosed) log.warn({ err }, 'who is there could not be found; trying again')
      }
      await sleep(paceMs)
    }
  }

  function start() {
    timers = [
      setInterval(look, lookMs),
      setInterval(lookAtPeople, lookMs),
      setInterval(() => {
        for (const { after, outlet } of streams) if (after !== null) outlet.send('beat', after, {})
      }, beatMs),
      setInterval(() => {
        for (const stream of streams) void recheck(stream)
      }, recheckMs),
    ]
    for (const timer of timers) timer.unref()
  }

  function stop() {
    for (const timer of timers) clearInterval(timer)
    timers = []
  }

  async function recheck(stream: Stream) {
    try {
      const caller = await stream.recheck()
      if (!caller || !may(caller.role, 'review.read')) return stream.outlet.end()
      const isSame = JSON.stringify(caller.scope) === JSON.stringify(stream.caller.scope)
      stream.caller = caller
      if (!isSame && stream.after !== null) stream.outlet.send('reset', stream.after, { reason: 'scope' })
    } catch (err) {
      log.warn({ err }, 'who reads a live stream could not be looked up; trying again')
    }
  }

  return {
    hasRoomFor: ({ id }) => [...streams].filter(({ caller }) => caller.id === id).length < mostStreams,
    open(reader) {
      if (isClosed) return reader.outlet.end()
      const stream: Stream = { ...reader, isResumed: reader.after !== null, told: null }
      if (streams.size === 0) start()
      streams.add(stream)
      reader.outlet.onClose(() => {
        streams.delete(stream)
        if (streams.size === 0) stop()
      })
      look()
      lookAtPeople()
    },
    look,
    lookAtPeople,
    async close() {
      isClosed = true
      stop()
      for (const { outlet } of streams) outlet.end()
      await Promise.all([running, looking])
    },
  }
}

const isNear = (after: number | null, head: number) => after !== null && after <= head && head - after <= mostEvents

/** Brings one stream to `head`: all that is told at once goes out as one message, so that its number covers it. */
function deliver(stream: Stream, head: number, changes: Changes | null) {
  const { after, outlet, caller } = stream
  const isFirst = stream.isResumed
  stream.isResumed = false
  stream.after = head
  if (after === null) return outlet.send('reset', head, { reason: 'start' })
  if (!isNear(after, head)) return outlet.send('reset', head, { reason: 'gap' })
  const cut = changes && after < head ? cutFor(caller, changes, after) : null
  const count = cut ? cut.reviews.length + cut.gone.length + cut.accounts.length + (cut.inbox ? 1 : 0) : 0
  if (count > mostNamed) return outlet.send('reset', head, { reason: 'many' })
  if (isFirst) outlet.send('beat', after, {})
  if (cut && count > 0) outlet.send('changes', head, cut)
}

/** Only once the stream has its number, which every message carries. */
function tellPresence(stream: Stream, present: Present[]) {
  if (stream.after === null) return
  const now = presentFor(stream.caller.scope, present)
  const said = sayPresence(stream.told, now)
  if (!said) return
  stream.told = now
  stream.outlet.send('presence', stream.after, said)
}
