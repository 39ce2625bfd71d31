import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Logo } from '#client/ui/Logo.tsx'
import css from './Entry.module.css'

/** The frame of the pages one sees before being signed in. */
export function Entry({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  const { t } = useTranslation('team')
  return (
    <main className={css.entry}>
      <div className={css.card}>
        <header className={css.head}>
          <Logo size={34} />
          <div>
            <h1>{title}</h1>
            <p className="t2">{lead}</p>
          </div>
        </header>
        {children}
        <p className="xs t3">{t('entry.notice')}</p>
      </div>
    </main>
  )
}

/** What concerns the whole form. Stands above the fields and is read out as it appears. */
export function FormAlert({ tone = 'bad', children }: { tone?: 'bad' | 'warn'; children: ReactNode }) {
  return (
    <p className={css.alert} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      {children}
    </p>
  )
}
