import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { policiesQuery } from '#client/api/reference-data.ts'
import { Faithful } from '#client/ui/caption/Faithful.tsx'
import { useFormat } from '#client/ui/format.ts'
import { Meter } from '#client/ui/Meter.tsx'
import { sourceIcon } from '#client/ui/Sources.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { FlagGroup, ReviewDetail } from '#shared/contract/reviews.ts'
import { SourceKind } from '#shared/domain/words.ts'
import { TextButton } from '../TextButton.tsx'
import { FlagList } from './FlagList.tsx'
import css from './post.module.css'

/** Reasons named in one row; the list of flags has them all. */
const namedReasons = 3

/** One row a kind of source, the weightiest kind first; the count opens the flags themselves. */
export function WhyFlagged({ detail }: { detail: ReviewDetail }) {
  const { t } = useTranslation('review')
  const [isListed, setListed] = useState(false)
  const groups = SourceKind.options.flatMap((kind) => detail.flags.filter((group) => group.kind === kind))
  const count = detail.flags.reduce((sum, group) => sum + group.count, 0)
  return (
    <section className={css.block} aria-label={t('why.title')}>
      <div className="row">
        <h2>{t('why.title')}</h2>
        <TextButton className="push" onClick={() => setListed(true)}>
          {t('why.all', { count })}
        </TextButton>
      </div>
      <ul className={css.why}>
        {groups.map((group) => (
          <Group key={group.kind} group={group} />
        ))}
      </ul>
      {isListed ? <FlagList reviewId={detail.review.id} count={count} onClose={() => setListed(false)} /> : null}
    </section>
  )
}

function Group({ group }: { group: FlagGroup }) {
  const { t } = useTranslation('review')
  const format = useFormat()
  const { data: policies } = useQuery(policiesQuery)
  const Glyph = sourceIcon[group.kind]
  const nameOf = ({ code, policy }: FlagGroup['reasons'][number]) => {
    const clause = policy ? policies?.get(policy) : undefined
    return clause ? `${clause.code} ${clause.shortName}` : code
  }
  // Senders have several codes for one clause.
  const reasons = [...Map.groupBy(group.reasons, nameOf)]
    .map(([name, of]) => ({ name, count: of.reduce((sum, reason) => sum + reason.count, 0) }))
    .toSorted((one, other) => other.count - one.count)
  const score = group.maxScore === null ? null : format.number(Math.round(group.maxScore * 100) / 100)
  return (
    <li>
      <Glyph size={14} stroke={1.8} aria-hidden />
      <span className="b cut">{t(`why.${group.kind}`, { count: group.count, n: format.number(group.count) })}</span>
      <span className="t3 xs" title={group.sourceNames.join(', ')}>
        <DateTime at={group.latestAt} form="short" />
      </span>
      <div className={css.evidence}>
        <span className="t2">
          {reasons.slice(0, namedReasons).map((reason, index) => (
            <span key={reason.name}>
              {index > 0 ? ' · ' : ''}
              <bdi>{reason.name}</bdi>
              {reasons.length > 1 ? <span className="num"> {format.number(reason.count)}</span> : null}
            </span>
          ))}
          {reasons.length > namedReasons ? ` · ${t('why.moreReasons', { count: reasons.length - namedReasons })}` : ''}
        </span>
        {score === null ? null : (
          <span className={css.score}>
            <span>
              <Meter value={group.maxScore ?? 0} of={1} tone="text-3" />
            </span>
            <span className="t2 num">{t('why.score', { score })}</span>
          </span>
        )}
        {group.text ? (
          <q className={css.quote} dir="auto">
            <Faithful text={group.text} isPlain />
          </q>
        ) : null}
      </div>
    </li>
  )
}
