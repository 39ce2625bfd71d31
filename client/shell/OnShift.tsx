import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { usePresent } from '#client/api/presence.ts'
import { peopleQuery } from '#client/api/reference-data.ts'
import { Face } from '#client/ui/Face.tsx'
import { may } from '#shared/domain/permissions.ts'
import css from './TopBar.module.css'

/** Faces that find room; the others are counted. */
const mostFaces = 3

/** Colleagues who decide and are at work now. */
export function OnShift({ me }: { me: string }) {
  const { t } = useTranslation('shell')
  const present = usePresent()
  const { data: people } = useQuery({ ...peopleQuery, enabled: present.size > 0 })
  const here = [...present.keys()]
    .flatMap((id) => people?.get(id) ?? [])
    .filter(({ id, role }) => id !== me && may(role, 'review.decide'))
    .sort((a, b) => a.name.localeCompare(b.name))
  if (here.length === 0) return null
  const more = here.slice(mostFaces)
  const names = more.map(({ name }) => name).join(', ')
  return (
    <ul className={css.shift} aria-label={t('shift')}>
      {here.slice(0, mostFaces).map(({ id, name }) => (
        <li key={id}>
          <Face id={id} name={name} />
        </li>
      ))}
      {more.length > 0 ? (
        <li className="xs t2 num" title={names}>
          <bdi dir="ltr" aria-hidden>
            +{more.length}
          </bdi>
          <span className="vh">{names}</span>
        </li>
      ) : null}
    </ul>
  )
}
