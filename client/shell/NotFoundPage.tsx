import { IconCompass } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '#client/ui/links.tsx'
import { EmptyState } from '#client/ui/states.tsx'

export function NotFoundPage() {
  const { t } = useTranslation('ui')
  return (
    <main className="page">
      <EmptyState
        heading="h1"
        icon={IconCompass}
        title={t('notFound.title')}
        action={<ButtonLink to="/queue">{t('notFound.action')}</ButtonLink>}
      >
        {t('notFound.text')}
      </EmptyState>
    </main>
  )
}
