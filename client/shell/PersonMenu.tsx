import { lazy } from 'react'
import { useTranslation } from 'react-i18next'
import { Face } from '#client/ui/Face.tsx'
import { useMenu } from '#client/ui/hanging.tsx'
import type { Session } from '#shared/contract/team.ts'
import css from './TopBar.module.css'

const load = () => import('./menus.tsx')
const PersonChoice = lazy(async () => ({ default: (await load()).PersonChoice }))

export function PersonMenu({ person }: { person: Session['person'] }) {
  const { t } = useTranslation('shell')
  const { target, hang } = useMenu({
    position: 'bottom-end',
    width: 240,
    withinPortal: false,
    staysOpen: true,
    warm: load,
  })
  const role = t(`role.${person.role}`)
  return (
    <>
      <button
        type="button"
        className={css.person}
        aria-label={t('person.label', { name: person.name, role })}
        {...target}
      >
        <Face id={person.id} name={person.name} size={24} isPlain />
      </button>
      {hang(<PersonChoice person={person} />)}
    </>
  )
}
