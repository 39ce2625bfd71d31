import { useTranslation } from 'react-i18next'
import { ApiError } from '#client/api/call.ts'

/** The decision did not arrive, or nobody knows whether it did. Says what was kept and that trying again is safe. */
export function SendFailure({ error }: { error: unknown }) {
  const { t } = useTranslation('review')
  if (!(error instanceof ApiError)) {
    return (
      <p className="sm bad" role="alert">
        {t('failure.offline')}
      </p>
    )
  }
  const { code, issues, requestId } = error.body
  const text =
    code === 'invalid_request' || code === 'forbidden' || code === 'not_found' || code === 'needs_second_person'
      ? t(`failure.${code}`)
      : t('failure.server')
  return (
    <p className="sm bad" role="alert">
      {text} {issues?.map((issue) => issue.message).join(' ')}{' '}
      {requestId ? <span className="mono xs">{requestId}</span> : null}
    </p>
  )
}
