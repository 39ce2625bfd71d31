import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { usePresent } from '#client/api/presence.ts'
import { peopleQuery } from '#client/api/reference-data.ts'
import { FindList } from '#client/ui/FindList.tsx'
import { may } from '#shared/domain/permissions.ts'

type Props = { holderId: string; onChoose: (person: { id: string; name: string }) => void }

/** Those who decide, by name; those who are here first. */
export function AssignBox({ holderId, onChoose }: Props) {
  const { t } = useTranslation('leases')
  const { data: people } = useQuery(peopleQuery)
  const present = usePresent()
  const choices = [...(people?.values() ?? [])]
    .filter(({ id, role, isActive }) => isActive && id !== holderId && may(role, 'review.decide'))
    .sort((a, b) => Number(present.has(b.id)) - Number(present.has(a.id)) || a.name.localeCompare(b.name))
  return (
    <FindList
      name={t('assign.to')}
      placeholder={t('assign.to')}
      find={(text) =>
        choices
          .filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()))
          .map(({ id, name }) => ({ value: id, label: present.has(id) ? `${name} · ${t('here')}` : name }))
      }
      onChoose={(id) => {
        const person = people?.get(id)
        if (person) onChoose(person)
      }}
    />
  )
}
