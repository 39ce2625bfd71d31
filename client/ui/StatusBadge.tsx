import {
  type Icon,
  IconBan,
  IconCircleCheck,
  IconCircleHalf2,
  IconHelpCircle,
  IconTrash,
  IconUserPlus,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { statusTone } from '../theme.ts'
import { Badge } from './Badge.tsx'

/** `new` stands beside a status: an account opened a short while ago. */
export type ShownStatus = 'active' | 'limited' | 'blocked' | 'deleted' | 'unknown' | 'new'

const icons: Record<ShownStatus, Icon> = {
  active: IconCircleCheck,
  limited: IconCircleHalf2,
  blocked: IconBan,
  deleted: IconTrash,
  unknown: IconHelpCircle,
  new: IconUserPlus,
}

export function StatusBadge({ status, bare }: { status: ShownStatus; bare?: boolean }) {
  const { t } = useTranslation('ui')
  return (
    <Badge
      tone={statusTone[status]}
      icon={icons[status]}
      bare={bare}
      dashed={status === 'deleted' || status === 'unknown'}
    >
      {t(`status.${status}`)}
    </Badge>
  )
}
