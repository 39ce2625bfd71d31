import { Button, Textarea } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { insertedAt } from '#client/ui/insert-text.ts'
import { KeyCap } from '#client/ui/Kbd.tsx'
import type { DecisionRecord } from '#shared/contract/decisions.ts'
import type { ReviewDetail } from '#shared/contract/reviews.ts'
import { useLastField, writesIn } from '../reasons/last-field.ts'
import { Reasons } from '../reasons/Reasons.tsx'
import { clauseOptions } from './clause-options.ts'
import css from './decision.module.css'
import { type Change, type Draft, gapOf, noViolation, type Policies, ruleOf } from './decision-draft.ts'
import { askLadder, type LadderGround, useIsSevere } from './ladder.ts'
import { AccountMeasures } from './parts/AccountMeasures.tsx'
import { ClausePicker } from './parts/ClausePicker.tsx'
import { LadderLine } from './parts/LadderLine.tsx'
import { Message, useMessageLack } from './parts/Message.tsx'
import { keepFocus } from './parts/OptionGroup.tsx'
import { PostMeasures } from './parts/PostMeasures.tsx'
import type { OpenMenu, PartProps } from './parts/panel-parts.ts'
import { Summary } from './parts/Summary.tsx'
import { Weighing } from './parts/Weighing.tsx'
import { SendFailure } from './SendFailure.tsx'
import { useDecisionKeys } from './use-decision-keys.ts'

/** What a draft rests on; null while nothing is chosen. */
function citedIn({ clause, exemption }: Draft): string[] | null {
  const cited = [clause, exemption].filter((id): id is string => id !== null && id !== noViolation)
  return cited.length > 0 ? cited : null
}

/** What the server takes. */
const mostRationale = 5_000

type Props = {
  /** Of which canned reasons speak; without it there are none. */
  review?: ReviewDetail['review']
  draft: Draft
  policies: Policies
  suspected: readonly string[]
  /** A review of an account alone has no post to act on. */
  hasPost: boolean
  isSending: boolean
  /** What the strike ladder is asked by; without it, it is not asked. */
  ladder?: LadderGround | null
  /** The decision that is corrected. */
  corrected?: DecisionRecord
  /** Stands over the form in place of the usual head; it then corrects a decision, which always needs its reasons. */
  correcting?: ReactNode
  /** Why the last try did not arrive. Refusals that change the picture are shown elsewhere. */
  failure: unknown
  onChange: (change: Change) => void
  onSubmit: (then: 'next' | 'stay') => void
  onPolicyText: () => void
}

/** Clause, what happens to post and account, and why: by single keys, stated in words before it is sent. */
export function DecisionPanel(props: Props) {
  const { draft, policies, suspected, hasPost, isSending, failure, onChange, onSubmit, onPolicyText } = props
  const isCorrection = props.correcting !== undefined
  const { t } = useTranslation('review')
  const { t: judging } = useTranslation('judging')
  const [open, setOpen] = useState<OpenMenu>(null)
  const [isExpanded, setExpanded] = useState(false)
  const rationale = useRef<HTMLTextAreaElement>(null)
  const lastField = useLastField((state) => state.field)
  const clauses = clauseOptions(policies, suspected)
  const says = askLadder(draft, policies, props.ladder ?? null)
  const step = says?.step ?? null
  const rule = ruleOf(draft, policies, props.corrected)
  const asksForTest = rule?.requiredFields.includes('exemption_test') ?? false
  const isMessageLacking = useMessageLack({ draft, policies, review: props.review })
  const gap =
    gapOf(draft, policies, { hasPost, step, corrected: props.corrected }) ??
    (isCorrection && !draft.rationale.trim() ? 'rationale_missing' : null) ??
    (isMessageLacking ? 'message_missing' : null)
  const isSevere = useIsSevere(draft) && !isCorrection
  const part: PartProps = { draft, policies, isSending, onChange, open, onOpen: setOpen }
  const ladderReason = useRef<HTMLInputElement>(null)

  /** The questions come before the exemptions. */
  function openMenu(menu: OpenMenu) {
    setOpen(menu === 'exemption' && asksForTest && !draft.exemptionTest ? 'test' : menu)
  }
  const follow = () => step && onChange({ type: 'follow', value: step })

  function writeRationale() {
    // On a phone the field is drawn only once the panel is open.
    flushSync(() => setExpanded(true))
    rationale.current?.focus()
  }

  function writeLadderReason() {
    flushSync(() => setExpanded(true))
    ladderReason.current?.focus()
  }

  function insert(text: string) {
    const field = rationale.current
    if (!field) return
    const { value, cursor } = insertedAt(field, text)
    flushSync(() => onChange({ type: 'rationale', value: value.slice(0, mostRationale) }))
    field.focus()
    field.setSelectionRange(cursor, cursor)
  }

  /** Takes the reviewer to what is missing, or sends. */
  function submit(then: 'next' | 'stay') {
    if (isSending) return
    if (gap === 'exemption_test_missing') return setOpen('test')
    if (gap === 'purpose_not_weighed' || gap === 'exemption_missing' || gap === 'exemption_not_allowed')
      return openMenu('exemption')
    if (gap === 'territory_missing') return setOpen('territory')
    if (gap === 'end_missing') return setOpen('account')
    if (gap === 'ladder_reason_missing') return writeLadderReason()
    if (gap === 'restriction_missing') return setOpen('restriction')
    if (gap === 'rationale_missing') return writeRationale()
    if (gap === 'message_missing') return setOpen('message')
    if (!gap) onSubmit(then)
  }

  /** From the fields of the panel, in which Enter alone is a letter like others. */
  function submitFromField(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    submit('next')
  }

  function submitWord() {
    if (isSending) return t('decide.sending')
    if (failure) return t('decide.sendAgain')
    if (isCorrection) return t('correct.submit')
    return isSevere ? judging('severe.propose') : t('decide.submit')
  }

  useDecisionKeys({
    isSending,
    onChange,
    onOpen: openMenu,
    onFollow: () => void follow(),
    clauses,
    hasPost,
    onRationale: writeRationale,
    onPolicyText,
    onSubmit: submit,
  })

  return (
    <section
      className={css.panel}
      aria-label={t(isCorrection ? 'correct.title' : 'decide.title')}
      aria-busy={isSending}
      data-open={isExpanded || undefined}
    >
      {props.correcting ?? <Head hasSuspicion={suspected.length > 0} onPolicyText={onPolicyText} />}
      <ClausePicker {...part} clauses={clauses} suspected={suspected} />
      {hasPost ? <PostMeasures {...part} /> : null}
      <div className={css.more}>
        <AccountMeasures {...part} step={step} />
        {says?.step || says?.isCovered ? (
          <LadderLine
            {...part}
            says={says}
            reason={ladderReason}
            onFollow={() => void follow()}
            onKeyDown={submitFromField}
          />
        ) : null}
        <Weighing
          {...part}
          onOpen={openMenu}
          allowed={rule?.exemptions ?? null}
          onTested={() => setOpen(draft.purposeWeighed ? null : 'exemption')}
        />
        {props.review ? <Message {...part} review={props.review} /> : null}
        <div className={css.rationaleBox} data-empty={draft.rationale === '' || undefined}>
          {props.review ? (
            <Reasons
              review={props.review}
              use="rationale"
              clauses={citedIn(draft) ?? suspected}
              onInsert={insert}
              hasKey={lastField === 'rationale'}
              isDisabled={isSending}
            />
          ) : null}
          <Textarea
            ref={rationale}
            className={css.rationale}
            aria-label={t('decide.rationale')}
            placeholder={t(isCorrection ? 'correct.rationaleHint' : 'decide.rationaleHint')}
            maxLength={mostRationale}
            rightSection={draft.rationale ? null : <KeyCap action="rationale" />}
            rightSectionPointerEvents="none"
            value={draft.rationale}
            readOnly={isSending}
            onFocus={() => writesIn('rationale')}
            onChange={(event) => onChange({ type: 'rationale', value: event.currentTarget.value })}
            onKeyDown={submitFromField}
          />
        </div>
      </div>
      {failure ? <SendFailure error={failure} /> : null}
      <div className={css.go}>
        <p className={css.summary} aria-live="polite">
          {gap ? t(`gap.${gap}`) : <Summary draft={draft} policies={policies} hasPost={hasPost} isSevere={isSevere} />}
        </p>
        <Button className="onlyS" aria-expanded={isExpanded} onClick={() => setExpanded(!isExpanded)}>
          {t(isExpanded ? 'decide.lessFields' : 'decide.moreFields')}
        </Button>
        <Button
          variant="filled"
          className={css.submit}
          disabled={gap !== null || isSending}
          onClick={() => submit('next')}
          rightSection={isSending ? null : <KeyCap action="enter" />}
          {...keepFocus}
        >
          {submitWord()}
        </Button>
      </div>
    </section>
  )
}

function Head({ hasSuspicion, onPolicyText }: { hasSuspicion: boolean; onPolicyText: () => void }) {
  const { t } = useTranslation('review')
  return (
    <div className={`row ${css.head}`}>
      <h2>{t('decide.title')}</h2>
      {hasSuspicion ? (
        <span className="row4 xs t3">
          <span className={css.hint} />
          {t('decide.suspected')}
        </span>
      ) : null}
      <button type="button" className={css.textKey} onClick={onPolicyText} {...keepFocus}>
        {t('decide.policyText')} <KeyCap action="policyText" />
      </button>
    </div>
  )
}
