import { useTranslation } from 'react-i18next'
import { ApiError, errorCode } from '#client/api/call.ts'

const known = ['version_changed', 'draft_closed', 'own_work'] as const

/** Why an act on a draft was refused. What stands in the draft by now is read again. */
export function Failure({ error }: { error: unknown }) {
  const { t } = useTranslation('drafts')
  if (!error) return null
  const code = known.find((each) => each === errorCode(error))
  const path = error instanceof ApiError ? error.body?.issues?.[0]?.path : undefined
  return (
    <p className="sm bad" role="alert">
      {code ? t(`side.failed.${code}`) : path ? t('side.failed.invalid', { path }) : t('side.failed.other')}
    </p>
  )
}
