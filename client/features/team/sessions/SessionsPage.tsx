import { useTranslation } from 'react-i18next'
import { useSession } from '#client/api/session.ts'
import { usePageTitle } from '#client/ui/page.tsx'
import css from '../people/people.module.css'
import { Sessions } from './Sessions.tsx'

/** Where I am signed in. */
export function SessionsPage() {
  const { t } = useTranslation('people')
  const { person } = useSession()
  usePageTitle(t('sessions.yours'))
  return (
    <div className={css.page}>
      <h1>{t('sessions.yours')}</h1>
      <p className="sm t2">{t('sessions.about')}</p>
      <div className={`panel ${css.own}`}>
        <Sessions personId={person.id} isMe isAlone />
      </div>
    </div>
  )
}
