import { useTranslation } from 'react-i18next'
import { useNameOf } from '#client/api/choices.ts'
import { NoteThread } from '#client/ui/notes/NoteThread.tsx'
import { inOrder } from '#client/ui/notes/note-view.ts'
import { Panel } from '#client/ui/Panel.tsx'
import type { DecisionDetail } from '#shared/contract/decision-list.ts'

/** What was written about the review, its post and its account; what came after the decision says so. */
export function NotesThen({ detail: { notes = [], decision } }: { detail: DecisionDetail }) {
  const { t } = useTranslation('notes')
  const nameOf = useNameOf()
  if (notes.length === 0) return null
  return (
    <Panel title={t('title')} side={<span className="sm t3 num">{notes.length}</span>}>
      <ul>
        {inOrder(notes).map((note) => {
          const place = note.on === 'review' ? t('note') : t(`on.${note.on}`)
          const isLater = note.writtenAt > decision.decidedAt
          return (
            <NoteThread
              key={note.id}
              note={note}
              nameOf={nameOf}
              place={isLater ? t('afterDecision', { place }) : place}
              onEdit={() => null}
              onAnswer={null}
              onPin={null}
            />
          )
        })}
      </ul>
    </Panel>
  )
}
