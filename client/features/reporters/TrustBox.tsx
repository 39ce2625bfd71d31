import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '#client/ui/Panel.tsx'
import type { ReporterDetail } from '#shared/contract/reporters.ts'
import { useMark } from './reporters.queries.ts'

const weights = Array.from({ length: 12 }, (_, index) => String(index + 1))

/** What their flags add to the priority from now on. */
export function TrustBox({ reporter }: { reporter: ReporterDetail }) {
  const { t } = useTranslation('reporters')
  const { trustedWeight } = reporter
  const [weight, setWeight] = useState(String(trustedWeight ?? 6))
  const mark = useMark(reporter.id)
  const send = (to: number | null) => mark.mutate({ kind: 'trust', clientId: crypto.randomUUID(), weight: to })
  return (
    <Panel title={t('trust.title')}>
      <p className="sm t2">{t('trust.text')}</p>
      {mark.isError ? (
        <p className="sm bad" role="alert">
          {t('notSaved')}
        </p>
      ) : null}
      <div className="row wrap">
        <Select
          aria-label={t('trust.weight')}
          w={110}
          allowDeselect={false}
          data={weights.map((value) => ({ value, label: t('trust.points', { count: Number(value) }) }))}
          value={weight}
          onChange={(value) => value && setWeight(value)}
        />
        <Button
          loading={mark.isPending}
          disabled={trustedWeight === Number(weight)}
          onClick={() => send(Number(weight))}
        >
          {t(trustedWeight === null ? 'trust.act' : 'trust.change')}
        </Button>
        {trustedWeight === null ? null : (
          <Button disabled={mark.isPending} onClick={() => send(null)}>
            {t('trust.end')}
          </Button>
        )}
      </div>
    </Panel>
  )
}
