import { IconShieldCheck, IconVolumeOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Badge } from '#client/ui/Badge.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { ReporterRow } from '#shared/contract/reporters.ts'

/** Trusted with a weight, muted until a time: nothing for most. */
export function Marks({ reporter: { trustedWeight, muted } }: { reporter: ReporterRow }) {
  const { t } = useTranslation('reporters')
  return (
    <span className="row6 wrap">
      {trustedWeight === null ? null : (
        <Badge tone="ok" icon={IconShieldCheck}>
          {t('mark.weighs', { weight: trustedWeight })}
        </Badge>
      )}
      {muted ? (
        <Badge tone="warn" icon={IconVolumeOff}>
          {muted.until ? (
            <span>
              {t('mark.mutedUntil')} <DateTime at={muted.until} form="date" />
            </span>
          ) : (
            t('mark.muted')
          )}
        </Badge>
      ) : null}
    </span>
  )
}
