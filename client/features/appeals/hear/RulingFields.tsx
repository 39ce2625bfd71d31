import { Checkbox, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DecisionRecord } from '#shared/contract/decisions.ts'
import { Endorsement, Publisher, Purpose } from '#shared/domain/exemption-test.ts'
import { AccountMeasure, type Outcome, PostMeasure } from '#shared/domain/outcomes.ts'
import css from '../appeals.module.css'
import {
  findingOf,
  findingsOf,
  type HearDraft,
  needsTest,
  needsWeighing,
  type Policies,
  type Restriction,
} from './hear-draft.ts'

type Props = {
  draft: HearDraft
  first: DecisionRecord
  hasPost: boolean
  policies: Policies
  onChange: (part: Partial<HearDraft>) => void
}

const restrictions: Restriction[] = ['region', 'age', 'demoted', 'disabled']

/** What is decided instead; filled in with what was decided first. */
export function RulingFields({ draft, first, hasPost, policies, onChange }: Props) {
  const { t } = useTranslation('appeals')
  const findings = findingsOf(draft.outcome, first.outcome)
  const finding = findingOf(draft, first.outcome)
  const choices = (kind: 'clause' | 'exemption') =>
    [...policies.values()]
      .filter((policy) => policy.kind === kind)
      .map(({ id, code, shortName }) => ({ value: id, label: `${code} ${shortName}` }))
  return (
    <>
      <Select
        label={t('ruling.finding')}
        data={findings.map((value) => ({ value, label: t(`finding.${value}`) }))}
        value={finding}
        allowDeselect={false}
        disabled={findings.length === 1}
        onChange={(value) => onChange({ finding: value as Outcome })}
      />
      {finding === 'violation' || finding === 'exempt' ? (
        <>
          <div className={css.pair}>
            <Select
              label={t('column.clause')}
              searchable
              data={choices('clause')}
              value={draft.clauseId}
              onChange={(clauseId) => onChange({ clauseId })}
            />
            {finding === 'exempt' ? (
              <Select
                label={t('first.exemption')}
                searchable
                data={choices('exemption')}
                value={draft.exemption}
                onChange={(exemption) => onChange({ exemption })}
              />
            ) : null}
          </div>
          {needsTest(draft, policies) ? <Test draft={draft} onChange={onChange} /> : null}
          {finding === 'violation' && needsWeighing(draft, policies) ? (
            <Checkbox
              size="xs"
              label={t('ruling.weighed')}
              checked={draft.isWeighed}
              onChange={(event) => onChange({ isWeighed: event.currentTarget.checked })}
            />
          ) : null}
          <Measures draft={draft} finding={finding} hasPost={hasPost} onChange={onChange} />
        </>
      ) : null}
    </>
  )
}

type MeasureProps = Pick<Props, 'draft' | 'hasPost' | 'onChange'> & { finding: Outcome }

function Measures({ draft, finding, hasPost, onChange }: MeasureProps) {
  const { t } = useTranslation('appeals')
  const onPost = PostMeasure.options.filter((kind) => finding === 'violation' || kind !== 'remove')
  const post = draft.post && onPost.includes(draft.post) ? draft.post : null
  return (
    <>
      <div className={css.pair}>
        {hasPost ? (
          <Select
            label={t('ruling.post')}
            placeholder={t('ruling.keep')}
            clearable
            clearButtonProps={{ 'aria-label': t('ruling.clear') }}
            data={onPost.map((value) => ({ value, label: t(`post.${value}`) }))}
            value={post}
            onChange={(value) => onChange({ post: value as PostMeasure | null })}
          />
        ) : null}
        {finding === 'violation' ? (
          <Select
            label={t('ruling.account')}
            placeholder={t('ruling.none')}
            clearable
            clearButtonProps={{ 'aria-label': t('ruling.clear') }}
            data={AccountMeasure.options.map((value) => ({ value, label: t(`account.${value}`) }))}
            value={draft.account}
            onChange={(value) => onChange({ account: value as AccountMeasure | null })}
          />
        ) : null}
      </div>
      {post === 'restrict' ? (
        <div className={css.pair}>
          <Select
            label={t('ruling.by')}
            data={restrictions.map((value) => ({ value, label: t(`by.${value}`) }))}
            value={draft.by}
            onChange={(value) => onChange({ by: value as Restriction | null })}
          />
          <TextInput
            label={t('first.territory')}
            description={t('ruling.territoryHint')}
            defaultValue={draft.territory.join(', ')}
            onBlur={(event) =>
              onChange({
                territory: event.currentTarget.value
                  .toUpperCase()
                  .split(/[\s,]+/)
                  .filter((code) => /^[A-Z]{2,3}$/.test(code)),
              })
            }
          />
        </div>
      ) : null}
      {finding === 'violation' ? (
        <TextInput
          label={t('ruling.ladder')}
          description={t('ruling.ladderHint')}
          maxLength={1_000}
          value={draft.ladderReason}
          onChange={(event) => onChange({ ladderReason: event.currentTarget.value })}
        />
      ) : null}
    </>
  )
}

/** The questions before an exemption is granted or ruled out, where the clause asks for them. */
function Test({ draft: { test }, onChange }: Pick<Props, 'draft' | 'onChange'>) {
  const { t } = useTranslation('appeals')
  const choose = (part: Partial<HearDraft['test']>) => onChange({ test: { ...test, ...part } })
  return (
    <fieldset className={css.form}>
      <legend className="sm b">{t('test.title')}</legend>
      <Select
        label={t('test.publisher')}
        data={Publisher.options.map((value) => ({ value, label: t(`publisher.${value}`) }))}
        value={test.publisher ?? null}
        onChange={(value) => choose({ publisher: Publisher.parse(value) })}
        allowDeselect={false}
      />
      <div className={css.pair}>
        <Select
          label={t('test.purpose')}
          data={Purpose.options.map((value) => ({ value, label: t(`purpose.${value}`) }))}
          value={test.purpose ?? null}
          onChange={(value) => choose({ purpose: Purpose.parse(value) })}
          allowDeselect={false}
        />
        <Select
          label={t('test.endorsed')}
          data={Endorsement.options.map((value) => ({ value, label: t(`endorsed.${value}`) }))}
          value={test.endorsed ?? null}
          onChange={(value) => choose({ endorsed: Endorsement.parse(value) })}
          allowDeselect={false}
        />
      </div>
    </fieldset>
  )
}
