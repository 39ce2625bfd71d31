import { IconUrgent } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { peopleQuery } from '#client/api/reference-data.ts'
import { useMay } from '#client/api/session.ts'
import { Ago } from '#client/ui/time.tsx'
import { useList } from './list-context.ts'
import { threatsQuery } from './queue.queries.ts'
import css from './ThreatStrip.module.css'

/** Threats drawn one by one; the list of them is short or something is very wrong. */
const most = 3

/** Threats to life that nobody has answered, on top of the list of those in charge. */
export function ThreatStrip() {
  const { t } = useTranslation('queue')
  const { list } = useList()
  const { data } = useQuery({ ...threatsQuery, enabled: useMay('threat.answer') })
  const { data: people } = useQuery(peopleQuery)
  if (!data || data.items.length === 0) return <div />
  const shown = data.items.slice(0, most)
  return (
    <section className={css.strip} aria-label={t('threat.title')}>
      <h2>
        <IconUrgent size={15} aria-hidden />
        {t('threat.title')} <span className="num">{data.count}</span>
      </h2>
      <ul>
        {shown.map(({ id, reviewId, reference, line, raisedAt, raisedById }) => (
          <li key={id}>
            {reviewId ? (
              <Link to="/reviews/$reviewId" params={{ reviewId }} search={list} preload={false}>
                <span className="mono">{reference}</span> <bdi className="cut">{line}</bdi>
              </Link>
            ) : (
              <span>{t('threat.hidden')}</span>
            )}
            <span className={css.who}>
              {people?.get(raisedById)?.name} <Ago at={raisedAt} />
            </span>
          </li>
        ))}
      </ul>
      {data.count > shown.length ? (
        <p className="sm">{t('threat.more', { count: data.count - shown.length })}</p>
      ) : null}
    </section>
  )
}
