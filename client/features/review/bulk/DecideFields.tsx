import { Checkbox, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Policy } from '#shared/contract/policies.ts'
import { Outcome, PostMeasure } from '#shared/domain/outcomes.ts'
import css from './bulk.module.css'
import { type BulkDraft, bulkClauses } from './bulk-draft.ts'

type Props = {
  draft: BulkDraft
  policies: ReadonlyMap<string, Policy>
  onChange: (part: Partial<BulkDraft>) => void
}

const restrictions = ['region', 'age', 'demoted', 'disabled'] as const
const onAccount = ['none', 'warn', 'limit'] as const

/** One decision for all: what may not be taken for many at once is not offered. */
export function DecideFields({ draft, policies, onChange }: Props) {
  const { t } = useTranslation('bulk')
  const { outcome } = draft
  const clauses = bulkClauses(policies.values())
  const clause = clauses.find(({ id }) => id === draft.clauseId)
  const allowed = clause?.current.exemptions ?? null
  const exemptions = [...policies.values()].filter(
    ({ kind, id, isRetired }) => kind === 'exemption' && !isRetired && (allowed === null || allowed.includes(id)),
  )
  const toChoice = ({ id, code, shortName }: Policy) => ({ value: id, label: `${code} ${shortName}` })
  return (
    <>
      <Segments
        label={t('outcome')}
        data={Outcome.options.map((value) => ({ value, label: t(`outcome.${value}`) }))}
        value={outcome}
        onChange={(value) => onChange({ outcome: value as Outcome })}
      />
      {outcome === 'no_violation' ? null : (
        <Select
          label={t('clause')}
          data={clauses.map(toChoice)}
          value={draft.clauseId}
          searchable
          onChange={(clauseId) => onChange({ clauseId, isWeighed: false })}
        />
      )}
      {outcome === 'exempt' ? (
        <Select
          label={t('exemption')}
          data={exemptions.map(toChoice)}
          value={draft.exemption}
          searchable
          onChange={(exemption) => onChange({ exemption })}
        />
      ) : null}
      {outcome === 'violation' ? (
        <>
          {clause?.needsPurposeTest ? (
            <Checkbox
              label={t('weighed')}
              checked={draft.isWeighed}
              onChange={({ currentTarget }) => onChange({ isWeighed: currentTarget.checked })}
            />
          ) : null}
          <Segments
            label={t('post')}
            data={(['none', ...PostMeasure.options] as const).map((value) => ({ value, label: t(`post.${value}`) }))}
            value={draft.post}
            onChange={(value) => onChange({ post: value as BulkDraft['post'] })}
          />
          {draft.post === 'restrict' ? (
            <Select
              label={t('by')}
              data={restrictions.map((value) => ({ value, label: t(`by.${value}`) }))}
              value={draft.by}
              allowDeselect={false}
              onChange={(value) => onChange({ by: value as BulkDraft['by'] })}
            />
          ) : null}
          <Segments
            label={t('account')}
            data={onAccount.map((value) => ({ value, label: t(`account.${value}`) }))}
            value={draft.account}
            onChange={(value) => onChange({ account: value as BulkDraft['account'] })}
          />
        </>
      ) : null}
      <Textarea
        label={t('rationale')}
        rows={3}
        maxLength={5_000}
        value={draft.text}
        onChange={({ currentTarget }) => onChange({ text: currentTarget.value })}
      />
      {outcome === 'violation' ? (
        <TextInput
          label={t('ladder')}
          maxLength={1_000}
          value={draft.ladderReason}
          onChange={({ currentTarget }) => onChange({ ladderReason: currentTarget.value })}
        />
      ) : null}
      <p className="xs t3">{t('alone')}</p>
    </>
  )
}

type SegmentsProps = {
  label: string
  data: { value: string; label: string }[]
  value: string
  onChange: (value: string) => void
}

function Segments({ label, ...control }: SegmentsProps) {
  return (
    <div className={css.field}>
      <span className="sm b" aria-hidden>
        {label}
      </span>
      <SegmentedControl fullWidth aria-label={label} {...control} />
    </div>
  )
}
