import { ActionIcon } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconLayoutSidebarRight } from '@tabler/icons-react'
import { lazy } from 'react'
import { useTranslation } from 'react-i18next'
import { useBox, useHint } from '#client/ui/hanging.tsx'
import { KeyCap } from '#client/ui/Kbd.tsx'
import css from './queue.module.css'
import type { View } from './view.ts'

const load = () => import('./ColumnChoice.tsx')
const ColumnChoice = lazy(async () => ({ default: (await load()).ColumnChoice }))

type Props = { view: View; onChange: (part: Partial<View>) => void }

/** Which columns there are, in which order, and how dense the rows stand. */
export function ViewMenu({ view, onChange }: Props) {
  const { t } = useTranslation('queue')
  const { target, hang } = useBox({ position: 'bottom-end', warm: load })
  const name = t('view.button')
  return (
    <>
      <ActionIcon className="hideS" aria-label={name} title={name} {...target}>
        <IconAdjustmentsHorizontal size={15} />
      </ActionIcon>
      {hang(<ColumnChoice view={view} onChange={onChange} />, name)}
    </>
  )
}

/** Shows or hides the panel beside the list. */
export function PeekButton({ isPeeking, onChange }: { isPeeking: boolean; onChange: () => void }) {
  const { t } = useTranslation('queue')
  const { over, hint } = useHint(
    <span className="row6">
      {t('peek.button')} <KeyCap action="look" />
    </span>,
  )
  return (
    <>
      <ActionIcon
        className={css.peekButton}
        aria-label={t('peek.button')}
        aria-pressed={isPeeking}
        onClick={onChange}
        {...over}
      >
        <IconLayoutSidebarRight size={15} className="flip" />
      </ActionIcon>
      {hint}
    </>
  )
}
