import { partsOf } from '#shared/domain/mentions.ts'
import type { NameOf } from './note-view.ts'
import css from './notes.module.css'

type Props = { body: string; nameOf: NameOf; isShort?: boolean }

/** The words of a note. Who is mentioned stands in it by the name they have now. */
export function NoteBody({ body, nameOf, isShort = false }: Props) {
  let at = 0
  const parts = partsOf(body).map((part) => {
    const key = at
    at += 'text' in part ? part.text.length : part.personId.length
    if ('text' in part) return <span key={key}>{part.text}</span>
    return (
      <bdi key={key} className={css.mention}>
        @{nameOf(part.personId)}
      </bdi>
    )
  })
  return (
    <p dir="auto" className={css.body} data-short={isShort || undefined}>
      {parts}
    </p>
  )
}
