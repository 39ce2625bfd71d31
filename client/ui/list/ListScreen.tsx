import { Menu } from '@mantine/core'
import { type Icon, IconArrowsSort } from '@tabler/icons-react'
import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import { type ComponentProps, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Choice } from '../ChoiceList.tsx'
import { useFormat } from '../format.ts'
import { EmptyState, ErrorState } from '../states.tsx'
import { Delayed } from '../waiting.tsx'
import { type Find, FindField, type ListFilter, ListFilters } from './ListFilters.tsx'
import { type ListColumn, ListTable, LoadingList } from './ListTable.tsx'
import css from './list.module.css'

type Count = { value: number; exact: boolean } | null
export type ListQuery<Row> = UseInfiniteQueryResult<{ rows: Row[]; count: Count }>

type Props<Row> = {
  title: string
  /** Lists beside this one. */
  tabs?: ReactNode
  side?: ReactNode
  find?: Find
  filters: readonly ListFilter[]
  sort?: { value: string; choices: readonly Choice[]; onChange: (value: string) => void }
  columns: readonly ListColumn<Row>[]
  rowId: (row: Row) => string
  onOpen: (row: Row) => void
  list: ListQuery<Row>
  /** “1,904 decisions” */
  countOf: (count: number, value: string) => string
  empty: { icon: Icon; title: string; text: string; action?: ReactNode }
  failed: Pick<ComponentProps<typeof ErrorState>, 'title' | 'status' | 'requestId'>
  /** Another list: begins at its top again. */
  listKey: string
}

/** A list of anything: what is in force above it, how many there are below it, its rows in between. */
export function ListScreen<Row>(props: Props<Row>) {
  const { title, tabs, side, find, filters, sort, columns, list } = props
  const [shown, setShown] = useState({ from: 0, to: -1 })
  return (
    <div className={css.screen} data-tabs={tabs ? true : undefined}>
      <h1 className="vh">{title}</h1>
      {tabs}
      <div className={css.tools}>
        {find ? <FindField {...find} /> : null}
        <ListFilters filters={filters} />
        <span className="push" />
        {sort ? <Sort {...sort} /> : null}
        {side}
      </div>
      {list.isPending ? (
        <Delayed>
          <LoadingList label={title} columns={columns} />
        </Delayed>
      ) : (
        <Rows {...props} onShown={(from, to) => setShown({ from, to })} />
      )}
      <Foot list={list} countOf={props.countOf} shown={shown} />
    </div>
  )
}

function Rows<Row>(props: Props<Row> & { onShown: (from: number, to: number) => void }) {
  const { title, columns, rowId, onOpen, list, empty, failed, listKey, onShown } = props
  const { t } = useTranslation('list')
  const rows = list.data?.rows ?? []
  if (list.isError && rows.length === 0) {
    return (
      <div className={css.scroll}>
        <ErrorState {...failed} kept={t('kept')} onRetry={() => void list.refetch()} />
      </div>
    )
  }
  if (rows.length === 0) {
    const { text, ...state } = empty
    return (
      <div className={css.scroll}>
        <EmptyState {...state}>{text}</EmptyState>
      </div>
    )
  }
  return (
    <ListTable
      key={listKey}
      label={title}
      columns={columns}
      rows={rows}
      rowId={rowId}
      count={list.data?.count ?? null}
      onOpen={onOpen}
      onEnd={() => {
        if (list.hasNextPage && !list.isFetchingNextPage && !list.isFetchNextPageError) void list.fetchNextPage()
      }}
      onShown={onShown}
    />
  )
}

function Sort({ value, choices, onChange }: NonNullable<Props<unknown>['sort']>) {
  const { t } = useTranslation('list')
  const current = choices.find((choice) => choice.value === value)?.label
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <button type="button" className={css.tool}>
          <IconArrowsSort size={14} aria-hidden />
          <span className="vh">{t('sort')}:</span> {current}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map((choice) => (
          <Menu.Item
            key={choice.value}
            aria-current={choice.value === value ? 'true' : undefined}
            onClick={() => onChange(choice.value)}
          >
            {choice.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

type FootProps = Pick<Props<unknown>, 'countOf'> & { list: ListQuery<never>; shown: { from: number; to: number } }

/** How many there are, which of them are in view, and how fresh that is. */
function Foot({ list, countOf, shown }: Omit<FootProps, 'list'> & { list: ListQuery<unknown> }) {
  const { t } = useTranslation('list')
  const format = useFormat()
  const { data, dataUpdatedAt } = list
  const count = data?.count
  return (
    <footer className={css.foot}>
      {count ? (
        <span role="status">{countOf(count.value, `${format.number(count.value)}${count.exact ? '' : '+'}`)}</span>
      ) : null}
      {data && data.rows.length > 0 && shown.to >= 0 ? (
        <span className="hideS">
          {t('shown', {
            from: format.number(shown.from + 1),
            to: format.number(Math.min(shown.to + 1, data.rows.length)),
          })}
        </span>
      ) : null}
      {list.isFetchNextPageError ? (
        <span className="bad">
          {t('moreFailed')}{' '}
          <button type="button" className={css.retry} onClick={() => void list.fetchNextPage()}>
            {t('error.retry', { ns: 'ui' })}
          </button>
        </span>
      ) : null}
      <span className="push">
        {list.isFetchingNextPage
          ? t('more')
          : list.isFetching
            ? t('loading')
            : dataUpdatedAt > 0
              ? t('updated', { time: format.date(new Date(dataUpdatedAt), 'seconds') })
              : null}
      </span>
    </footer>
  )
}
