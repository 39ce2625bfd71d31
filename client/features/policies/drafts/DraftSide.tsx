import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNameOf } from '#client/api/choices.ts'
import { useMay, useSession } from '#client/api/session.ts'
import { announce } from '#client/ui/announce.tsx'
import { useFormat } from '#client/ui/format.ts'
import { Panel } from '#client/ui/Panel.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { PolicyDraft } from '#shared/contract/policy-drafts.ts'
import { faultsOfPolicy } from '#shared/domain/policy-rules.ts'
import css from '../policies.module.css'
import { useDraftAct } from '../policies.queries.ts'
import own from './drafts.module.css'
import { Failure } from './Failure.tsx'
import { SecondPair } from './SecondPair.tsx'
import type { DraftInHand } from './use-draft.ts'

type Props = {
  draft: PolicyDraft
  /** While it is written here. */
  inHand: DraftInHand | null
}

/** What is to be done with a draft next, and what was. */
export function DraftSide({ draft, inHand }: Props) {
  const { t } = useTranslation('drafts')
  const nameOf = useNameOf()
  return (
    <>
      <Panel title={t('side.title')}>
        <div className="col" style={{ gap: 10 }}>
          <Next draft={draft} inHand={inHand} />
          <p className="xs t3">{t('side.writers', { names: draft.writerIds.map(nameOf).join(', ') })}</p>
        </div>
      </Panel>
      <Panel title={t('steps.title')}>
        <ol className={css.chain}>
          {draft.steps.toReversed().map((step) => (
            <li key={`${step.kind} ${step.at}`} data-now={step.kind === 'published' || undefined}>
              <div className="b">{t(`steps.${step.kind}`)}</div>
              {step.comment ? <div dir="auto">{step.comment}</div> : null}
              <div className="xs t3">
                {nameOf(step.byId)} <DateTime at={step.at} form="short" />
              </div>
            </li>
          ))}
        </ol>
      </Panel>
    </>
  )
}

function Next({ draft, inHand }: Props) {
  const { t } = useTranslation('drafts')
  const format = useFormat()
  const me = useSession().person.id
  const mayPublish = useMay('policy.publish')
  const { state, inForceSince, writerIds } = draft
  if (state === 'published' && inForceSince) {
    const isToCome = Date.parse(inForceSince) > Date.now()
    const time = format.date(inForceSince, 'full')
    return <p className="sm">{t(isToCome ? 'side.inForceFrom' : 'side.inForce', { time })}</p>
  }
  if (state === 'discarded') return <p className="sm">{t('state.discarded')}</p>
  if (state === 'draft')
    return inHand ? <Ready draft={draft} inHand={inHand} /> : <p>{t('state.draft', { version: draft.basedOn + 1 })}</p>
  const isMine = writerIds.includes(me)
  return (
    <>
      {mayPublish && !isMine ? <SecondPair draft={draft} /> : null}
      {isMine ? <p className="sm t2">{t('side.ownWork')}</p> : null}
      {mayPublish ? null : <p className="sm t2">{t('side.notYours')}</p>}
      <Leave draft={draft} />
    </>
  )
}

function Ready({ draft, inHand }: { draft: PolicyDraft; inHand: DraftInHand }) {
  const { t } = useTranslation('drafts')
  const { written, save, revision } = inHand
  const act = useDraftAct(() => announce(t('steps.asked')))
  const faults = faultsOfPolicy(written, draft.kind, draft.base)
  async function ask() {
    if (!(await save())) return
    act.mutate({ act: 'ask', draftId: draft.id, clientId: crypto.randomUUID(), revision: revision() })
  }
  return (
    <>
      {faults.length > 0 ? (
        <div>
          <p className="sm b">{t('side.missing')}</p>
          <ul className={own.faults}>
            {faults.map(({ code }) => (
              <li key={code}>{t(`fault.${code}`)}</li>
            ))}
          </ul>
        </div>
      ) : (
        <p className="sm t2">{t('side.ready')}</p>
      )}
      <Button
        variant="filled"
        disabled={faults.length > 0 || inHand.status === 'conflict'}
        loading={act.isPending}
        onClick={() => void ask()}
      >
        {t('side.ask')}
      </Button>
      <Failure error={act.error} />
      <Discard draft={draft} revision={revision} save={save} />
    </>
  )
}

/** Of those who may write, while it waits. */
function Leave({ draft }: { draft: PolicyDraft }) {
  const { t } = useTranslation('drafts')
  const mayWrite = useMay('policy.manage')
  const act = useDraftAct()
  if (!mayWrite) return null
  return (
    <>
      <Button
        loading={act.isPending}
        onClick={() =>
          act.mutate({
            act: 'takeBack',
            draftId: draft.id,
            clientId: crypto.randomUUID(),
            revision: draft.revision,
          })
        }
      >
        {t('side.takeBack')}
      </Button>
      <Failure error={act.error} />
    </>
  )
}

type DiscardProps = { draft: PolicyDraft; revision: () => number; save: () => Promise<boolean> }

/** Asked twice, in place. */
function Discard({ draft, revision, save }: DiscardProps) {
  const { t } = useTranslation('drafts')
  const act = useDraftAct()
  const [isSure, setSure] = useState(false)
  async function discard() {
    if (!isSure) return setSure(true)
    await save()
    act.mutate({ act: 'discard', draftId: draft.id, clientId: crypto.randomUUID(), revision: revision() })
  }
  return (
    <>
      <Button variant="subtle" color="gray" loading={act.isPending} onClick={() => void discard()}>
        {t(isSure ? 'side.discardSure' : 'side.discard')}
      </Button>
      <Failure error={act.error} />
    </>
  )
}
