import {
  type Icon,
  IconAlertCircle,
  IconBan,
  IconCircleCheck,
  IconCircleHalf2,
  IconEyeOff,
  IconMailExclamation,
  IconNews,
  IconTag,
  IconTrash,
  IconUserX,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { outcomeTone } from '../theme.ts'
import { Badge } from './Badge.tsx'
import type { Tone } from './tone.ts'

type Props = {
  outcome: 'violation' | 'no_violation' | 'exempt'
  /** What was done to the post; a violation without one says just that. */
  postMeasure?: 'label' | 'restrict' | 'remove' | null | undefined
  bare?: boolean | undefined
}

type Shown = keyof typeof outcomeTone | 'violation'
const icons: Record<Shown, Icon> = {
  keep: IconCircleCheck,
  label: IconTag,
  restrict: IconEyeOff,
  remove: IconTrash,
  exempt: IconNews,
  violation: IconAlertCircle,
}

/** What a decision means for the post, in one word. */
export function OutcomeBadge({ outcome, postMeasure, bare }: Props) {
  const { t } = useTranslation('ui')
  const shown: Shown =
    outcome === 'no_violation' ? 'keep' : outcome === 'exempt' ? 'exempt' : (postMeasure ?? 'violation')
  return (
    <Badge tone={shown === 'violation' ? 'bad' : outcomeTone[shown]} icon={icons[shown]} bare={bare}>
      {t(`outcome.${shown}`)}
    </Badge>
  )
}

type AccountMeasure = 'warn' | 'limit' | 'block' | 'terminate'
const measures: Record<AccountMeasure, { icon: Icon; tone: Tone }> = {
  warn: { icon: IconMailExclamation, tone: 'warn' },
  limit: { icon: IconCircleHalf2, tone: 'warn' },
  block: { icon: IconBan, tone: 'bad' },
  terminate: { icon: IconUserX, tone: 'bad' },
}

/** What a decision did to the account. */
export function MeasureBadge({ measure, bare }: { measure: AccountMeasure; bare?: boolean | undefined }) {
  const { t } = useTranslation('ui')
  const { icon, tone } = measures[measure]
  return (
    <Badge tone={tone} icon={icon} bare={bare}>
      {t(`measure.${measure}`)}
    </Badge>
  )
}
