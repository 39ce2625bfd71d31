import { IconHistory } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '#client/ui/links.tsx'
import { EmptyState } from '#client/ui/states.tsx'

export function NothingFits({ isFiltered }: { isFiltered: boolean }) {
  const { t } = useTranslation('audit')
  if (!isFiltered) {
    return (
      <EmptyState icon={IconHistory} title={t('none.title')}>
        {t('none.text')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={IconHistory}
      title={t('empty.title')}
      action={<ButtonLink to="/audit">{t('empty.action')}</ButtonLink>}
    >
      {t('empty.text')}
    </EmptyState>
  )
}
