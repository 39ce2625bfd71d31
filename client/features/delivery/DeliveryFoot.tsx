import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { useFormat } from '#client/ui/format.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import type { listDeliveries } from '#shared/contract/deliveries.ts'
import css from './delivery.module.css'
import { type DeliverySearch, searchFor, viewOf } from './delivery.search.ts'

type Page = z.output<typeof listDeliveries.reply>
type Props = { search: DeliverySearch; page: Page | undefined; count: Page['count'] }

/** How many there are, and the way to the others. */
export function DeliveryFoot({ search, page, count }: Props) {
  const { t } = useTranslation('delivery')
  const format = useFormat()
  const value = count ? `${format.number(count.value)}${count.exact ? '' : '+'}` : ''
  const top = searchFor(viewOf(search), search)
  return (
    <footer className={css.foot}>
      {count ? <span>{t('foot.count', { count: count.value, value })}</span> : null}
      <nav className="row6 push" aria-label={t('title')}>
        {search.cursor ? (
          <ButtonLink to="/deliveries" search={top}>
            {t('foot.newest')}
          </ButtonLink>
        ) : null}
        {page?.previousCursor ? (
          <ButtonLink
            to="/deliveries"
            search={{ ...top, cursor: page.previousCursor }}
            leftSection={<IconChevronLeft size={14} className="flip" />}
          >
            {t('foot.newer')}
          </ButtonLink>
        ) : null}
        {page?.nextCursor ? (
          <ButtonLink
            to="/deliveries"
            search={{ ...top, cursor: page.nextCursor }}
            rightSection={<IconChevronRight size={14} className="flip" />}
          >
            {t('foot.older')}
          </ButtonLink>
        ) : null}
      </nav>
    </footer>
  )
}
