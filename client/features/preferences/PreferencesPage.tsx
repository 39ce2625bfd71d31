import { useTranslation } from 'react-i18next'
import { usePageTitle } from '#client/ui/page.tsx'
import { KeysSection } from './KeysSection.tsx'
import css from './preferences.module.css'

/** What one person chooses for themselves, a section for each matter. */
export function PreferencesPage() {
  const { t } = useTranslation('preferences')
  usePageTitle(t('title'))
  return (
    <div className={css.page}>
      <h1>{t('title')}</h1>
      <p className="sm t2">{t('about')}</p>
      <KeysSection />
    </div>
  )
}
