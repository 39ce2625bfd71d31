import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { useMay } from '#client/api/session.ts'
import { DataTable } from '#client/ui/DataTable.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { ErrorState, NoPermission } from '#client/ui/states.tsx'
import { Delayed, SkeletonRows } from '#client/ui/waiting.tsx'
import { Invitations } from './Invitations.tsx'
import { PersonPanel } from './PersonPanel.tsx'
import { usePeopleColumns } from './people.columns.tsx'
import css from './people.module.css'
import { type Invitation, teamQuery } from './people.queries.ts'
import { readTeamSearch } from './team.search.ts'

const AddPerson = lazy(async () => ({ default: (await import('./AddPerson.tsx')).AddPerson }))

export function TeamPage() {
  const { t } = useTranslation('people')
  usePageTitle(t('team.title'))
  return useMay('team.read') ? <Team /> : <NoPermission />
}

function Team() {
  const { t } = useTranslation('people')
  const { person: openId } = readTeamSearch(useSearch({ strict: false }))
  const navigate = useNavigate()
  const { data, error, isPending, refetch } = useQuery(teamQuery)
  const mayManage = useMay('person.manage')
  const columns = usePeopleColumns()
  const [adding, setAdding] = useState<{ from?: Invitation } | null>(null)
  const people = data?.people ?? []
  const open = people.find(({ id }) => id === openId)
  const outCount = people.filter(({ disabledAt }) => disabledAt).length
  const show = (id: string | undefined) =>
    navigate({ to: '/team', search: id && id !== openId ? { person: id } : {}, replace: true })

  if (error && !data) {
    return <ErrorState heading="h1" title={t('team.failed')} {...errorFacts(error)} onRetry={() => void refetch()} />
  }
  return (
    <div className={css.split} data-open={openId !== undefined || undefined}>
      <div className={css.list}>
        <header className="row">
          <h1>{t('team.title')}</h1>
          {data ? (
            <span className="sm t2 num">
              {t('team.count', { count: people.length - outCount })}
              {outCount > 0 ? `, ${t('team.out', { count: outCount })}` : ''}
            </span>
          ) : null}
          {mayManage ? (
            <Button className="push" variant="filled" onClick={() => setAdding({})}>
              {t('team.add')}
            </Button>
          ) : null}
        </header>
        <section className={`panel ${css.table}`}>
          <DataTable
            label={t('team.title')}
            columns={columns}
            rows={people}
            rowId={({ id }) => id}
            rowCount={people.length}
            openId={openId ?? null}
            onOpen={({ id }) => void show(id)}
            instead={
              isPending ? (
                <Delayed>
                  <SkeletonRows columns={[70, 60, 60, 50, 50, 20]} count={8} />
                </Delayed>
              ) : null
            }
          />
        </section>
        {data && data.invitations.length > 0 ? (
          <Invitations invitations={data.invitations} onAgain={mayManage ? (from) => setAdding({ from }) : null} />
        ) : null}
      </div>
      {open ? (
        <PersonPanel key={`${open.id} ${open.version}`} person={open} onClose={() => void show(undefined)} />
      ) : null}
      {openId && data && !open ? (
        <aside className={css.panel}>
          <p className="sm t2">{t('person.missing')}</p>
          <Button onClick={() => void show(undefined)}>{t('person.close')}</Button>
        </aside>
      ) : null}
      {adding ? (
        <Suspense fallback={null}>
          <AddPerson {...adding} onClose={() => setAdding(null)} />
        </Suspense>
      ) : null}
    </div>
  )
}
