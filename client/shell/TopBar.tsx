import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '#client/api/session.ts'
import { loadWords } from '#client/i18n/i18n.ts'
import { topCentreId, topStartId } from '#client/ui/page.tsx'
import type { Session } from '#shared/contract/team.ts'
import type { Entry } from './entries.ts'
import { OnShift } from './OnShift.tsx'
import { PersonMenu } from './PersonMenu.tsx'
import { FindButton } from './palette/FindButton.tsx'
import { SchemeMenu } from './SchemeMenu.tsx'
import css from './TopBar.module.css'

const ExposureMeter = lazy(async () => {
  const [part] = await Promise.all([import('./wellbeing/ExposureMeter.tsx'), loadWords('wellbeing')])
  return { default: part.ExposureMeter }
})

type Props = { current: Entry | undefined; person: Session['person']; onFind: () => void }

/** Pages put their own controls into the two places (`TopBarSlot`); the page's name stands where the first is empty. */
export function TopBar({ current, person, onFind }: Props) {
  const { t } = useTranslation('shell')
  return (
    <header className={css.top}>
      <div className={css.start} id={topStartId} />
      <span className={css.name}>{current ? t(`nav.${current.name}`) : null}</span>
      <div className={css.centre} id={topCentreId} />
      <FindButton onFind={onFind} />
      <div className={css.end}>
        <OnShift me={person.id} />
        {useMay('media.reveal') ? (
          <Suspense fallback={null}>
            <ExposureMeter />
          </Suspense>
        ) : null}
        <SchemeMenu />
        <PersonMenu person={person} />
      </div>
    </header>
  )
}
