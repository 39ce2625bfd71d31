import { Button } from '@mantine/core'
import { IconCoffee } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useOrganisation, usePreferences } from '#client/api/preferences.ts'
import { announce } from '#client/ui/announce.tsx'
import { clockText, useClock } from '#client/ui/clock.ts'
import type { Exposure } from '#shared/contract/exposure.ts'
import { heavyOf, limitsOf, putOff, rest, takeUp, useStretch } from './break.store.ts'
import { reasonFor } from './breaks.ts'
import css from './wellbeing.module.css'

/** Proposes a break in a corner, and takes nothing away: the work goes on underneath for who wants it to. */
export function BreakPrompt({ exposure }: { exposure: Exposure }) {
  const { t } = useTranslation('wellbeing')
  const own = usePreferences().care
  const house = useOrganisation().care
  const heavy = heavyOf(exposure, house.heavyKinds)
  const stretch = useStretch(exposure.day, heavy)
  const reason = useClock((now) => stretch && reasonFor(stretch, limitsOf(own, house), now, heavy))
  const rested = useClock((now) => (stretch?.restingSince ? Math.floor((now - stretch.restingSince) / 1_000) : null))
  useEffect(() => {
    if (reason) announce(t('break.title'))
  }, [reason, t])
  if (!stretch || (!reason && rested === null)) return null
  const minutes = Math.floor((stretch.usedAt - stretch.since) / 60_000)
  return (
    <section className={css.prompt} aria-label={t('break.title')}>
      <IconCoffee size={18} stroke={1.6} aria-hidden />
      {rested === null ? (
        <>
          <p className="sm">
            <b className="b">{t('break.title')}</b>
            <br />
            <span className="t2">
              {reason === 'items'
                ? t('break.items', { count: heavy - stretch.heavyBefore })
                : t('break.minutes', { count: minutes })}
            </span>
          </p>
          <Button onClick={() => rest(Date.now())}>{t('break.start')}</Button>
          <Button variant="subtle" onClick={() => putOff(Date.now())}>
            {t('break.later')}
          </Button>
        </>
      ) : (
        <>
          <p className="sm num">{t('break.on', { time: clockText(rested) })}</p>
          <Button onClick={() => takeUp(Date.now(), exposure.day, heavy)}>{t('break.back')}</Button>
        </>
      )}
    </section>
  )
}
