import { type Icon, IconArrowBackUp, IconCheck, IconClockHour4, IconPencil, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Badge } from './Badge.tsx'
import type { Tone } from './tone.ts'

type Shown = 'waiting' | 'withdrawn' | 'upheld' | 'reversed' | 'changed'
type Props = {
  state: 'waiting' | 'decided' | 'withdrawn'
  outcome: 'upheld' | 'reversed' | 'changed' | null
  bare?: boolean
}

const looks: Record<Shown, { icon: Icon; tone: Tone }> = {
  waiting: { icon: IconClockHour4, tone: 'warn' },
  withdrawn: { icon: IconX, tone: 'gone' },
  upheld: { icon: IconCheck, tone: 'gone' },
  reversed: { icon: IconArrowBackUp, tone: 'ok' },
  changed: { icon: IconPencil, tone: 'note' },
}

/** What became of an appeal. */
export function AppealBadge({ state, outcome, bare }: Props) {
  const { t } = useTranslation('ui')
  const shown = state === 'decided' && outcome ? outcome : state === 'withdrawn' ? 'withdrawn' : 'waiting'
  const { icon, tone } = looks[shown]
  return (
    <Badge tone={tone} icon={icon} bare={bare}>
      {t(`appeal.${shown}`)}
    </Badge>
  )
}
