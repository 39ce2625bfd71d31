import { IconArrowBackUp, IconChevronUp, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useClock } from '#client/ui/clock.ts'
import { useBox } from '#client/ui/hanging.tsx'
import { KeyCap } from '#client/ui/Kbd.tsx'
import css from './flow.module.css'
import type { Sent } from './sending.ts'
import { useWhat } from './what.ts'

type Props = {
  /** Those that may still be taken back, the newest first; one at least. */
  decisions: readonly Sent[]
  onUndo: (sent: Sent) => void
  onClose: () => void
}

/** Stands in the place of “up next” for as long as the last decision may be taken back. */
export function UndoBar({ decisions, onUndo, onClose }: Props) {
  const { t } = useTranslation('flow')
  const what = useWhat()
  const newest = decisions[0]!
  const older = decisions.slice(1)
  const { target, hang } = useBox({ position: 'top-end', width: 340 })
  return (
    <section className={css.undo} aria-label={t('undo.label')}>
      <TimeLeft sent={newest} />
      <span className="cut">
        <b className="b">{newest.reference}</b> <span className={css.dim}>{what(newest)}.</span>{' '}
        <LeftWords sent={newest} />
      </span>
      <span className="push" />
      {older.length > 0 ? (
        <>
          <button type="button" className={css.plain} {...target}>
            {t('undo.more', { count: older.length })} <IconChevronUp size={13} aria-hidden />
          </button>
          {hang(
            <ul className={css.older}>
              {older.map((sent) => (
                <li key={sent.reviewId}>
                  <span className="cut">
                    <b className="b">{sent.reference}</b> {what(sent)}
                  </span>
                  <button type="button" className={css.take} onClick={() => onUndo(sent)}>
                    {t('undo.undo')}
                    <span className="vh">{sent.reference}</span>
                  </button>
                </li>
              ))}
            </ul>,
            t('undo.moreTitle'),
          )}
        </>
      ) : null}
      <button
        type="button"
        className={css.button}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => onUndo(newest)}
      >
        <IconArrowBackUp size={14} className="onlyS flip" aria-hidden />
        {t('undo.undo')} <KeyCap action="undo" />
      </button>
      <button type="button" className={css.plain} aria-label={t('undo.close')} onClick={onClose}>
        <IconX size={14} aria-hidden />
      </button>
    </section>
  )
}

const length = 2 * Math.PI * 6.5

/** The ring empties by itself, in the style sheet's time: nothing is drawn again for it. */
function TimeLeft({ sent: { stage } }: { sent: Sent }) {
  if ((stage.kind !== 'accepted' && stage.kind !== 'proposed') || !stage.undoUntil)
    return <span className={css.ring} data-idle />
  const left = Math.max(0, stage.undoUntil - Date.now())
  return (
    <svg className={css.ring} width="16" height="16" aria-hidden key={stage.undoUntil}>
      <circle cx="8" cy="8" r="6.5" />
      <circle cx="8" cy="8" r="6.5" style={{ strokeDasharray: length, animationDuration: `${left}ms` }} />
    </svg>
  )
}

function LeftWords({ sent: { stage } }: { sent: Sent }) {
  const { t } = useTranslation('flow')
  const { t: judging } = useTranslation('judging')
  const end = stage.kind === 'accepted' || stage.kind === 'proposed' ? stage.undoUntil : null
  const left = useClock((now) => (end ? Math.max(0, Math.ceil((end - now) / 1_000)) : -1))
  return (
    <span className={`${css.dim} hideS num`}>
      {stage.kind === 'proposed'
        ? judging('severe.note')
        : left < 0
          ? t('undo.sending')
          : t('undo.left', { count: left })}
    </span>
  )
}
