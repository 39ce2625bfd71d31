import { MultiSelect } from '@mantine/core'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '#client/api/call.ts'
import { useHarms } from '#client/api/harm-choices.ts'
import { changeOptOuts, getOptOuts } from '#shared/contract/routing.ts'

const optOutsQuery = queryOptions({
  queryKey: ['opt-outs'],
  queryFn: ({ signal }) => call(getOptOuts, { signal }),
})

/** What I am not offered. It is kept at once, and nobody asks why. */
export function OptOutSection() {
  const { t } = useTranslation('preferences')
  const queryClient = useQueryClient()
  const { data } = useQuery(optOutsQuery)
  const change = useMutation({
    mutationFn: (optedOut: string[]) => call(changeOptOuts, { body: { clientId: crypto.randomUUID(), optedOut } }),
    onSuccess: (reply) => queryClient.setQueryData(optOutsQuery.queryKey, reply),
    // What waits for me is counted anew.
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['reviews'] }),
  })
  const shown = change.isPending ? change.variables : (data?.optedOut ?? [])
  const harms = useHarms().map(({ value, code, name, isSection }) => ({
    value,
    label: isSection ? t('optOut.section', { code, name }) : `${code} ${name}`,
  }))
  return (
    <section className="panel" aria-labelledby="preferences-opt-out">
      <div className="panelHead">
        <h2 id="preferences-opt-out">{t('optOut.title')}</h2>
      </div>
      <div className="panelBody col" style={{ gap: 12 }}>
        <p className="sm t2">{t('optOut.about')}</p>
        <MultiSelect
          label={t('optOut.label')}
          placeholder={shown.length === 0 ? t('optOut.none') : ''}
          data={harms}
          value={shown}
          disabled={!data}
          searchable
          hidePickedOptions
          onChange={(value) => change.mutate(value)}
        />
        {change.isError ? (
          <p className="sm bad" role="alert">
            {t('failed')}
          </p>
        ) : null}
      </div>
    </section>
  )
}
