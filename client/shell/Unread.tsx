import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { inboxCountQuery } from '#client/api/inbox.ts'
import css from './Unread.module.css'

/** As many as a badge has room for. */
const most = 99

/** How much of the inbox is unread. */
export function useUnread(): number {
  return useQuery(inboxCountQuery).data?.value ?? 0
}

/** The figure on the way to the inbox; nothing where all is read. */
export function Unread() {
  const { t } = useTranslation('shell')
  const count = useUnread()
  if (count === 0) return null
  return (
    <span className={css.unread}>
      <span aria-hidden>{count > most ? `${most}+` : count}</span>
      <span className="vh">{t('inbox.unread', { count })}</span>
    </span>
  )
}
