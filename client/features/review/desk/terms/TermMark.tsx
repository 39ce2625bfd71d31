import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useBox, useCard } from '#client/ui/hanging.tsx'
import { TermCard } from './TermCard.tsx'
import css from './terms.module.css'

type Props = { termId: string; isDisguised: boolean; children: ReactNode }

/** A term in a caption. What it may mean shows on hover and focus; pressed, it stays and leads further. */
export function TermMark({ termId, isDisguised, children }: Props) {
  const { t } = useTranslation('terms')
  const place = { width: 300, position: 'bottom-start' } as const
  const { over, card } = useCard(() => <TermCard termId={termId} isDisguised={isDisguised} />, place)
  const { target, hang, isOpen } = useBox(place)
  return (
    <>
      <button
        type="button"
        {...target}
        {...over}
        className={css.mark}
        data-term={termId}
        aria-roledescription={t('mark')}
        onPointerEnter={(event) => {
          target.onPointerEnter()
          over.onPointerEnter(event)
        }}
        onFocus={(event) => {
          target.onFocus()
          over.onFocus(event)
        }}
      >
        {children}
      </button>
      {isOpen ? null : card}
      {hang(<TermCard termId={termId} isDisguised={isDisguised} isWhole />, t('mark'))}
    </>
  )
}
