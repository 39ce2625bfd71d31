import { ActionIcon, Select } from '@mantine/core'
import { IconArrowRight, IconChevronDown, IconChevronUp, IconPencil, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQueueChoices } from '#client/api/choices.ts'
import { useFormat } from '#client/ui/format.ts'
import type { RuleTrial } from '#shared/contract/routing.ts'
import type { RoutingRule, RuleSet } from '#shared/domain/routing.ts'
import css from '../routing.module.css'
import { useConditions } from './conditions.ts'
import { RuleEditor } from './RuleEditor.tsx'

type Props = {
  set: RuleSet
  /** Null: they are only read. */
  onChange: ((set: RuleSet) => void) | null
  trial: RuleTrial | null
  openId: string | null
  onOpen: (ruleId: string | null) => void
}

/** The rules in their order, and the last resort below them. */
export function RuleList({ set, onChange, trial, openId, onOpen }: Props) {
  const { t } = useTranslation('routing')
  const queues = useQueueChoices()
  const { rules, lastResortId } = set
  const put = (next: readonly RoutingRule[]) => onChange?.({ ...set, rules: next })
  return (
    <section className="panel" aria-label={t('rules.label')}>
      {rules.length === 0 ? <p className="panelBody t2">{t('rules.none')}</p> : null}
      <ol className={css.rules}>
        {rules.map((rule, index) => (
          <OneRule
            key={rule.id}
            rule={rule}
            n={index + 1}
            isLast={index === rules.length - 1}
            hits={hitsOf(trial, rule.id)}
            isOpen={openId === rule.id}
            onOpen={() => onOpen(rule.id)}
            onDone={() => onOpen(null)}
            edit={
              onChange
                ? {
                    change: (next) => put(rules.with(index, next)),
                    move: (by) => {
                      const next = rules.toSpliced(index, 1)
                      put(next.toSpliced(index + by, 0, rule))
                    },
                    remove: () => put(rules.toSpliced(index, 1)),
                  }
                : null
            }
          />
        ))}
      </ol>
      <div className={css.last}>
        <span />
        <div className={css.what}>
          <b className="b">
            {t('rules.lastResort')} <Hits hits={hitsOf(trial, null)} />
          </b>
          <span className="sm t2">{t('rules.lastResort.text')}</span>
        </div>
        {onChange ? (
          <Select
            aria-label={t('rules.lastResort')}
            data={queues}
            value={lastResortId}
            allowDeselect={false}
            onChange={(queueId) => queueId && onChange({ ...set, lastResortId: queueId })}
          />
        ) : (
          <Leads queueId={lastResortId} />
        )}
      </div>
    </section>
  )
}

const hitsOf = (trial: RuleTrial | null, ruleId: string | null) =>
  trial?.rules.find((each) => each.ruleId === ruleId)?.hits ?? null

function Hits({ hits }: { hits: number | null }) {
  const { t } = useTranslation('routing')
  const format = useFormat()
  if (hits === null) return null
  const words = t('rules.hits', { count: hits, value: format.number(hits) })
  return <span className={`xs num ${hits === 0 ? 't3' : 't2'}`}>{words}</span>
}

function Leads({ queueId }: { queueId: string }) {
  const queues = useQueueChoices()
  return (
    <span className={css.leads}>
      <IconArrowRight size={14} className="flip" aria-hidden />
      <span className="b">{queues.find(({ value }) => value === queueId)?.label ?? queueId}</span>
    </span>
  )
}

type Edit = { change: (rule: RoutingRule) => void; move: (by: 1 | -1) => void; remove: () => void }
type RuleProps = {
  rule: RoutingRule
  n: number
  isLast: boolean
  hits: number | null
  isOpen: boolean
  onOpen: () => void
  onDone: () => void
  edit: Edit | null
}

function OneRule({ rule, n, isLast, hits, isOpen, onOpen, onDone, edit }: RuleProps) {
  const { t } = useTranslation('routing')
  const conditionsOf = useConditions()
  const [pencil, setPencil] = useState<HTMLButtonElement | null>(null)
  const close = () => {
    onDone()
    pencil?.focus()
  }
  return (
    <li className={css.rule} data-open={isOpen || undefined}>
      <span className={css.nth}>{n}</span>
      <div className={css.what}>
        {rule.name ? <b className="b cut">{rule.name}</b> : null}
        <div className={css.conditions}>
          {conditionsOf(rule.when).map(({ id, name, value }) => (
            <span key={id} className={css.condition}>
              {name ? <span className="t3">{name}</span> : null}
              <span>{value}</span>
            </span>
          ))}
          <Leads queueId={rule.queueId} />
          <Hits hits={hits} />
        </div>
      </div>
      {edit ? (
        <span className={css.order}>
          <ActionIcon aria-label={t('rules.up', { n })} disabled={n === 1} onClick={() => edit.move(-1)}>
            <IconChevronUp size={14} aria-hidden />
          </ActionIcon>
          <ActionIcon aria-label={t('rules.down', { n })} disabled={isLast} onClick={() => edit.move(1)}>
            <IconChevronDown size={14} aria-hidden />
          </ActionIcon>
          <ActionIcon
            ref={setPencil}
            aria-label={t('rules.change', { n })}
            aria-expanded={isOpen}
            onClick={isOpen ? close : onOpen}
          >
            <IconPencil size={14} aria-hidden />
          </ActionIcon>
          <ActionIcon aria-label={t('rules.remove', { n })} onClick={edit.remove}>
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </span>
      ) : (
        <span />
      )}
      {isOpen && edit ? <RuleEditor rule={rule} onChange={edit.change} onDone={close} /> : null}
    </li>
  )
}
