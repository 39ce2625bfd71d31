import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#client/ui/format.ts'
import type { PolicyDraft } from '#shared/contract/policy-drafts.ts'
import { InUse } from '../InUse.tsx'
import { PolicyText } from '../PolicyText.tsx'
import css from '../policies.module.css'
import { SamplePanel } from '../rereviews/SamplePanel.tsx'
import { DraftForm } from './DraftForm.tsx'
import { DraftHead } from './DraftReading.tsx'
import { DraftSide } from './DraftSide.tsx'
import own from './drafts.module.css'
import { type DraftInHand, useDraft } from './use-draft.ts'

/** A draft while it is written. */
export function DraftEditor({ draft }: { draft: PolicyDraft }) {
  const { t } = useTranslation('drafts')
  const inHand = useDraft(draft)
  const [view, setView] = useState<'write' | 'changes'>('write')
  const { content, change } = inHand.written
  return (
    <>
      <div className={css.main}>
        <article className={css.prose} aria-label={content.label || draft.code}>
          <DraftHead draft={draft} label={content.label} />
          <div className={own.bar}>
            {draft.base ? (
              <SegmentedControl
                size="xs"
                aria-label={t('view.label')}
                data={(['write', 'changes'] as const).map((value) => ({ value, label: t(`view.${value}`) }))}
                value={view}
                onChange={(value) => setView(value as typeof view)}
              />
            ) : null}
            <SaveState inHand={inHand} />
          </div>
          {view === 'write' || !draft.base ? (
            <DraftForm kind={draft.kind} written={inHand.written} onChange={inHand.change} />
          ) : (
            <>
              {change ? <p className="b">{change}</p> : null}
              <PolicyText kind={draft.kind} now={content} before={draft.base} />
            </>
          )}
        </article>
      </div>
      <div className={css.side}>
        <DraftSide draft={draft} inHand={inHand} />
        {draft.isNew ? null : (
          <>
            <InUse policyId={draft.policyId} kind={draft.kind} />
            <SamplePanel policyId={draft.policyId} draftId={draft.id} />
          </>
        )}
      </div>
    </>
  )
}

function SaveState({ inHand: { status, savedAt, save, settle } }: { inHand: DraftInHand }) {
  const { t } = useTranslation('drafts')
  const format = useFormat()
  const words = {
    saved: t('save.saved', { time: format.date(savedAt, 'time') }),
    saving: t('save.saving'),
    dirty: t('save.dirty'),
    failed: t('save.failed'),
    conflict: t('save.conflict'),
  }[status]
  return (
    <div className="row6 wrap grow">
      <span className={`sm ${status === 'failed' || status === 'conflict' ? 'bad' : 't3'}`} role="status">
        {words}
      </span>
      <span className="push row6">
        {status === 'conflict' ? (
          <>
            <Button onClick={() => void settle('mine')}>{t('save.mine')}</Button>
            <Button onClick={() => void settle('theirs')}>{t('save.theirs')}</Button>
          </>
        ) : (
          <Button disabled={status === 'saved' || status === 'saving'} onClick={() => void save()}>
            {t('save.now')}
          </Button>
        )}
      </span>
    </div>
  )
}
