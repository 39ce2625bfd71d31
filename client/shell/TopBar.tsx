import { useTranslation } from 'react-i18next'
import { topCentreId, topStartId } from '#client/ui/page.tsx'
import type { Session } from '#shared/contract/team.ts'
import type { Entry } from './entries.ts'
import { PersonMenu } from './PersonMenu.tsx'
import { SchemeMenu } from './SchemeMenu.tsx'
import css from './TopBar.module.css'

/** Pages put their own controls into the two places (`TopBarSlot`); the page's name stands where the first is empty. */
export function TopBar({ current, person }: { current: Entry | undefined; person: Session['person'] }) {
  const { t } = useTranslation('shell')
  return (
    <header className={css.top}>
      <div className={css.start} id={topStartId} />
      <span className={css.name}>{current ? t(`nav.${current.name}`) : null}</span>
      <div className={css.centre} id={topCentreId} />
      <div className={css.end}>
        <SchemeMenu />
        <PersonMenu person={person} />
      </div>
    </header>
  )
}
