import { Button, Radio } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorCode } from '#client/api/call.ts'
import { useNameOf } from '#client/api/choices.ts'
import { redactedSrc, useLook } from '#client/api/look.ts'
import { CaptionText } from '#client/ui/caption/CaptionText.tsx'
import { useFormat } from '#client/ui/format.ts'
import { OutcomeBadge } from '#client/ui/OutcomeBadge.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { Thumb } from '#client/ui/Thumb.tsx'
import { LangTag } from '#client/ui/tags.tsx'
import { SkeletonText } from '#client/ui/waiting.tsx'
import type { RereviewItem, RereviewResult, RereviewSample } from '#shared/contract/rereviews.ts'
import { Outcome, PostMeasure } from '#shared/domain/outcomes.ts'
import { LongText } from '../LongText.tsx'
import { nextRereviewQuery, useAnswerRereview } from '../policies.queries.ts'
import css from './rereviews.module.css'

/** The next post of a sample, to be judged blind; then what was decided first. */
export function Judge({ sample }: { sample: RereviewSample }) {
  const { t } = useTranslation('rereview')
  const queryClient = useQueryClient()
  const next = nextRereviewQuery(sample.id)
  const { data } = useQuery(next)
  const [told, setTold] = useState<RereviewResult | null>(null)
  if (told) {
    return (
      <Told
        result={told}
        onNext={() => {
          setTold(null)
          void queryClient.resetQueries({ queryKey: next.queryKey })
        }}
      />
    )
  }
  if (!data) return <SkeletonText lines={4} />
  if (!data.item) {
    return (
      <Panel title={t('judge.none')}>
        <p className="sm t2">{t('judge.noneText')}</p>
      </Panel>
    )
  }
  return <Form key={data.item.id} sample={sample} item={data.item} onTold={setTold} />
}

type FormProps = { sample: RereviewSample; item: RereviewItem; onTold: (result: RereviewResult) => void }

function Form({ sample, item, onTold }: FormProps) {
  const { t } = useTranslation('rereview')
  const send = useAnswerRereview()
  const [clientId] = useState(() => crypto.randomUUID())
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [measure, setMeasure] = useState<PostMeasure | 'none'>('remove')
  const [rationale, setRationale] = useState('')
  const [isLacking, setLacking] = useState(false)
  function submit(event: FormEvent) {
    event.preventDefault()
    setLacking(outcome === null)
    if (outcome === null) return
    const postMeasure = outcome === 'violation' && measure !== 'none' ? measure : null
    send.mutate(
      { sampleId: sample.id, clientId, itemId: item.id, outcome, postMeasure, rationale },
      { onSuccess: ({ result }) => onTold(result) },
    )
  }
  return (
    <Panel title={t('judge.title', { n: item.position + 1, size: sample.size })}>
      <div className="col" style={{ gap: 12 }}>
        <p className="xs t3">{t('judge.blind')}</p>
        <Seen item={item} policyId={sample.policyId} />
        <form className={css.judge} onSubmit={submit}>
          <Radio.Group
            label={t('judge.question')}
            value={outcome}
            onChange={(value) => {
              setOutcome(Outcome.parse(value))
              setLacking(false)
            }}
          >
            <div className="row wrap">
              {Outcome.options.map((value) => (
                <Radio key={value} value={value} label={t(`judge.${value}`)} />
              ))}
            </div>
          </Radio.Group>
          {outcome === 'violation' ? (
            <Radio.Group
              label={t('judge.measure')}
              value={measure}
              onChange={(value) => setMeasure(value === 'none' ? 'none' : PostMeasure.parse(value))}
            >
              <div className="row wrap">
                {(['none', ...PostMeasure.options] as const).map((value) => (
                  <Radio key={value} value={value} label={t(`judge.measure.${value}`)} />
                ))}
              </div>
            </Radio.Group>
          ) : null}
          <LongText
            label={t('judge.why')}
            rows={2}
            maxLength={2_000}
            value={rationale}
            onChange={(event) => setRationale(event.currentTarget.value)}
          />
          {isLacking ? (
            <p className="sm bad" role="alert">
              {t('judge.choose')}
            </p>
          ) : null}
          <SendFailure error={send.error} />
          <div>
            <Button type="submit" variant="filled" loading={send.isPending}>
              {t('judge.send')}
            </Button>
          </div>
        </form>
      </div>
    </Panel>
  )
}

function SendFailure({ error }: { error: unknown }) {
  const { t } = useTranslation('rereview')
  if (!error) return null
  const code = errorCode(error)
  return (
    <p className="sm bad" role="alert">
      {code === 'already_answered' || code === 'own_work' ? t(`judge.failed.${code}`) : t('judge.failed')}
    </p>
  )
}

/** Read whole, unless it is a book. */
const whole = { characters: 4_000, lines: 40 }

/** The snapshot the first decision was taken on, redacted as ever. */
function Seen({ item: { snapshot }, policyId }: { item: RereviewItem; policyId: string }) {
  const { t } = useTranslation('rereview')
  const look = useLook(policyId)
  return (
    <div className={css.seen}>
      {snapshot.media.length > 0 ? (
        <ul
          className={css.media}
          aria-label={t('judge.files', { count: snapshot.media.length, n: snapshot.media.length })}
        >
          {snapshot.media.map(({ position, sha256, state, isRestricted }) => (
            <li key={position}>
              <Thumb
                src={sha256 && state === 'ready' && !isRestricted ? redactedSrc(sha256, 'redacted', look) : null}
                width={168}
                height={126}
              />
            </li>
          ))}
        </ul>
      ) : null}
      <div className="row6">
        <LangTag code={snapshot.language} />
        <bdi className="sm t3">{snapshot.handle}</bdi>
      </div>
      {snapshot.caption ? (
        <CaptionText text={snapshot.caption} lang={snapshot.language} fold={whole} />
      ) : (
        <p className="sm t3">{t('judge.noCaption')}</p>
      )}
    </div>
  )
}

function Told({ result, onNext }: { result: RereviewResult; onNext: () => void }) {
  const { t } = useTranslation('rereview')
  const nameOf = useNameOf()
  const format = useFormat()
  const { first, now, isChanged } = result
  const by = t('result.firstBy', { name: nameOf(result.firstById), day: format.date(result.firstAt, 'date') })
  return (
    <Panel title={t(isChanged ? 'result.changed' : 'result.same')}>
      <div className="col" style={{ gap: 10 }} role="status">
        <div className="row wrap">
          <span className="t3 sm">{t('result.first')}</span>
          <OutcomeBadge
            outcome={first.outcome}
            postMeasure={first.outcome === 'violation' ? first.postMeasure : null}
          />
          <span className="xs t3">{by}</span>
        </div>
        {result.firstRationale ? <p dir="auto">{result.firstRationale}</p> : null}
        <div className="row wrap">
          <span className="t3 sm">{t('result.now')}</span>
          <OutcomeBadge outcome={now.outcome} postMeasure={now.postMeasure} />
        </div>
        <div>
          <Button variant="filled" autoFocus onClick={onNext}>
            {t('judge.next')}
          </Button>
        </div>
      </div>
    </Panel>
  )
}
