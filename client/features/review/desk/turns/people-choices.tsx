import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { usePresent } from '#client/api/presence.ts'
import { peopleQuery } from '#client/api/reference-data.ts'
import { useSession } from '#client/api/session.ts'
import { Face } from '#client/ui/Face.tsx'
import type { Role } from '#shared/domain/permissions.ts'
import type { TurnChoice } from './ChoiceRows.tsx'

/** Colleagues of these roles, those who are here first. */
export function usePeopleRows(roles: readonly Role[], { withMe = false } = {}): TurnChoice[] {
  const { t } = useTranslation('turns')
  const me = useSession().person.id
  const { data: people } = useQuery(peopleQuery)
  const present = usePresent()
  return [...(people?.values() ?? [])]
    .filter(({ id, role, isActive }) => isActive && roles.includes(role) && (withMe || id !== me))
    .map(({ id, name }) => ({ id, name, isHere: present.has(id) }))
    .sort((a, b) => Number(b.isHere) - Number(a.isHere) || a.name.localeCompare(b.name))
    .map(({ id, name, isHere }) => ({
      value: id,
      label: name,
      lead: <Face id={id} name={name} size={18} isPlain />,
      hint: isHere ? t('here') : undefined,
    }))
}
