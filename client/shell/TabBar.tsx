import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Entry } from './entries.ts'
import css from './TabBar.module.css'

/** The rail of a phone. */
export function TabBar({ shown, current }: { shown: readonly Entry[]; current: Entry | undefined }) {
  const { t } = useTranslation('shell')
  return (
    <nav className={css.tabs} aria-label={t('nav.main')}>
      {shown.map((entry) => (
        <Link key={entry.name} {...entry.link} aria-current={entry === current ? 'page' : undefined}>
          <entry.icon size={19} stroke={1.6} aria-hidden />
          {t(`nav.${entry.name}`)}
        </Link>
      ))}
    </nav>
  )
}
