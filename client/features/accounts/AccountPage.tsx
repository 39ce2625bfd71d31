import { IconUserSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { errorCode, errorFacts } from '#client/api/call.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { EmptyState, ErrorState } from '#client/ui/states.tsx'
import { SkeletonText } from '#client/ui/waiting.tsx'
import type { AccountDetail } from '#shared/contract/accounts.ts'
import { AccountDecisions } from './AccountDecisions.tsx'
import { AccountHead } from './AccountHead.tsx'
import { AccountPosts } from './AccountPosts.tsx'
import { AccountTime } from './AccountTime.tsx'
import css from './accounts.module.css'
import { accountQuery } from './accounts.queries.ts'
import { AccountNotes } from './notes/AccountNotes.tsx'
import { MeasuresInForce, Standing } from './Standing.tsx'

/** One account: what it is, what became of it across time, what it published and what was decided. */
export function AccountPage() {
  const { t } = useTranslation('accounts')
  const { accountId = '' } = useParams({ strict: false })
  const { data, error, refetch } = useQuery(accountQuery(accountId))
  usePageTitle(data?.handle ?? t('title'))
  if (data) return <One key={data.id} account={data} />
  if (!error) return <SkeletonText lines={8} />
  const back = <ButtonLink to="/accounts">{t('back')}</ButtonLink>
  if (errorCode(error) === 'not_found' || errorCode(error) === 'invalid_request') {
    return (
      <EmptyState heading="h1" icon={IconUserSearch} title={t('missing.title')} action={back}>
        {t('missing.text')}
      </EmptyState>
    )
  }
  return (
    <ErrorState
      heading="h1"
      title={t('failed.one')}
      {...errorFacts(error)}
      onRetry={() => void refetch()}
      action={back}
    />
  )
}

function One({ account }: { account: AccountDetail }) {
  return (
    <div className="page">
      <AccountHead account={account} />
      <AccountTime account={account} />
      <div className={css.below}>
        <AccountPosts accountId={account.id} />
        <Standing account={account} />
        <MeasuresInForce account={account} />
        <AccountDecisions accountId={account.id} />
        <AccountNotes account={account} />
      </div>
    </div>
  )
}
