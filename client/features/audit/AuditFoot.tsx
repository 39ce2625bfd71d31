import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { useFormat } from '#client/ui/format.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import type { listEvents } from '#shared/contract/events.ts'
import css from './audit.module.css'
import { type AuditSearch, fromTheTop } from './audit.search.ts'

type Page = z.output<typeof listEvents.reply>
type Props = { search: AuditSearch; page: Page | undefined; count: Page['count'] }

/** Which entries are on screen, of how many, and the way to the others. */
export function AuditFoot({ search, page, count }: Props) {
  const { t } = useTranslation('audit')
  const format = useFormat()
  const [newest, oldest] = [page?.items[0], page?.items.at(-1)]
  const value = count ? `${format.number(count.value)}${count.exact ? '' : '+'}` : ''
  const filters = fromTheTop(search)
  return (
    <footer className={css.foot}>
      {count ? <span>{t('foot.count', { count: count.value, value })}</span> : null}
      {newest && oldest ? (
        <span className="hideS">
          {t('foot.shown', { from: format.number(newest.seq), to: format.number(oldest.seq) })}
        </span>
      ) : null}
      <nav className="row6 push" aria-label={t('title')}>
        {search.cursor ? (
          <ButtonLink to="/audit" search={filters}>
            {t('foot.newest')}
          </ButtonLink>
        ) : null}
        {page?.previousCursor ? (
          <ButtonLink
            to="/audit"
            search={{ ...filters, cursor: page.previousCursor }}
            leftSection={<IconChevronLeft size={14} className="flip" />}
          >
            {t('foot.newer')}
          </ButtonLink>
        ) : null}
        {page?.nextCursor ? (
          <ButtonLink
            to="/audit"
            search={{ ...filters, cursor: page.nextCursor }}
            rightSection={<IconChevronRight size={14} className="flip" />}
          >
            {t('foot.older')}
          </ButtonLink>
        ) : null}
      </nav>
    </footer>
  )
}
