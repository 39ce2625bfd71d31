import { useTranslation } from 'react-i18next'
import { useMay } from '#client/api/session.ts'
import { usePageTitle } from '#client/ui/page.tsx'
import { ContrastSection } from './ContrastSection.tsx'
import { KeysSection } from './KeysSection.tsx'
import { LanguageSection } from './LanguageSection.tsx'
import css from './preferences.module.css'
import { TimeZoneSection } from './TimeZoneSection.tsx'

/** What one person chooses for themselves, a section for each matter. */
export function PreferencesPage() {
  const { t } = useTranslation('preferences')
  usePageTitle(t('title'))
  return (
    <div className={css.page}>
      <h1>{t('title')}</h1>
      <p className="sm t2">{t('about')}</p>
      <LanguageSection />
      <ContrastSection />
      <KeysSection />
      {useMay('organisation.manage') ? <TimeZoneSection /> : null}
    </div>
  )
}
