import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { policiesQuery } from '#client/api/reference-data.ts'
import { useFormat } from '#client/ui/format.ts'
import { Panel } from '#client/ui/Panel.tsx'
import { sourceIcon } from '#client/ui/Sources.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { FlagGroup } from '#shared/contract/reviews.ts'
import css from './decisions.module.css'

/** Why it was flagged, as far as was known when it was decided. */
export function FlagsThen({ flags }: { flags: readonly FlagGroup[] }) {
  const { t } = useTranslation('decisions')
  return (
    <Panel title={t('one.flags')}>
      {flags.length === 0 ? <p className="sm t3">{t('one.noFlags')}</p> : null}
      <ul className={css.flags}>
        {flags.map((group) => (
          <li key={group.kind}>
            <Group group={group} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Group({ group }: { group: FlagGroup }) {
  const { t: ui } = useTranslation('ui')
  const format = useFormat()
  const { data: policies } = useQuery(policiesQuery)
  const Glyph = sourceIcon[group.kind]
  const reasons = group.reasons.map(({ code, policy }) => {
    const clause = policy ? policies?.get(policy) : undefined
    return clause ? `${clause.code} ${clause.shortName}` : code
  })
  return (
    <>
      <span className="row6">
        <Glyph size={14} stroke={1.8} aria-hidden />
        <b className="b">{ui(`source.${group.kind}`)}</b>
        <span className="num t2">{format.number(group.count)}</span>
        <span className="push xs t3">
          <DateTime at={group.latestAt} form="short" />
        </span>
      </span>
      <span className="sm t2">{[...new Set(reasons)].slice(0, 3).join(' · ')}</span>
      {group.text ? (
        <q className="sm t2" dir="auto">
          {group.text}
        </q>
      ) : null}
    </>
  )
}
