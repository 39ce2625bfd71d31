import { Button, Radio, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from '#client/ui/announce.tsx'
import { instantOf, wallOf } from '#client/ui/wall-clock.ts'
import type { PolicyDraft } from '#shared/contract/policy-drafts.ts'
import { LongText } from '../LongText.tsx'
import { useDraftAct } from '../policies.queries.ts'
import { Failure } from './Failure.tsx'

/** For somebody who did not write the draft: approve and publish it from a time on, or send it back. */
export function SecondPair({ draft }: { draft: PolicyDraft }) {
  const { t } = useTranslation('drafts')
  const publishing = useDraftAct(() => announce(t('steps.published')))
  const sendingBack = useDraftAct(() => announce(t('steps.sent_back')))
  const isPending = publishing.isPending || sendingBack.isPending
  const [when, setWhen] = useState<'now' | 'later'>(draft.wantedFrom ? 'later' : 'now')
  const [at, setAt] = useState(draft.wantedFrom ? wallOf(draft.wantedFrom, null) : '')
  const [comment, setComment] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const [clientId] = useState(() => crypto.randomUUID())
  const onDraft = { draftId: draft.id, clientId, revision: draft.revision, comment: comment.trim() }

  function publish() {
    const inForceFrom = when === 'later' && at ? instantOf(at, null) : null
    if (when === 'later' && (!inForceFrom || Date.parse(inForceFrom) <= Date.now()))
      return setFault(t('side.dateMissing'))
    setFault(null)
    publishing.mutate({ ...onDraft, act: 'publish', inForceFrom })
  }
  function sendBack() {
    if (comment.trim() === '') return setFault(t('side.commentMissing'))
    setFault(null)
    sendingBack.mutate({ ...onDraft, act: 'sendBack' })
  }
  return (
    <>
      <Radio.Group
        label={t('side.when')}
        value={when}
        onChange={(value) => setWhen(value === 'later' ? 'later' : 'now')}
      >
        <div className="row">
          <Radio value="now" label={t('side.atOnce')} />
          <Radio value="later" label={t('side.from')} />
        </div>
      </Radio.Group>
      {when === 'later' ? (
        <TextInput
          type="datetime-local"
          label={t('side.at')}
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
        />
      ) : null}
      <LongText
        label={t('side.comment')}
        rows={2}
        maxLength={2_000}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      {fault ? (
        <p className="sm bad" role="alert">
          {fault}
        </p>
      ) : null}
      <Failure error={publishing.error ?? sendingBack.error} />
      <div className="row6 wrap">
        <Button variant="filled" loading={isPending} onClick={publish}>
          {t('side.publish')}
        </Button>
        <Button disabled={isPending} onClick={sendBack}>
          {t('side.sendBack')}
        </Button>
      </div>
    </>
  )
}
