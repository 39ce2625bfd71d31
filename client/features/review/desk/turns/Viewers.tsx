import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useViewers } from '#client/api/presence.ts'
import { peopleQuery } from '#client/api/reference-data.ts'
import { useSession } from '#client/api/session.ts'
import { Face } from '#client/ui/Face.tsx'
import css from './turns.module.css'

/** Faces that find room in the bar. */
const mostFaces = 3

/** Who else has this review on the screen. */
export function Viewers({
  reviewId,
  exceptId,
}: {
  reviewId: string /** Named beside it already. */
  exceptId?: string
}) {
  const { t } = useTranslation('turns')
  const me = useSession().person.id
  const { data: people } = useQuery(peopleQuery)
  const others = useViewers(reviewId)
    .filter((id) => id !== me && id !== exceptId)
    .map((id) => ({ id, name: people?.get(id)?.name ?? t('somebody') }))
  if (others.length === 0) return null
  const names = t('viewing.names', { names: others.map(({ name }) => name).join(', ') })
  return (
    <span className={css.viewers} role="img" aria-label={names} title={names}>
      {others.slice(0, mostFaces).map(({ id, name }) => (
        <Face key={id} id={id} name={name} size={20} isPlain />
      ))}
      <span className="hideS">{t('viewing', { count: others.length, who: others[0]?.name.split(' ')[0] ?? '' })}</span>
    </span>
  )
}
