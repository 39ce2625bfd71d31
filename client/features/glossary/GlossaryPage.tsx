import { IconBook2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorCode, errorFacts } from '#client/api/call.ts'
import { useMay } from '#client/api/session.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { EmptyState, ErrorState } from '#client/ui/states.tsx'
import { SkeletonText } from '#client/ui/waiting.tsx'
import css from './glossary.module.css'
import { termQuery, termsQuery } from './glossary.queries.ts'
import { ExistingTerm, NewTerm } from './OpenTerm.tsx'
import { TermList } from './TermList.tsx'

/** All terms, and one of them to read or to write. Without one in the address the first is open. */
export function GlossaryPage() {
  const { t } = useTranslation('glossary')
  const { termId } = useParams({ strict: false })
  const { data, error, refetch } = useQuery(termsQuery)
  usePageTitle(t('title'))
  if (error && !data) {
    return <ErrorState heading="h1" title={t('failed.title')} {...errorFacts(error)} onRetry={() => void refetch()} />
  }
  if (!data) return <SkeletonText lines={8} />
  const openId = termId ?? data.items[0]?.id
  return (
    <div className={css.split}>
      <TermList terms={data.items} openId={openId} />
      <Open termId={openId} />
    </div>
  )
}

function Open({ termId }: { termId: string | undefined }) {
  const mayManage = useMay('glossary.manage')
  if (termId === undefined) return <NoTerms />
  if (termId === 'new') return mayManage ? <NewTerm /> : <NoSuchTerm />
  return <OneTerm key={termId} termId={termId} />
}

function OneTerm({ termId }: { termId: string }) {
  const { t } = useTranslation('glossary')
  const { data, error, refetch } = useQuery(termQuery(termId))
  const [isEditing, setEditing] = useState(false)
  if (data) return <ExistingTerm term={data} isEditing={isEditing} onEdit={setEditing} />
  if (!error) return <SkeletonText lines={6} />
  if (errorCode(error) === 'not_found' || errorCode(error) === 'invalid_request') return <NoSuchTerm />
  return <ErrorState title={t('failed.title')} {...errorFacts(error)} onRetry={() => void refetch()} />
}

function NoTerms() {
  const { t } = useTranslation('glossary')
  const mayManage = useMay('glossary.manage')
  const add = (
    <ButtonLink to="/glossary/$termId" params={{ termId: 'new' }}>
      {t('list.add')}
    </ButtonLink>
  )
  return (
    <EmptyState icon={IconBook2} title={t('empty.title')} action={mayManage ? add : undefined}>
      {t('empty.text')}
    </EmptyState>
  )
}

function NoSuchTerm() {
  const { t } = useTranslation('glossary')
  return (
    <EmptyState
      icon={IconBook2}
      title={t('missing.title')}
      action={<ButtonLink to="/glossary">{t('missing.action')}</ButtonLink>}
    >
      {t('missing.text')}
    </EmptyState>
  )
}
