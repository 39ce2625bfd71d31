import { useTranslation } from 'react-i18next'
import { usePageTitle } from '#client/ui/page.tsx'

export function ReviewPage() {
  const { t } = useTranslation('review')
  usePageTitle(t('title'))
  return (
    <div className="page">
      <h1>{t('title')}</h1>
    </div>
  )
}
