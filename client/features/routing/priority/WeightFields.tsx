import { TextInput } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '#client/ui/Panel.tsx'
import type { Weights } from '#shared/contract/routing.ts'
import { AccountStatus, Severity, SourceKind } from '#shared/domain/words.ts'
import css from '../routing.module.css'

type Props = {
  weights: Weights
  /** Null: they are only read. */
  onChange: ((weights: Weights) => void) | null
}

/** Every weight with the fact it is for. */
export function WeightFields({ weights, onChange }: Props) {
  const { t } = useTranslation('routing')
  const { t: ui } = useTranslation('ui')
  const put = (part: Partial<Weights>) => onChange?.({ ...weights, ...part })
  const field = (label: string, value: number, change: (value: number) => void, group = '') => (
    <Field key={label} label={label} group={group} value={value} onChange={onChange ? change : null} />
  )
  const { source, severity, account, flags, reach } = weights
  const severities = [...Severity.options, 'unsorted'] as const
  return (
    <div className={css.weights}>
      <Panel title={t('priority.source')}>
        {SourceKind.options.map((kind) =>
          field(ui(`source.${kind}`), source[kind], (value) => put({ source: { ...source, [kind]: value } })),
        )}
      </Panel>
      <Panel title={t('priority.severity')}>
        {severities.map((each) =>
          field(t(each === 'unsorted' ? 'priority.unsorted' : `severity.${each}`), severity[each], (value) =>
            put({ severity: { ...severity, [each]: value } }),
          ),
        )}
      </Panel>
      <Panel title={t('priority.account')}>
        {AccountStatus.options.map((status) =>
          field(ui(`status.${status}`), account[status], (value) => put({ account: { ...account, [status]: value } })),
        )}
      </Panel>
      {(['flags', 'reach'] as const).map((name) => {
        const each = name === 'flags' ? flags : reach
        return (
          <Panel key={name} title={t(`priority.${name}`)}>
            {field(
              t(`priority.${name}.each`),
              each.each,
              (value) => put({ [name]: { ...each, each: value } }),
              t(`priority.${name}`),
            )}
            {field(
              t('priority.most'),
              each.most,
              (value) => put({ [name]: { ...each, most: value } }),
              t(`priority.${name}`),
            )}
          </Panel>
        )
      })}
      <Panel title={t('priority.others')}>
        {(['score', 'newAccount', 'news'] as const).map((name) =>
          field(t(`priority.${name}`), weights[name], (value) => put({ [name]: value })),
        )}
        <p className="xs t3">{t('priority.reporter')}</p>
      </Panel>
    </div>
  )
}

type FieldProps = { label: string; group: string; value: number; onChange: ((value: number) => void) | null }

function Field({ label, group, value, onChange }: FieldProps) {
  const id = useId()
  if (!onChange) {
    return (
      <div className={css.weight}>
        <span className="t2">{label}</span>
        <b className="b num end">{value}</b>
      </div>
    )
  }
  return (
    <div className={css.weight}>
      <label htmlFor={id} className="t2">
        {group ? <span className="vh">{group}: </span> : null}
        {label}
      </label>
      <TextInput
        id={id}
        inputMode="numeric"
        value={String(value)}
        onChange={(event) => onChange(Number(event.currentTarget.value.replace(/\D/g, '').slice(0, 3) || '0'))}
      />
    </div>
  )
}
