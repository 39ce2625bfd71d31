import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { isUsedUp, useAddReveals } from '#client/api/exposure.ts'
import { policiesQuery } from '#client/api/reference-data.ts'
import { useMay, useSession } from '#client/api/session.ts'
import { announce } from '#client/ui/announce.tsx'
import type { Column } from '#client/ui/DataTable.tsx'
import { Face } from '#client/ui/Face.tsx'
import { useFormat } from '#client/ui/format.ts'
import { Meter } from '#client/ui/Meter.tsx'
import type { PersonExposure } from '#shared/contract/exposure.ts'
import css from './load.module.css'

/** How many originals a supervisor adds at a time. */
const more = 20

/** @param isToday what is past cannot be added to */
export function useLoadColumns(isToday: boolean): Column<PersonExposure>[] {
  const { t } = useTranslation('wellbeing')
  const format = useFormat()
  const mayAdd = useMay('exposure.add')
  return [
    { id: 'person', header: t('load.person'), width: 200, cell: (row) => <Who person={row} /> },
    { id: 'budget', header: t('load.budget'), width: 190, cell: (row) => <OfBudget person={row} /> },
    {
      id: 'shown',
      header: t('figure.shown'),
      isEnd: true,
      isWide: true,
      width: 90,
      cell: (row) => format.span(row.shownMs),
    },
    {
      id: 'items',
      header: t('figure.items'),
      isEnd: true,
      isWide: true,
      width: 80,
      cell: (row) => <span title={t('figure.itemsLong')}>{format.number(row.items)}</span>,
    },
    { id: 'kinds', header: t('load.kinds'), isWide: true, cell: (row) => <Kinds person={row} /> },
    ...(isToday && mayAdd
      ? [
          {
            id: 'add',
            header: <span className="vh">{t('load.more')}</span>,
            isEnd: true,
            width: 170,
            cell: (row: PersonExposure) => <Add person={row} />,
          },
        ]
      : []),
  ]
}

function Who({ person: { personId, name } }: { person: PersonExposure }) {
  const { t } = useTranslation('wellbeing')
  const { person } = useSession()
  return (
    <span className="row6">
      <Face id={personId} name={name} isPlain />
      <span className="cut b">{name}</span>
      {person.id === personId ? <span className="xs t3">{t('load.you')}</span> : null}
    </span>
  )
}

/** Beside their own budget: bars of two people say nothing of each other. */
function OfBudget({ person }: { person: PersonExposure }) {
  const { t } = useTranslation('wellbeing')
  const format = useFormat()
  const seen = format.number(person.reveals)
  if (person.budget === null) return <span className="sm num">{t('load.noBudget', { seen })}</span>
  return (
    <span className={css.budget}>
      <Meter
        value={person.reveals}
        of={person.budget}
        label={t('load.meter', { name: person.name })}
        tone={isUsedUp(person) ? 'warn-solid' : 'accent'}
      />
      <span className="xs num">
        {t('load.of', { seen, budget: format.number(person.budget) })}
        {person.added > 0 ? <span className="t3"> · {t('load.addedBy', { count: person.added })}</span> : null}
      </span>
    </span>
  )
}

function Kinds({ person: { byKind } }: { person: PersonExposure }) {
  const { t } = useTranslation('wellbeing')
  const { data: policies } = useQuery(policiesQuery)
  const nameOf = (kind: string | null) =>
    kind === null
      ? t('figure.unsorted')
      : (policies?.values().find(({ section }) => section.code === kind)?.section.name ?? kind)
  if (byKind.length === 0) return <span className="sm t3">{t('figure.none')}</span>
  return (
    <ul className={`xs ${css.kinds}`}>
      {byKind.map(({ kind, items, reveals }) => (
        <li key={kind}>{t('load.kind', { kind: nameOf(kind), items, reveals })}</li>
      ))}
    </ul>
  )
}

function Add({ person }: { person: PersonExposure }) {
  const { t } = useTranslation('wellbeing')
  const format = useFormat()
  const { person: me } = useSession()
  const add = useAddReveals()
  if (person.budget === null || person.personId === me.id) return null
  const { personId, name, askedAt } = person
  return (
    <span className={css.add}>
      {askedAt ? <span className="xs warn">{t('load.asked', { time: format.date(askedAt, 'time') })}</span> : null}
      {add.isError ? (
        <span className="xs bad" role="alert">
          {t('load.addFailed')}
        </span>
      ) : null}
      <Button
        size="compact-sm"
        variant={askedAt ? 'filled' : 'default'}
        aria-label={t('load.addTo', { name, count: more })}
        loading={add.isPending}
        onClick={() =>
          add.mutate(
            { personId, clientId: crypto.randomUUID(), reveals: more },
            { onSuccess: () => announce(t('load.added', { name, count: more })) },
          )
        }
      >
        {t('load.add', { count: more })}
      </Button>
    </span>
  )
}
