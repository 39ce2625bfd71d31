import { IconPin, IconUserCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useNameOf } from '#client/api/choices.ts'
import { inOrder } from '#client/ui/notes/note-view.ts'
import type { AccountStanding } from '#shared/contract/reviews.ts'
import { withNames } from '#shared/domain/mentions.ts'
import css from './notes.module.css'

/** The notes on the account in one line, beside its standing: whatever was said of it comes up with each of its posts. */
export function AccountNote({ notes }: Pick<AccountStanding, 'notes'>) {
  const { t } = useTranslation('notes')
  const nameOf = useNameOf()
  const [first] = inOrder(notes)
  if (!first) return null
  const Glyph = first.isPinned ? IconPin : IconUserCircle
  const news = notes.flatMap((note) => [note, ...(note.answers ?? [])]).filter(({ isNew }) => isNew).length
  const said = `${nameOf(first.authorId)}: ${withNames(first.body, nameOf).text}`
  function show() {
    const section = document.querySelector<HTMLElement>('[data-notes]')
    section?.scrollIntoView({ block: 'start' })
    section?.focus({ preventScroll: true })
  }
  return (
    <button type="button" className={css.line} onClick={show} title={said}>
      <Glyph size={14} stroke={1.8} aria-hidden />
      <span className="vh">{t('onAccount', { count: notes.length })}: </span>
      <span dir="auto" className="cut grow">
        {said}
      </span>
      {news > 0 ? <span className={css.news}>{t('newOnes', { count: news })}</span> : null}
    </button>
  )
}
