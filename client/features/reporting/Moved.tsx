import { useTranslation } from 'react-i18next'
import css from './reports.module.css'
import type { Move } from './use-say.ts'

/** The difference to the period compared with. Its sign says which way, its colour only whether that is wished for. */
export function Moved({ move }: { move: Move | null }) {
  const { t } = useTranslation('reports')
  if (!move) return null
  const tone = move.isBetter === null ? 't3' : move.isBetter ? 'ok' : 'warn'
  return (
    <span className={`xs b num ${css.moved} ${tone}`}>
      <span className="vh">{t('difference')}</span> <bdi dir={move.isFigure ? 'ltr' : undefined}>{move.text}</bdi>
    </span>
  )
}
