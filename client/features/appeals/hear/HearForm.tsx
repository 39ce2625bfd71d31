import { Button, Radio, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '#client/api/call.ts'
import { policiesQuery } from '#client/api/reference-data.ts'
import { announce } from '#client/ui/announce.tsx'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import type { AppealDetail } from '#shared/contract/appeals.ts'
import { AppealOutcome, faultOfOutcome } from '#shared/domain/appeals.ts'
import css from '../appeals.module.css'
import { AppealMessage } from './AppealMessage.tsx'
import { Failure } from './Hearing.tsx'
import { blankDraft, dropDraft, type HearDraft, keepDraft, missingOf, rulingOf, useHearStore } from './hear-draft.ts'
import { RulingFields } from './RulingFields.tsx'
import type { useHearing } from './use-hearing.ts'

type Props = { appeal: AppealDetail; decide: ReturnType<typeof useHearing>['decide'] }

const none = new Map()

/** Upheld, reversed or changed, with what is decided instead and why. */
export function HearForm({ appeal, decide }: Props) {
  const { t } = useTranslation('appeals')
  const { data: policies = none } = useQuery(policiesQuery)
  const first = appeal.first.decision
  const draft = useHearStore((store) => store.drafts[appeal.id]) ?? blankDraft(first)
  const missing = missingOf(draft, first, policies)
  const ruling = rulingOf(draft, first, policies)
  const fault =
    ruling && draft.outcome && draft.outcome !== 'upheld' ? faultOfOutcome(draft.outcome, first, ruling) : null
  const isReady = missing.length === 0 && !fault && !decide.isPending

  const change = (part: Partial<HearDraft>) => {
    decide.reset()
    keepDraft(appeal.id, { ...draft, ...part, clientId: crypto.randomUUID() })
  }

  function submit(event?: FormEvent) {
    event?.preventDefault()
    if (!isReady || !draft.outcome) return
    const { clientId, outcome, rationale, message } = draft
    decide.mutate(
      { clientId, outcome, rationale, ruling, message },
      {
        onSuccess: () => {
          dropDraft(appeal.id)
          announce(t(`done.${outcome}`))
        },
      },
    )
  }
  useKeys({ submitFromNote: () => submit() })

  return (
    <form className={css.form} onSubmit={submit}>
      <Radio.Group
        label={t('form.outcome')}
        value={draft.outcome}
        onChange={(value) => change({ outcome: value as AppealOutcome, message: null })}
      >
        <div className="col" style={{ gap: 6, marginBlockStart: 4 }}>
          {AppealOutcome.options.map((outcome) => (
            <Radio
              key={outcome}
              size="xs"
              value={outcome}
              label={t(`form.${outcome}`)}
              description={t(`form.${outcome}.is`)}
            />
          ))}
        </div>
      </Radio.Group>
      {draft.outcome && draft.outcome !== 'upheld' ? (
        <RulingFields
          draft={draft}
          first={first}
          hasPost={appeal.first.post !== null}
          policies={policies}
          onChange={change}
        />
      ) : null}
      <Textarea
        label={t('form.rationale')}
        description={t('form.rationaleHint')}
        rows={3}
        maxLength={5_000}
        value={draft.rationale}
        onChange={(event) => change({ rationale: event.currentTarget.value })}
      />
      {draft.outcome && missing.length === 0 ? (
        <AppealMessage
          appeal={appeal}
          draft={draft}
          ruling={ruling}
          policies={policies}
          onChange={(message) => change({ message })}
        />
      ) : null}
      {decide.error ? <Refusal error={decide.error} /> : null}
      <div className="row6 wrap">
        <Button
          type="submit"
          variant="filled"
          disabled={!isReady}
          loading={decide.isPending}
          rightSection={<KeyCap action="submitFromNote" />}
        >
          {t('form.submit')}
        </Button>
        <span className="sm t3" role="status">
          {missing[0] ? t(`missing.${missing[0]}`) : fault ? t(`missing.${fault}`) : t('form.undoable')}
        </span>
      </div>
    </form>
  )
}

/** The server names the fields; the rest is said in words of ours. */
function Refusal({ error }: { error: unknown }) {
  const issues = error instanceof ApiError ? error.body.issues : undefined
  if (!issues?.length) return <Failure error={error} />
  return (
    <p className="sm bad" role="alert">
      {issues.map((issue) => issue.message).join(' ')}
    </p>
  )
}
