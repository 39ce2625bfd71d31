import { Button } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { inboxQuery, useMarkInbox } from '#client/api/inbox.ts'
import { useFormat } from '#client/ui/format.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { EmptyState, ErrorState } from '#client/ui/states.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import { Delayed, SkeletonText } from '#client/ui/waiting.tsx'
import type { InboxItem } from '#shared/contract/inbox.ts'
import { InboxRow } from './InboxRow.tsx'
import css from './inbox.module.css'
import { readInboxSearch } from './inbox.search.ts'

/** What a person was told of, newest first. Opening the thing marks it as read. */
export function InboxPage() {
  const { t } = useTranslation('inbox')
  const format = useFormat()
  const isUnread = readInboxSearch(useSearch({ strict: false })).unread === true
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    inboxQuery({ isUnread }),
  )
  const mark = useMarkInbox()
  usePageTitle(t('title'))
  const { items = [], count } = data ?? {}
  const newest = items[0]
  return (
    <div className={css.page}>
      <header className="row wrap">
        <h1>{t('title')}</h1>
        <nav className={css.tabs} aria-label={t('show')}>
          <Link to="/inbox" search={{}} data-on={!isUnread || undefined} aria-current={isUnread ? undefined : 'page'}>
            {t('all')}
          </Link>
          <Link
            to="/inbox"
            search={{ unread: true }}
            data-on={isUnread || undefined}
            aria-current={isUnread ? 'page' : undefined}
          >
            {t('unread')}
          </Link>
        </nav>
        <span className="sm t3 num hideS">
          {count && count.value > 0
            ? count.exact
              ? t('count', { count: count.value })
              : t('atLeast', { n: format.number(count.value) })
            : null}
        </span>
        <Button
          className="push"
          disabled={!newest || mark.isPending || items.every(({ isRead }) => isRead)}
          onClick={() => newest && mark.mutate({ which: { upTo: newest.id }, isRead: true })}
        >
          {t('markAll')}
        </Button>
      </header>
      {mark.isError ? (
        <p className="sm bad" role="alert">
          {t('markFailed')}
        </p>
      ) : null}
      {error && !data ? (
        <ErrorState title={t('failed.title')} {...errorFacts(error)} onRetry={() => void refetch()} />
      ) : data && items.length === 0 ? (
        <Nothing isUnread={isUnread} />
      ) : data ? (
        <Items items={items} onMark={mark.mutate} />
      ) : (
        <Delayed>
          <SkeletonText lines={6} />
        </Delayed>
      )}
      {hasNextPage ? (
        <Button className={css.more} disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      ) : null}
    </div>
  )
}

type ItemsProps = { items: readonly InboxItem[]; onMark: ReturnType<typeof useMarkInbox>['mutate'] }

function Items({ items, onMark }: ItemsProps) {
  const { t } = useTranslation('inbox')
  const list = useRef<HTMLUListElement>(null)
  function move(by: 1 | -1) {
    const links = [...(list.current?.querySelectorAll<HTMLElement>('a') ?? [])]
    const at = links.indexOf(document.activeElement as HTMLElement)
    links[at === -1 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))]?.focus()
  }
  useKeys({ up: () => move(-1), down: () => move(1) })
  return (
    <ul ref={list} className={`panel ${css.list}`} aria-label={t('title')}>
      {items.map((item) => (
        <InboxRow key={item.id} item={item} onMark={(isRead) => onMark({ which: { ids: [item.id] }, isRead })} />
      ))}
    </ul>
  )
}

function Nothing({ isUnread }: { isUnread: boolean }) {
  const { t } = useTranslation('inbox')
  const what = isUnread ? 'unread' : 'all'
  return (
    <EmptyState
      icon={IconBell}
      title={t(`empty.${what}`)}
      action={isUnread ? <ButtonLink to="/inbox">{t('empty.toAll')}</ButtonLink> : null}
    >
      {t(`empty.${what}.text`)}
    </EmptyState>
  )
}
