import { useTranslation } from 'react-i18next'
import { ApiError } from '#client/api/call.ts'

/** Why a form was not saved; what was typed is still there. */
export function SaveFailure({ error }: { error: unknown }) {
  const { t } = useTranslation('delivery')
  const body = error instanceof ApiError && error.status < 500 ? error.body : null
  return (
    <p className="sm bad" role="alert">
      {body ? `${t('form.refused')} ${body.issues?.map((issue) => issue.message).join(' ') ?? ''}` : t('form.failed')}
    </p>
  )
}
