import { IconArrowRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useNameOf, useQueueChoices } from '#client/api/choices.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { RuleVersion } from '#shared/contract/routing.ts'
import { compareRules, type RuleDifference, type RuleSet } from '#shared/domain/routing.ts'
import css from '../routing.module.css'
import { useConditions } from './conditions.ts'

type Props = {
  versions: RuleVersion[]
  /** Null while a draft is on screen. */
  shown: number | null
  set: RuleSet
  onShow: (version: number) => void
}

/** All versions, and what the one on screen has that the one before it has not. */
export function Versions({ versions, shown, set, onShow }: Props) {
  const { t } = useTranslation('routing')
  const nameOf = useNameOf()
  const against = shown === null ? versions[0] : versions.find(({ version }) => version === shown - 1)
  return (
    <>
      {against ? <Difference before={against} after={set} /> : null}
      <Panel title={t('rules.versions')} isFlush>
        <ol className={css.versions}>
          {versions.map(({ version, change, publishedById, publishedAt }, index) => (
            <li key={version}>
              <span className="row6">
                <button
                  type="button"
                  className={css.version}
                  aria-pressed={version === shown}
                  onClick={() => onShow(version)}
                >
                  {index === 0 ? t('rules.inForce', { version }) : t('rules.version', { version })}
                </button>
                <span className="push xs t3">
                  <DateTime at={publishedAt} form="short" />
                </span>
              </span>
              <span className="sm" dir="auto">
                {change ?? t('rules.system')}
              </span>
              {publishedById ? <bdi className="xs t3">{nameOf(publishedById)}</bdi> : null}
            </li>
          ))}
        </ol>
      </Panel>
    </>
  )
}

const Way = () => <IconArrowRight size={12} className="flip" aria-hidden />

const sign = { added: '+', removed: '−', changed: '±', moved: '↕' } as const
const tone = { added: 'ok', removed: 'bad', changed: 'warn', moved: 'gone' } as const

function Difference({ before, after }: { before: RuleVersion; after: RuleSet }) {
  const { t } = useTranslation('routing')
  const queues = useQueueChoices()
  const differences = compareRules(before, after)
  const isOther = before.lastResortId !== after.lastResortId
  const queueName = (id: string) => queues.find(({ value }) => value === id)?.label ?? id
  const title = t('rules.changes', { version: before.version })
  if (differences.length === 0 && !isOther) {
    return <p className="sm t3">{t('rules.same', { version: before.version })}</p>
  }
  return (
    <Panel title={title}>
      <ul className={css.diff}>
        {differences.map((difference) => (
          <OneDifference key={`${difference.kind} ${difference.rule.id}`} {...difference} queueName={queueName} />
        ))}
        {isOther ? (
          <li>
            <Badge tone="warn">
              {sign.changed} {t('diff.changed')}
            </Badge>
            <span>
              {t('rules.lastResort')}: {queueName(before.lastResortId)} <Way /> {queueName(after.lastResortId)}
            </span>
          </li>
        ) : null}
      </ul>
    </Panel>
  )
}

function OneDifference({ rule, kind, queueName }: RuleDifference & { queueName: (id: string) => string }) {
  const { t } = useTranslation('routing')
  const conditionsOf = useConditions()
  const words = conditionsOf(rule.when)
    .map(({ name, value }) => (name ? `${name} ${value}` : value))
    .join('; ')
  return (
    <li>
      <Badge tone={tone[kind]}>
        {sign[kind]} {t(`diff.${kind}`)}
      </Badge>
      <span>
        {rule.name ? `${rule.name}: ` : ''}
        {words} <Way /> {queueName(rule.queueId)}
      </span>
    </li>
  )
}
