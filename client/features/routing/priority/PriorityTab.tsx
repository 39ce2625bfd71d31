import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { useNameOf } from '#client/api/choices.ts'
import { useMay } from '#client/api/session.ts'
import { announce } from '#client/ui/announce.tsx'
import { Meter } from '#client/ui/Meter.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { ErrorState } from '#client/ui/states.tsx'
import { DateTime } from '#client/ui/time.tsx'
import { SkeletonText } from '#client/ui/waiting.tsx'
import { Weights, type WeightsVersion } from '#shared/contract/routing.ts'
import { mostOf } from '#shared/domain/priority.ts'
import { Refused } from '../Refused.tsx'
import css from '../routing.module.css'
import { useChangeWeights, useTryWeights, weightsQuery } from '../routing.queries.ts'
import { Trial } from './Trial.tsx'
import { WeightFields } from './WeightFields.tsx'

/** What each part of the priority is worth. */
export function PriorityTab() {
  const { t } = useTranslation('routing')
  const { data, error, refetch } = useQuery(weightsQuery)
  if (error && !data) {
    return <ErrorState title={t('failed')} {...errorFacts(error)} onRetry={() => void refetch()} />
  }
  if (!data) return <SkeletonText lines={8} />
  return <Priority key={data.versions[0]!.version} versions={data.versions} />
}

function Priority({ versions }: { versions: WeightsVersion[] }) {
  const { t } = useTranslation('routing')
  const mayManage = useMay('queue.manage')
  const inForce = versions[0]!
  const [draft, setDraft] = useState<Weights | null>(null)
  const [change, setChange] = useState('')
  const trial = useTryWeights()
  const save = useChangeWeights()
  const weights = draft ?? inForce.weights
  const sum = mostOf(weights)
  const isSound = Weights.safeParse(weights).success && sum <= 100
  const isStale = JSON.stringify(trial.variables) !== JSON.stringify(weights)

  return (
    <div className={css.split}>
      <div className={css.main}>
        <div className={css.head}>
          <h2>{t('priority.inForce', { version: inForce.version })}</h2>
          <span className="push" />
          {mayManage && !draft ? (
            <Button variant="filled" onClick={() => setDraft(inForce.weights)}>
              {t('priority.change')}
            </Button>
          ) : null}
        </div>
        <p className="sm t2">{t('priority.text')}</p>
        <div className="row">
          <span className={`sm b ${sum > 100 ? 'bad' : ''}`} role="status">
            {t(sum > 100 ? 'priority.tooMuch' : 'priority.sum', { sum })}
          </span>
          <span className="grow" style={{ maxWidth: 200 }}>
            <Meter value={Math.min(sum, 100)} of={100} {...(sum > 100 && { tone: 'bad-solid' })} />
          </span>
        </div>
        <WeightFields weights={weights} onChange={draft ? setDraft : null} />
      </div>
      <div className={css.side}>
        {draft ? (
          <Panel title={t('priority.change')}>
            <div className={css.form}>
              <p className="sm t2">{t('priority.saveText')}</p>
              <TextInput
                label={t('why')}
                placeholder={t('why.hint')}
                maxLength={500}
                value={change}
                onChange={(event) => setChange(event.currentTarget.value)}
              />
              <Refused error={save.error ?? trial.error} />
              <div className={css.acts}>
                <Button
                  variant="filled"
                  disabled={!isSound || change.trim() === ''}
                  loading={save.isPending}
                  onClick={() =>
                    save.mutate(
                      { version: inForce.version, weights, change: change.trim() },
                      { onSuccess: ({ version }) => announce(t('priority.saved', { version })) },
                    )
                  }
                >
                  {t('save')}
                </Button>
                <Button disabled={!isSound} loading={trial.isPending} onClick={() => trial.mutate(weights)}>
                  {t('priority.try')}
                </Button>
                <Button onClick={() => setDraft(null)}>{t('cancel')}</Button>
              </div>
              {trial.data && !isStale ? <Trial trial={trial.data} /> : null}
            </div>
          </Panel>
        ) : null}
        <WeightVersions versions={versions} />
      </div>
    </div>
  )
}

function WeightVersions({ versions }: { versions: WeightsVersion[] }) {
  const { t } = useTranslation('routing')
  const nameOf = useNameOf()
  return (
    <Panel title={t('priority.versions')} isFlush>
      <ol className={css.versions}>
        {versions.map(({ version, change, changedById, changedAt }) => (
          <li key={version}>
            <span className="row6">
              <b className="b">{t('rules.version', { version })}</b>
              <span className="push xs t3">
                <DateTime at={changedAt} form="short" />
              </span>
            </span>
            <span className="sm" dir="auto">
              {change ?? t('priority.system')}
            </span>
            {changedById ? <bdi className="xs t3">{nameOf(changedById)}</bdi> : null}
          </li>
        ))}
      </ol>
    </Panel>
  )
}
