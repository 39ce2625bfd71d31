import { useTranslation } from 'react-i18next'
import { usePageTitle } from '#client/ui/page.tsx'

export function AuditPage() {
  const { t } = useTranslation('audit')
  usePageTitle(t('title'))
  return (
    <div className="page">
      <h1>{t('title')}</h1>
    </div>
  )
}
