import { useEffect, useRef, useState } from 'react'
import { call, errorCode } from '#client/api/call.ts'
import { useSession } from '#client/api/session.ts'
import type { PolicyContent } from '#shared/contract/policies.ts'
import { getDraft, type PolicyDraft, saveDraft } from '#shared/contract/policy-drafts.ts'
import { keep, readKept } from './keep-draft.ts'

export type Written = { content: PolicyContent; change: string; wantedFrom: string | null }

/** `conflict`: somebody else saved since, or the draft is open no more. */
export type Saving = 'saved' | 'dirty' | 'saving' | 'failed' | 'conflict'

/** From the last key to the save, and from a save that failed to the next. */
const restMs = 1_200
const retryMs = 5_000

const writtenIn = ({ content, change, wantedFrom }: PolicyDraft): Written => ({ content, change, wantedFrom })

/**
 * What is written on a draft, sent by itself a moment after the last key. Until the server has it, it lies in this browser
 * too: neither a closed tab nor a lost line nor somebody else's save takes a word of it away.
 */
export function useDraft(draft: PolicyDraft) {
  const me = useSession().person.id
  const [kept] = useState(() => readKept(me, draft.id))
  const [written, setWritten] = useState(() => kept?.written ?? writtenIn(draft))
  const [status, setStatus] = useState<Saving>(() => {
    if (!kept) return 'saved'
    return kept.revision === draft.revision ? 'dirty' : 'conflict'
  })
  const [savedAt, setSavedAt] = useState(draft.savedAt)
  const revision = useRef(kept?.revision ?? draft.revision)
  const latest = useRef(written)
  const saved = useRef(kept ? null : written)
  const running = useRef<Promise<boolean> | null>(null)
  /** One for each wording: a save that is sent again is the same save. */
  const acts = useRef(new WeakMap<Written, string>())

  function change(part: Partial<Written>) {
    const next = { ...latest.current, ...part }
    latest.current = next
    setWritten(next)
    setStatus((now) => (now === 'conflict' ? now : 'dirty'))
    keep(me, draft.id, { revision: revision.current, written: next })
  }

  /** Whether the server has all of it. */
  function save(): Promise<boolean> {
    running.current ??= send().finally(() => {
      running.current = null
    })
    return running.current
  }

  async function send(): Promise<boolean> {
    while (latest.current !== saved.current) {
      const sent = latest.current
      const clientId = acts.current.get(sent) ?? crypto.randomUUID()
      acts.current.set(sent, clientId)
      setStatus('saving')
      try {
        const body = { ...sent, clientId, revision: revision.current }
        const reply = await call(saveDraft, { params: { draftId: draft.id }, body })
        revision.current = reply.revision
        saved.current = sent
        setSavedAt(reply.savedAt)
        keep(me, draft.id, latest.current === sent ? null : { revision: reply.revision, written: latest.current })
      } catch (err) {
        const code = errorCode(err)
        setStatus(code === 'version_changed' || code === 'draft_closed' ? 'conflict' : 'failed')
        return false
      }
    }
    setStatus('saved')
    return true
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new wording begins the rest anew
  useEffect(() => {
    if (status !== 'dirty' && status !== 'failed') return
    const timer = setTimeout(() => void save(), status === 'failed' ? retryMs : restMs)
    return () => clearTimeout(timer)
  }, [status, written])

  const isUnsent = status === 'dirty'
  const leave = useRef(save)
  leave.current = save
  const unsent = useRef(isUnsent)
  unsent.current = isUnsent
  useEffect(
    () => () => {
      if (unsent.current) void leave.current()
    },
    [],
  )

  async function settle(whose: 'mine' | 'theirs') {
    const fresh = await call(getDraft, { params: { draftId: draft.id } })
    revision.current = fresh.revision
    if (whose === 'mine') return save()
    latest.current = writtenIn(fresh)
    saved.current = latest.current
    setWritten(latest.current)
    keep(me, draft.id, null)
    setStatus('saved')
    return true
  }

  return { written, change, status, savedAt, save, settle, revision: () => revision.current }
}

export type DraftInHand = ReturnType<typeof useDraft>
