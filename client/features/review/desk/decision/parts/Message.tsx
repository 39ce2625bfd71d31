import { Button, CloseButton } from '@mantine/core'
import { IconMail, IconMailCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { templatesQuery } from '#client/api/messages.ts'
import { useSession } from '#client/api/session.ts'
import { lackOf, MessageFields, startMessage } from '#client/ui/message/MessageFields.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import type { ReviewDetail } from '#shared/contract/reviews.ts'
import { appealUntil, defaultAppealDays } from '#shared/domain/appeals.ts'
import { factsOf, fittingTemplates } from '#shared/domain/messages.ts'
import turnsCss from '../../turns/turns.module.css'
import css from '../decision.module.css'
import { measuresOf, noViolation, outcomeOf } from '../decision-draft.ts'
import { inMain } from './in-main.ts'
import { keepFocus } from './OptionGroup.tsx'
import type { PartProps } from './panel-parts.ts'

type Props = PartProps & { review: ReviewDetail['review'] }

type Of = Pick<PartProps, 'draft' | 'policies'> & { review: ReviewDetail['review'] | undefined }

/** What a message would say of the decision, in a language. */
function useFacts({ draft, policies, review }: Of) {
  const { timeZone } = useSession().organisation
  const policy = draft.clause ? policies.get(draft.clause) : undefined
  return (language: string) =>
    factsOf(
      {
        account: review?.handle ?? '',
        platform: review?.platform ?? '',
        reference: review?.reference ?? '',
        clause: policy ? { code: policy.code, label: policy.current.label } : null,
        measures: measuresOf(draft),
        appealUntil: appealUntil(new Date(), policy?.current.appealDays ?? defaultAppealDays),
      },
      language,
      timeZone,
    )
}

/** Whether a message was begun that cannot be sent as it is. */
export function useMessageLack(of: Of): boolean {
  const { data: templates } = useQuery(templatesQuery)
  const factsIn = useFacts(of)
  const { message } = of.draft
  if (!message || !templates || outcomeOf(of.draft) === 'no_violation') return false
  return lackOf(message, templates, factsIn(message.language)).length > 0
}

/** What is written to the person with the decision: a template in their language, its gaps filled. */
export function Message({ review, draft, policies, isSending, onChange, open, onOpen }: Props) {
  const { t } = useTranslation('messages')
  const factsIn = useFacts({ draft, policies, review })
  const { data: templates } = useQuery(templatesQuery)
  const policy = draft.clause ? policies.get(draft.clause) : undefined
  if (!templates || !policy || draft.clause === noViolation || outcomeOf(draft) === 'no_violation') return null
  const measures = measuresOf(draft)
  const fitting = fittingTemplates(templates, { occasion: 'decision', policyId: policy.id, measures })
  if (fitting.length === 0 && !draft.message) return null
  const message = draft.message ?? null
  const chosen = templates.find(({ id }) => id === message?.templateId)
  const lacking = message ? lackOf(message, templates, factsIn(message.language)) : []

  function show() {
    if (!message && fitting[0]) onChange({ type: 'message', value: startMessage(fitting[0], review.language) })
    onOpen('message')
  }
  return (
    <>
      <button
        type="button"
        className={css.test}
        data-open={lacking.length > 0 || undefined}
        disabled={isSending}
        onClick={show}
        {...keepFocus}
      >
        {message ? <IconMailCheck size={13} aria-hidden /> : <IconMail size={13} aria-hidden />}
        <span className="cut">
          {chosen && message
            ? t(lacking.length > 0 ? 'desk.lacking' : 'desk.ready', {
                name: chosen.name,
                language: message.language.toUpperCase(),
              })
            : t('desk.write')}
        </span>
      </button>
      {open === 'message' ? (
        <Floating title={t('desk.title')} onClose={() => onOpen(null)}>
          <MessageFields
            templates={fitting}
            draft={message}
            language={review.language}
            factsIn={factsIn}
            onChange={(value) => onChange({ type: 'message', value })}
          />
        </Floating>
      ) : null}
    </>
  )
}

/** Beside the panel, over the text: what is typed is kept at once. */
function Floating({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation('messages')
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    const before = document.activeElement
    box.current?.querySelector<HTMLElement>('textarea, input:not([aria-haspopup])')?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [])
  useKeys({ close: onClose }, { isExclusive: true })
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    onClose()
  }
  return createPortal(
    <section ref={box} className={turnsCss.panel} aria-label={title} onKeyDown={onKeyDown}>
      <div className={turnsCss.form}>
        <div className="row">
          <h2 className={turnsCss.title}>{title}</h2>
          <CloseButton className="push" size="sm" aria-label={t('done')} title={t('done')} onClick={onClose} />
        </div>
        {children}
        <Button variant="filled" h={34} onClick={onClose}>
          {t('done')}
        </Button>
      </div>
    </section>,
    inMain().target,
  )
}
