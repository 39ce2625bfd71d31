import { IconAlertTriangle, IconCloudOff, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '#client/api/call.ts'
import { KeyCap } from '#client/ui/Kbd.tsx'
import css from './flow.module.css'
import { type Sent, sendNow } from './sending.ts'

const known = ['already_decided', 'held_by_other', 'lease_lost', 'snapshot_changed', 'version_changed'] as const

/** What came back while the person was on with the next one, in one sentence. */
export function useRefusedWords() {
  const { t } = useTranslation('flow')
  return ({ stage, reference }: Sent) => {
    const body = stage.kind === 'refused' && stage.error instanceof ApiError ? stage.error.body : null
    const code = known.find((each) => each === body?.code) ?? 'other'
    return t(`refused.${code}`, { reference, who: body?.conflict?.byName ?? t('refused.somebody') })
  }
}

/** A decision was not recorded after the next review was shown: who did what, and the way back. Nobody is torn away. */
export function Refused({ sent, onBack }: { sent: Sent; onBack: () => void }) {
  const { t } = useTranslation('flow')
  const words = useRefusedWords()
  return (
    <section className={css.notice} role="alert">
      <IconAlertTriangle size={16} aria-hidden />
      <span className="cut">{words(sent)}</span>
      <span className="push" />
      <button type="button" className={css.button} onMouseDown={(event) => event.preventDefault()} onClick={onBack}>
        {t('refused.back')} <KeyCap action="backToRefused" index={0} />
        <KeyCap action="backToRefused" index={1} />
      </button>
    </section>
  )
}

/** Decisions that no answer comes to. */
export function Late({ count }: { count: number }) {
  const { t } = useTranslation('flow')
  return (
    <section className={css.notice} role="status">
      <IconCloudOff size={16} aria-hidden />
      <span className="cut">{t('late.text', { count })}</span>
      <span className="push" />
      <button type="button" className={css.button} onClick={sendNow}>
        {t('late.now')}
      </button>
    </section>
  )
}

type TooLateProps = { reference: string; isTooLate: boolean; onOpen: () => void; onClose: () => void }

export function TooLate({ reference, isTooLate, onOpen, onClose }: TooLateProps) {
  const { t } = useTranslation('flow')
  return (
    <section className={css.notice} role="alert">
      <IconAlertTriangle size={16} aria-hidden />
      <span className="cut">{t(isTooLate ? 'undo.tooLate' : 'undo.failed', { reference })}</span>
      <span className="push" />
      <button type="button" className={css.button} onClick={onOpen}>
        {t('undo.correct')}
      </button>
      <button type="button" className={css.plain} aria-label={t('undo.close')} onClick={onClose}>
        <IconX size={14} aria-hidden />
      </button>
    </section>
  )
}
