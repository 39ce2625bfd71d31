import { useTranslation } from 'react-i18next'
import { useMay } from '#client/api/session.ts'
import { usePageTitle } from '#client/ui/page.tsx'
import { AppealSection } from './AppealSection.tsx'
import { CareSection } from './CareSection.tsx'
import { ContrastSection } from './ContrastSection.tsx'
import { HouseCareSection } from './HouseCareSection.tsx'
import { KeysSection } from './KeysSection.tsx'
import { LadderSection } from './LadderSection.tsx'
import { LanguageSection } from './LanguageSection.tsx'
import { OptOutSection } from './OptOutSection.tsx'
import { PicturesSection } from './PicturesSection.tsx'
import css from './preferences.module.css'
import { SevereSection } from './SevereSection.tsx'
import { TimeZoneSection } from './TimeZoneSection.tsx'
import { TranslationSection } from './TranslationSection.tsx'

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
      <PicturesSection />
      {useMay('media.reveal') ? <CareSection /> : null}
      {useMay('review.decide') ? <OptOutSection /> : null}
      <KeysSection />
      {useMay('organisation.manage') ? <TimeZoneSection /> : null}
      {useMay('organisation.manage') ? <HouseCareSection /> : null}
      {useMay('organisation.manage') ? <TranslationSection /> : null}
      {useMay('organisation.manage') ? <SevereSection /> : null}
      {useMay('organisation.manage') ? <AppealSection /> : null}
      {useMay('ladder.manage') ? <LadderSection /> : null}
    </div>
  )
}
