import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { ErrorState } from '#client/ui/states.tsx'

/** A page that could not be loaded or drawn. The rest of the app stays. */
export function FailedPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation('shell')
  const router = useRouter()
  function retry() {
    reset()
    void router.invalidate()
  }
  return (
    <ErrorState title={t('failed.title')} {...errorFacts(error)} kept={t('failed.kept')} onRetry={retry} heading="h1" />
  )
}

/** The same where there is nothing around it. */
export function FailedApp(props: ErrorComponentProps) {
  return (
    <main className="page">
      <FailedPage {...props} />
    </main>
  )
}
