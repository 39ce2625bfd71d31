import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { loadQuery } from '#client/api/exposure.ts'
import { announce } from '#client/ui/announce.tsx'
import css from './wellbeing.module.css'

/** Leads a supervisor to those who ask for more originals today; nothing while nobody does. */
export function AskedFor() {
  const { t } = useTranslation('wellbeing')
  const { data } = useQuery(loadQuery(undefined))
  const count = data?.items.filter(({ askedAt }) => askedAt !== null).length ?? 0
  useEffect(() => {
    if (count > 0) announce(t('asks.count', { count }))
  }, [count, t])
  if (count === 0) return null
  return (
    <Link to="/load" search={{}} className={css.asks}>
      <span className="num">{count}</span> <span className={css.asksWords}>{t('asks.words', { count })}</span>
    </Link>
  )
}
