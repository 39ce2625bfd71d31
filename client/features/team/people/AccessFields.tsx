import { Checkbox, MultiSelect, Radio } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { queuesQuery } from '#client/api/reference-data.ts'
import { useSession } from '#client/api/session.ts'
import { useFormat } from '#client/ui/format.ts'
import type { QueueAccess } from '#shared/contract/people.ts'
import { change, seeAll, standing } from './access-draft.ts'
import css from './people.module.css'

type AccessProps = {
  access: QueueAccess
  onAccess: (access: QueueAccess) => void
  isReadOnly?: boolean
}

/** Which queues somebody sees and takes from. Whoever sees only some themselves changes those only. */
export function AccessFields({ access, onAccess, isReadOnly = false }: AccessProps) {
  const { t } = useTranslation('people')
  const { scope } = useSession()
  const id = useId()
  const { data } = useQuery(queuesQuery)
  const queues = data?.items ?? []
  const known = queues.map((queue) => queue.id)
  const isScoped = scope.queues !== null
  const isTooWide = isScoped && access.seesAll
  const isFixed = isReadOnly || isTooWide
  const others = access.queues.filter(({ queueId }) => !known.includes(queueId)).length
  return (
    <fieldset className={css.access} disabled={isFixed}>
      <legend>{t('access.legend')}</legend>
      {isScoped ? null : (
        <Radio.Group
          value={access.seesAll ? 'all' : 'only'}
          onChange={(value) => onAccess(seeAll(access, value === 'all', known))}
        >
          <div className={css.choices}>
            <Radio value="all" label={t('access.all')} disabled={isFixed} size="xs" />
            <Radio value="only" label={t('access.only')} disabled={isFixed} size="xs" />
          </div>
        </Radio.Group>
      )}
      <table className={css.queues}>
        <thead>
          <tr>
            <th scope="col">{t('access.queue')}</th>
            <th scope="col" id={`${id}-see`}>
              {t('access.see')}
            </th>
            <th scope="col" id={`${id}-take`}>
              {t('access.take')}
            </th>
          </tr>
        </thead>
        <tbody>
          {queues.map((queue) => {
            const { sees, takes } = standing(access, queue.id)
            return (
              <tr key={queue.id}>
                <th scope="row">{queue.name}</th>
                <td>
                  <Checkbox
                    size="xs"
                    aria-label={t('access.see.of', { queue: queue.name })}
                    checked={sees}
                    disabled={isFixed || access.seesAll}
                    onChange={() => onAccess(change(access, queue.id, { sees: !sees }, known))}
                  />
                </td>
                <td>
                  <Checkbox
                    size="xs"
                    aria-label={t('access.take.of', { queue: queue.name })}
                    checked={takes}
                    disabled={isFixed}
                    onChange={() => onAccess(change(access, queue.id, { takes: !takes }, known))}
                  />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {isTooWide && !isReadOnly ? <p className="xs t3">{t('access.tooWide')}</p> : null}
      {others > 0 ? <p className="xs t3">{t('access.others', { count: others })}</p> : null}
      {!access.seesAll && access.queues.length === 0 ? <p className="xs warn">{t('access.nothing')}</p> : null}
    </fieldset>
  )
}

/** Offered besides those that reviews are in. */
const common = ['ar', 'de', 'en', 'es', 'fa', 'fr', 'hi', 'id', 'kk', 'ky', 'pt', 'ru', 'tr', 'uk', 'ur', 'uz', 'zh']

type LanguageProps = { languages: string[]; onLanguages: (languages: string[]) => void; isReadOnly?: boolean }

export function LanguageField({ languages, onLanguages, isReadOnly = false }: LanguageProps) {
  const { t } = useTranslation('people')
  const format = useFormat()
  const { data } = useQuery(queuesQuery)
  const codes = [...new Set([...common, ...(data?.languages ?? []), ...languages])]
  const choices = codes
    .map((value) => ({ value, label: format.language(value) }))
    .sort((a, b) => a.label.localeCompare(b.label))
  return (
    <MultiSelect
      label={t('access.languages')}
      placeholder={languages.length > 0 ? '' : t('access.languages.none')}
      data={choices}
      value={languages}
      onChange={onLanguages}
      disabled={isReadOnly}
      searchable
      hidePickedOptions
      clearable={false}
      maxDropdownHeight={220}
    />
  )
}
