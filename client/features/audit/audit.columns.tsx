import { useTranslation } from 'react-i18next'
import type { Column } from '#client/ui/DataTable.tsx'
import { useFormat } from '#client/ui/format.ts'
import { DateTime } from '#client/ui/time.tsx'
import type { LogEvent } from '#shared/contract/events.ts'
import css from './audit.module.css'
import { Subject, Who } from './names.tsx'
import { useKindWords, useSayData } from './words.ts'

/** The columns in the reader's language. */
export function useEventColumns(): Column<LogEvent>[] {
  const { t } = useTranslation('audit')
  const format = useFormat()
  const kindOf = useKindWords()
  const sayData = useSayData()
  return [
    {
      id: 'seq',
      header: t('column.seq'),
      isEnd: true,
      isWide: true,
      width: 80,
      cell: ({ seq }) => <span className="t3">{format.number(seq)}</span>,
    },
    { id: 'at', header: t('column.at', { zone: format.house }), width: 172, cell: ({ at }) => <LogTime at={at} /> },
    { id: 'who', header: t('column.who'), width: 132, cell: (event) => <Who event={event} /> },
    {
      id: 'kind',
      header: t('column.kind'),
      width: 156,
      cell: ({ kind }) => (
        <span className="cut" title={kind}>
          {kindOf(kind)}
        </span>
      ),
    },
    { id: 'on', header: t('column.subject'), width: 136, cell: ({ subject }) => <Subject subject={subject} /> },
    {
      id: 'what',
      header: t('column.what'),
      isWide: true,
      cell: ({ data }) => (
        <span className={css.what} title={sayData(data)}>
          {sayData(data)}
        </span>
      ),
    },
    {
      id: 'id',
      header: t('column.id'),
      isEnd: true,
      isWide: true,
      width: 76,
      cell: ({ id }) => <span className="mono t3">{id}</span>,
    },
  ]
}

/** Day and time to the millisecond, in the organisation's time zone as the whole log. */
export function LogTime({ at, day = 'day' }: { at: string; day?: 'day' | 'date' }) {
  return (
    <span className={css.at}>
      <span className="t3">
        <DateTime at={at} form={day} zone="house" />
      </span>{' '}
      <bdi className="mono">
        <DateTime at={at} form="log" zone="house" />
      </bdi>
    </span>
  )
}
