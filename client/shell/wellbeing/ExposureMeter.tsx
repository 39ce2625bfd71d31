import { IconEye } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy } from 'react'
import { useTranslation } from 'react-i18next'
import { exposureQuery, isUsedUp } from '#client/api/exposure.ts'
import { useMay } from '#client/api/session.ts'
import { useFormat } from '#client/ui/format.ts'
import { useBox } from '#client/ui/hanging.tsx'
import { Meter } from '#client/ui/Meter.tsx'
import { AskedFor } from './AskedFor.tsx'
import { BreakPrompt } from './BreakPrompt.tsx'
import css from './wellbeing.module.css'

const load = () => import('./ExposureBox.tsx')
const ExposureBox = lazy(async () => ({ default: (await load()).ExposureBox }))

/** How many originals were seen today, of how many; what else was looked at opens. Says nothing where nothing is counted. */
export function ExposureMeter() {
  const { t } = useTranslation('wellbeing')
  const format = useFormat()
  const mayHelp = useMay('exposure.add')
  const { data: exposure } = useQuery(exposureQuery)
  const { target, hang } = useBox({ position: 'bottom-end', width: 340, withinPortal: false, warm: load })
  if (!exposure?.isCounted) return null
  const { reveals, budget } = exposure
  const label =
    budget === null
      ? t('meter.openFree', { count: reveals })
      : t('meter.open', { count: budget, seen: format.number(reveals) })
  return (
    <>
      {mayHelp ? <AskedFor /> : null}
      <button type="button" className={css.meter} {...target}>
        <span className="vh">{label}</span>
        <IconEye size={15} stroke={1.8} aria-hidden />
        {budget === null ? (
          <span className="num" aria-hidden>
            {format.number(reveals)}
          </span>
        ) : (
          <>
            <span className={css.bar} aria-hidden>
              <Meter value={reveals} of={budget} tone={isUsedUp(exposure) ? 'warn-solid' : 'accent'} />
            </span>
            <bdi className="num" aria-hidden>
              {format.number(reveals)} <span className="t3">/ {format.number(budget)}</span>
            </bdi>
          </>
        )}
      </button>
      {hang(<ExposureBox exposure={exposure} />, t('meter.title'))}
      <BreakPrompt exposure={exposure} />
    </>
  )
}
