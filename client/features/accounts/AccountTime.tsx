import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '#client/ui/Panel.tsx'
import { DateTime } from '#client/ui/time.tsx'
import { SkeletonText } from '#client/ui/waiting.tsx'
import type { AccountDetail, AccountMoment } from '#shared/contract/accounts.ts'
import css from './accounts.module.css'
import { timelineQuery } from './accounts.queries.ts'
import { Lane } from './Lane.tsx'
import { useMomentWords } from './moment-words.ts'

/** What happened across time: as a line to see, or as a list to read and open. */
export function AccountTime({ account }: { account: AccountDetail }) {
  const { t } = useTranslation('accounts')
  const { data, isError } = useQuery(timelineQuery(account.id))
  const [isList, setList] = useState(false)
  const isEmpty = data !== undefined && data.items.length === 0
  return (
    <Panel
      title={t('time.title')}
      side={
        <>
          <span className="xs t3">{t(data?.isCut ? 'time.cut' : 'time.utc')}</span>
          {data && !isEmpty ? (
            <button type="button" className={css.textButton} onClick={() => setList(!isList)}>
              {t(isList ? 'time.asLine' : 'time.asList')}
            </button>
          ) : null}
        </>
      }
    >
      {isError && !data ? <p className="sm bad">{t('time.failed')}</p> : null}
      {isEmpty ? <p className="sm t3">{t('time.nothing')}</p> : null}
      {!data && !isError ? <SkeletonText lines={3} /> : null}
      {data && !isEmpty && !isList ? <Lane handle={account.handle} moments={data.items} /> : null}
      {data && isList ? <MomentList moments={data.items} /> : null}
    </Panel>
  )
}

/** The newest first. */
function MomentList({ moments }: { moments: readonly AccountMoment[] }) {
  const wordOf = useMomentWords()
  return (
    <ol className={css.moments}>
      {moments.toReversed().map((moment, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the past does not change its order
        <li key={index}>
          <span className="t3">
            <DateTime at={moment.at} zone="utc" />
          </span>
          <span className="cut" dir="auto">
            <Opening moment={moment}>{wordOf(moment)}</Opening>
          </span>
        </li>
      ))}
    </ol>
  )
}

function Opening({ moment, children }: { moment: AccountMoment; children: string }) {
  if (moment.kind === 'decision') {
    return (
      <Link to="/decisions/$decisionId" params={{ decisionId: moment.decisionId }}>
        {children}
      </Link>
    )
  }
  if (moment.kind === 'appeal') {
    return (
      <Link to="/appeals/$appealId" params={{ appealId: moment.appealId }}>
        {children}
      </Link>
    )
  }
  if (moment.kind === 'post' || moment.kind === 'flags') {
    return (
      <Link to="/reviews/$reviewId" params={{ reviewId: moment.reviewId }}>
        {children}
      </Link>
    )
  }
  return children
}
