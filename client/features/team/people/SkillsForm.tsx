import { Button, MultiSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useHarms } from '#client/api/harm-choices.ts'
import { useMay } from '#client/api/session.ts'
import { announce } from '#client/ui/announce.tsx'
import type { TeamMember } from '#shared/contract/people.ts'
import { Refusal } from '../Refusal.tsx'
import css from './people.module.css'
import { useChangePerson } from './people.queries.ts'

/** What somebody is trained for, and what they are not offered. */
export function SkillsForm({ person }: { person: TeamMember }) {
  const { t } = useTranslation('people')
  const mayAssign = useMay('person.assign')
  const mayManage = useMay('person.manage')
  const isReadOnly = !mayAssign || (!mayManage && person.role !== 'reviewer')
  const before = { trained: person.trained ?? [], optedOut: person.optedOut ?? [] }
  const [draft, setDraft] = useState(before)
  const save = useChangePerson(person)
  const data = useHarms().map(({ value, code, name, isSection }) => ({
    value,
    label: isSection ? t('skills.section', { code, name }) : `${code} ${name}`,
  }))
  const isChanged = textOf(draft) !== textOf(before)
  return (
    <section className={css.part}>
      <h3>{t('skills.title')}</h3>
      <p className="xs t2">{t('skills.text')}</p>
      {(['trained', 'optedOut'] as const).map((name) => (
        <MultiSelect
          key={name}
          label={t(`skills.${name}`)}
          placeholder={draft[name].length === 0 ? t(`skills.${name}.none`) : ''}
          data={data}
          value={draft[name]}
          disabled={isReadOnly}
          searchable
          hidePickedOptions
          maxDropdownHeight={220}
          onChange={(value) => setDraft({ ...draft, [name]: value })}
        />
      ))}
      <Refusal error={save.error} />
      {isChanged ? (
        <div className="row6">
          <Button
            variant="filled"
            loading={save.isPending}
            onClick={() =>
              save.mutate(
                { kind: 'skills', ...draft, version: person.version },
                { onSuccess: () => announce(t('skills.saved')) },
              )
            }
          >
            {t('skills.save')}
          </Button>
          <Button onClick={() => setDraft(before)}>{t('access.undo')}</Button>
        </div>
      ) : null}
    </section>
  )
}

const textOf = ({ trained, optedOut }: { trained: string[]; optedOut: string[] }) =>
  JSON.stringify([[...trained].sort(), [...optedOut].sort()])
