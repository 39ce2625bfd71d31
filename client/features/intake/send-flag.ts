import type { z } from 'zod'
import { call } from '#client/api/call.ts'
import { createFlag } from '#shared/contract/flags.ts'
import type { FlagDraft } from './flag.store.ts'
import { readLink } from './read-link.ts'

export type Problem = 'link' | 'platform' | 'handle' | 'clause' | 'content' | 'language' | 'pictures'

/** What keeps a draft from being sent, in the order of the form. */
export function problemsOf(draft: FlagDraft): Problem[] {
  const { subject, link, platform, handle, caption, language, clause, pictures } = draft
  const hasContent = link.trim() !== '' || caption.trim() !== '' || pictures.length > 0
  const found: [Problem, boolean][] = [
    ['link', link.trim() !== '' && !readLink(link)],
    ['platform', platform.trim() === ''],
    ['handle', handle.trim() === ''],
    ['content', subject === 'post' && !hasContent],
    ['language', language.trim() !== '' && !/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language.trim())],
    ['pictures', subject === 'post' && pictures.some(({ state }) => state !== 'kept')],
    ['clause', clause === null],
  ]
  return found.flatMap(([problem, isThere]) => (isThere ? [problem] : []))
}

/** Flags what a person found. Sent again with the same draft, it answers as the first time. */
export function sendFlag(draft: FlagDraft, now: Date) {
  return call(createFlag, { body: toBody(draft, now) })
}

function toBody(draft: FlagDraft, now: Date): z.input<typeof createFlag.body> {
  const { id, subject, clause, pictures } = draft
  const text = (name: 'link' | 'platform' | 'handle' | 'language' | 'place' | 'reason') =>
    draft[name].trim() || undefined
  const platform = text('platform')!
  const handle = text('handle')!.replace(/^@/, '')
  const url = text('link')
  return {
    source: { kind: 'own_initiative', name: 'docket', externalId: id },
    reason: {
      code: 'own_initiative',
      ...(clause && { policy: clause }),
      ...(text('reason') && { text: text('reason') }),
    },
    flaggedAt: now.toISOString(),
    ...(subject === 'post' && {
      post: {
        platform,
        externalId: (url && readLink(url)?.externalId) || id,
        url,
        caption: draft.caption,
        language: text('language'),
        claimedPlace: text('place'),
        media: pictures.flatMap(({ sha256, name }) => (sha256 ? [{ sha256, name }] : [])),
      },
    }),
    account: { platform, externalId: handle, handle, ...(subject === 'account' && { url }) },
  }
}
