import { Button, MultiSelect, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { usePlatformChoices, useQueueChoices } from '#client/api/choices.ts'
import { queuesQuery } from '#client/api/reference-data.ts'
import { useFormat } from '#client/ui/format.ts'
import { asksNothing, type RoutingRule, type RuleConditions } from '#shared/domain/routing.ts'
import { AccountStatus, SourceKind } from '#shared/domain/words.ts'
import css from '../routing.module.css'
import { useClauseTokens } from './conditions.ts'

type Props = { rule: RoutingRule; onChange: (rule: RoutingRule) => void; onDone: () => void }

const common = ['ar', 'en', 'kk', 'ru']

/** The fields of one rule. Whatever is left empty asks nothing. */
export function RuleEditor({ rule, onChange, onDone }: Props) {
  const { t } = useTranslation('routing')
  const { t: ui } = useTranslation('ui')
  const format = useFormat()
  const clauses = useClauseTokens()
  const queues = useQueueChoices()
  const platforms = usePlatformChoices()
  const { data } = useQuery(queuesQuery)
  const { when } = rule
  const ask = (part: Partial<RuleConditions>) => onChange({ ...rule, when: { ...when, ...part } })
  const languages = [...new Set([...common, ...(data?.languages ?? []), ...when.languages])]
  const empty = (list: readonly unknown[]) => (list.length === 0 ? t('any') : '')
  const fields = { searchable: true, hidePickedOptions: true } as const
  return (
    <div className={css.editor}>
      <TextInput
        label={t('rule.name')}
        maxLength={80}
        data-autofocus
        value={rule.name}
        onChange={(event) => onChange({ ...rule, name: event.currentTarget.value })}
      />
      <Select
        label={t('rule.queue')}
        data={queues}
        value={rule.queueId}
        allowDeselect={false}
        onChange={(queueId) => queueId && onChange({ ...rule, queueId })}
      />
      <MultiSelect
        className={css.wide ?? ''}
        label={t('rule.clauses')}
        placeholder={empty(when.clauses)}
        data={clauses}
        value={[...when.clauses]}
        onChange={(value) => ask({ clauses: value })}
        {...fields}
      />
      <MultiSelect
        label={t('rule.sources')}
        placeholder={empty(when.sources)}
        data={SourceKind.options.map((value) => ({ value, label: ui(`source.${value}`) }))}
        value={[...when.sources]}
        onChange={(value) => ask({ sources: value as SourceKind[] })}
        {...fields}
      />
      <MultiSelect
        label={t('rule.languages')}
        placeholder={empty(when.languages)}
        data={languages.map((value) => ({ value, label: format.language(value) }))}
        value={[...when.languages]}
        onChange={(value) => ask({ languages: value })}
        {...fields}
      />
      <MultiSelect
        label={t('rule.platforms')}
        placeholder={empty(when.platforms)}
        data={platforms}
        value={[...when.platforms]}
        onChange={(value) => ask({ platforms: value })}
        {...fields}
      />
      <MultiSelect
        label={t('rule.accountStatuses')}
        placeholder={empty(when.accountStatuses)}
        data={AccountStatus.options.map((value) => ({ value, label: ui(`status.${value}`) }))}
        value={[...when.accountStatuses]}
        onChange={(value) => ask({ accountStatuses: value as AccountStatus[] })}
        {...fields}
      />
      <TextInput
        label={t('rule.reachMin')}
        placeholder={t('any')}
        inputMode="numeric"
        value={when.reachMin === null ? '' : String(when.reachMin)}
        onChange={(event) => {
          const digits = event.currentTarget.value.replace(/\D/g, '').slice(0, 12)
          ask({ reachMin: digits === '' ? null : Number(digits) })
        }}
      />
      <Select
        label={t('rule.scoreMin')}
        placeholder={t('any')}
        clearable
        data={scores}
        value={when.scoreMin === null ? null : String(when.scoreMin)}
        onChange={(value) => ask({ scoreMin: value === null ? null : Number(value) })}
      />
      <div className={`${css.acts} ${css.wide}`}>
        <Button onClick={onDone}>{t('rules.done')}</Button>
        {asksNothing(rule) ? <span className="sm warn">{t('rule.asksNothing')}</span> : null}
      </div>
    </div>
  )
}

const scores = ['0.5', '0.6', '0.7', '0.8', '0.85', '0.9', '0.95', '0.99']
