import { useTranslation } from 'react-i18next'
import { usePageTitle } from '#client/ui/page.tsx'

export function PoliciesPage() {
  const { t } = useTranslation('policies')
  usePageTitle(t('title'))
  return (
    <div className="page">
      <h1>{t('title')}</h1>
    </div>
  )
}
