import {
  type Icon,
  IconArrowUpRight,
  IconCircle,
  IconCircleCheck,
  IconCircleDashed,
  IconGavel,
  IconPlayerPause,
  IconUsers,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Badge } from './Badge.tsx'
import type { Tone } from './tone.ts'

/** `claimed` is an open review that somebody holds, `undecided` a closed one that nobody judged. */
export type ShownState = 'open' | 'claimed' | 'on_hold' | 'escalated' | 'confirming' | 'decided' | 'undecided'

const looks: Record<ShownState, { icon: Icon; tone: Tone }> = {
  open: { icon: IconCircle, tone: 'gone' },
  claimed: { icon: IconGavel, tone: 'accent' },
  on_hold: { icon: IconPlayerPause, tone: 'warn' },
  escalated: { icon: IconArrowUpRight, tone: 'note' },
  confirming: { icon: IconUsers, tone: 'note' },
  decided: { icon: IconCircleCheck, tone: 'ok' },
  undecided: { icon: IconCircleDashed, tone: 'gone' },
}

export function StateBadge({ state, bare }: { state: ShownState; bare?: boolean | undefined }) {
  const { t } = useTranslation('ui')
  return (
    <Badge tone={looks[state].tone} icon={looks[state].icon} bare={bare}>
      {t(`state.${state}`)}
    </Badge>
  )
}
