import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNameOf } from '#client/api/choices.ts'
import { useMay } from '#client/api/session.ts'
import { useFormat } from '#client/ui/format.ts'
import { Panel } from '#client/ui/Panel.tsx'
import type { RereviewSample } from '#shared/contract/rereviews.ts'
import { samplesQuery, useDrawSample } from '../policies.queries.ts'
import css from './rereviews.module.css'

type Props = {
  policyId: string
  /** Of a draft: those judged under it, and new ones are. */
  draftId: string | null
}

/** What judging past decisions again showed, and what draws more of them. */
export function SamplePanel({ policyId, draftId }: Props) {
  const { t } = useTranslation('rereview')
  const mayDraw = useMay('policy.manage')
  const { data, isError } = useQuery(samplesQuery(policyId))
  const samples = data?.items.filter((sample) => draftId === null || sample.draftId === draftId) ?? []
  return (
    <Panel title={t('title')}>
      <div className="col" style={{ gap: 10 }}>
        <p className="xs t3">{t(draftId ? 'panel.textDraft' : 'panel.text')}</p>
        {isError ? <p className="sm bad">{t('panel.failed')}</p> : null}
        {data && samples.length === 0 ? <p className="sm t3">{t('sample.none')}</p> : null}
        {samples.length > 0 ? (
          <ul className={css.samples}>
            {samples.map((sample) => (
              <Sample key={sample.id} sample={sample} />
            ))}
          </ul>
        ) : null}
        {mayDraw ? <Draw policyId={policyId} draftId={draftId} /> : null}
      </div>
    </Panel>
  )
}

function Sample({ sample }: { sample: RereviewSample }) {
  const { t } = useTranslation('rereview')
  const format = useFormat()
  const nameOf = useNameOf()
  const mayAnswer = useMay('rereview.answer')
  const { answered, changed, size, population, forMe } = sample
  return (
    <li>
      <Link to="/policies/samples/$sampleId" params={{ sampleId: sample.id }} className="b sm">
        {t('sample.of', { size: format.number(size), population: format.number(population) })}
      </Link>
      <div className="xs t3">
        {t('sample.drawn', { day: format.date(sample.drawnAt, 'day'), name: nameOf(sample.drawnById) })}
      </div>
      <div className="xs">
        {t('sample.answered', { answered: format.number(answered), size: format.number(size) })}
        {answered > 0 ? `, ${t('sample.changed', { count: changed, n: format.number(changed) })}` : null}
      </div>
      {answered > 0 ? (
        <div className="xs num">
          <ShareWords sample={sample} />
        </div>
      ) : null}
      {mayAnswer && forMe > 0 ? (
        <div className="xs warn">{t('sample.forMe', { count: forMe, n: format.number(forMe) })}</div>
      ) : null}
    </li>
  )
}

const percentOf = (share: number) => `${(100 * share).toFixed(1)}%`

/** The share that changes with its interval; of few, that they are few. */
export function ShareWords({ sample: { answered, changed, interval } }: { sample: RereviewSample }) {
  const { t } = useTranslation('rereview')
  if (!interval) return <span className="t3">{t('sample.few')}</span>
  return (
    <>
      {t('sample.share', { share: percentOf(changed / answered) })}{' '}
      <span className="t3">
        {t('sample.interval', { low: percentOf(interval.low), high: percentOf(interval.high) })}
      </span>
    </>
  )
}

function Draw({ policyId, draftId }: Props) {
  const { t } = useTranslation('rereview')
  const draw = useDrawSample()
  const [size, setSize] = useState('25')
  const [seed, setSeed] = useState('')
  const isSize = /^\d{1,3}$/.test(size) && Number(size) >= 1 && Number(size) <= 500
  const [clientId, setClientId] = useState(() => crypto.randomUUID())
  function submit(event: FormEvent) {
    event.preventDefault()
    if (!isSize) return
    draw.mutate(
      { policyId, draftId, clientId, size: Number(size), ...(seed.trim() && { seed: seed.trim() }) },
      { onSuccess: () => setClientId(crypto.randomUUID()) },
    )
  }
  return (
    <form className={css.draw} onSubmit={submit}>
      <TextInput
        label={t('draw.size')}
        inputMode="numeric"
        error={!isSize}
        value={size}
        onChange={(event) => setSize(event.currentTarget.value)}
      />
      <TextInput
        label={t('draw.seed')}
        placeholder={t('draw.seed.hint')}
        maxLength={100}
        dir="ltr"
        value={seed}
        onChange={(event) => setSeed(event.currentTarget.value)}
      />
      <Button type="submit" disabled={!isSize} loading={draw.isPending}>
        {t('draw.do')}
      </Button>
      {draw.isError ? (
        <p className="sm bad" role="alert">
          {t('draw.failed')}
        </p>
      ) : null}
    </form>
  )
}
