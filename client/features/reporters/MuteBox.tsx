import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNameOf } from '#client/api/choices.ts'
import { Panel } from '#client/ui/Panel.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { ReporterDetail } from '#shared/contract/reporters.ts'
import { useMark } from './reporters.queries.ts'

const dayMs = 86_400_000
const spans = { week: 7 * dayMs, month: 30 * dayMs, quarter: 90 * dayMs, ever: null } as const
type Span = keyof typeof spans

/** What they flag from now on is kept and makes no work. */
export function MuteBox({ reporter }: { reporter: ReporterDetail }) {
  const { t } = useTranslation('reporters')
  const nameOf = useNameOf()
  const [span, setSpan] = useState<Span>('month')
  const mark = useMark(reporter.id)
  const { muted } = reporter
  function mute() {
    const ms = spans[span]
    const until = ms === null ? null : new Date(Date.now() + ms).toISOString()
    mark.mutate({ kind: 'mute', clientId: crypto.randomUUID(), until })
  }
  return (
    <Panel title={t('mute.title')}>
      <p className="sm t2">{t('mute.text')}</p>
      {muted ? (
        <p>
          {t('mute.by', { name: nameOf(muted.byId) })} <DateTime at={muted.since} form="date" />
          {muted.until ? (
            <>
              , {t('mute.until')} <DateTime at={muted.until} form="date" />
            </>
          ) : null}
        </p>
      ) : null}
      {mark.isError ? (
        <p className="sm bad" role="alert">
          {t('notSaved')}
        </p>
      ) : null}
      <div className="row wrap">
        {muted ? (
          <Button
            loading={mark.isPending}
            onClick={() => mark.mutate({ kind: 'unmute', clientId: crypto.randomUUID() })}
          >
            {t('mute.end')}
          </Button>
        ) : (
          <>
            <Select
              aria-label={t('mute.for')}
              w={150}
              allowDeselect={false}
              data={(Object.keys(spans) as Span[]).map((value) => ({ value, label: t(`mute.span.${value}`) }))}
              value={span}
              onChange={(value) => value && setSpan(value as Span)}
            />
            <Button loading={mark.isPending} onClick={mute}>
              {t('mute.act')}
            </Button>
          </>
        )}
      </div>
    </Panel>
  )
}
