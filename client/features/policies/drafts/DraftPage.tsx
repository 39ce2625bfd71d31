import { IconPencil } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { errorCode, errorFacts } from '#client/api/call.ts'
import { useMay } from '#client/api/session.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { EmptyState, ErrorState } from '#client/ui/states.tsx'
import { SkeletonText } from '#client/ui/waiting.tsx'
import type { PolicyDraft } from '#shared/contract/policy-drafts.ts'
import { InUse } from '../InUse.tsx'
import css from '../policies.module.css'
import { draftQuery } from '../policies.queries.ts'
import { SamplePanel } from '../rereviews/SamplePanel.tsx'
import { DraftEditor } from './DraftEditor.tsx'
import { DraftReading } from './DraftReading.tsx'
import { DraftSide } from './DraftSide.tsx'
import { Exchange } from './Exchange.tsx'
import { NewClause } from './NewClause.tsx'

type Props = { draftId: string; onUnder: (policyId: string) => void }

/** A draft to write or to read; `new` asks what the clause is to be, `file` is the policy as a file. */
export function DraftPage({ draftId, onUnder }: Props) {
  const mayRead = useMay('draft.read')
  const mayWrite = useMay('policy.manage')
  if (draftId === 'file' && mayRead) return <Exchange />
  if (draftId === 'new' && mayWrite) return <NewClause />
  if (!mayRead || draftId === 'new' || draftId === 'file') return <NoSuchDraft />
  return <KnownDraft draftId={draftId} onUnder={onUnder} />
}

function KnownDraft({ draftId, onUnder }: Props) {
  const { t } = useTranslation('drafts')
  const { data, error, refetch } = useQuery(draftQuery(draftId))
  const policyId = data?.policyId
  usePageTitle(data ? t(data.isNew ? 'title.new' : 'title', { code: data.code }) : t('steps.title'))
  useEffect(() => {
    if (policyId) onUnder(policyId)
  }, [policyId, onUnder])
  if (data) return <One key={data.steps.length} draft={data} />
  if (!error) return <SkeletonText lines={8} />
  const code = errorCode(error)
  if (code === 'not_found' || code === 'invalid_request') return <NoSuchDraft />
  return <ErrorState heading="h1" title={t('failed.title')} {...errorFacts(error)} onRetry={() => void refetch()} />
}

/** As often as a step is taken, it begins anew with what the server has. */
function One({ draft }: { draft: PolicyDraft }) {
  const mayWrite = useMay('policy.manage')
  if (draft.state === 'draft' && mayWrite) return <DraftEditor draft={draft} />
  return (
    <>
      <div className={css.main}>
        <DraftReading draft={draft} />
      </div>
      <div className={css.side}>
        <DraftSide draft={draft} inHand={null} />
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

function NoSuchDraft() {
  const { t } = useTranslation('drafts')
  const { t: words } = useTranslation('policies')
  return (
    <EmptyState
      heading="h1"
      icon={IconPencil}
      title={t('missing.title')}
      action={<ButtonLink to="/policies">{words('missing.action')}</ButtonLink>}
    >
      {t('missing.text')}
    </EmptyState>
  )
}
