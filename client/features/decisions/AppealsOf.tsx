import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { appealsOfQuery } from '#client/api/appeals.ts'
import { policiesQuery } from '#client/api/reference-data.ts'
import { useMay } from '#client/api/session.ts'
import { AppealBadge } from '#client/ui/AppealBadge.tsx'
import { ButtonLink } from '#client/ui/links.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { DecisionRecord } from '#shared/contract/decisions.ts'
import { appealUntil, defaultAppealDays } from '#shared/domain/appeals.ts'
import css from './decisions.module.css'

/** Who appealed this decision and what came of it, and until when somebody may. */
export function AppealsOf({ decision }: { decision: DecisionRecord }) {
  const { t } = useTranslation('decisions')
  const { data, isError } = useQuery(appealsOfQuery({ decision: decision.id }))
  const mayFile = useMay('appeal.file')
  const stands = !decision.undoneAt && !decision.supersededById
  const isOpen = data?.items.some(({ state, decision: { id } }) => state === 'waiting' && id === decision.id)
  if (data?.items.length === 0 && !stands) return null
  return (
    <Panel
      title={t('appeals.title')}
      side={
        mayFile && stands && data && !isOpen ? (
          <ButtonLink size="compact-xs" to="/appeals/new" search={{ decision: decision.id }}>
            {t('appeals.file')}
          </ButtonLink>
        ) : null
      }
    >
      <div className="col" style={{ gap: 8 }}>
        {isError && !data ? <p className="sm bad">{t('appeals.failed')}</p> : null}
        {data?.items.length === 0 ? <p className="sm t3">{t('appeals.none')}</p> : null}
        <ul className={css.flags}>
          {data?.items.map((appeal) => (
            <li key={appeal.id}>
              <span className="row6">
                <Link to="/appeals/$appealId" params={{ appealId: appeal.id }} className="mono">
                  {appeal.reference}
                </Link>
                <AppealBadge state={appeal.state} outcome={appeal.outcome} bare />
                <span className="push xs t3">
                  <DateTime at={appeal.filedAt} form="short" />
                </span>
              </span>
              <span className="sm t2 cut" dir="auto">
                {appeal.textExcerpt}
              </span>
            </li>
          ))}
        </ul>
        {stands ? <Until decision={decision} /> : null}
      </div>
    </Panel>
  )
}

function Until({ decision: { clause, decidedAt } }: { decision: DecisionRecord }) {
  const { t } = useTranslation('decisions')
  const { data: policies } = useQuery(policiesQuery)
  const policy = clause ? policies?.get(clause.id) : undefined
  const version = [policy?.current, ...(policy?.earlier ?? [])].find((each) => each?.version === clause?.version)
  const until = appealUntil(decidedAt, version?.appealDays ?? defaultAppealDays)
  return (
    <p className="xs t3">
      {t(until < new Date() ? 'appeals.over' : 'appeals.until')} <DateTime at={until.toISOString()} form="date" />
    </p>
  )
}
