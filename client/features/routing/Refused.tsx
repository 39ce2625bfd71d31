import { useTranslation } from 'react-i18next'
import { wordRefusal } from './routing.queries.ts'

/** Why an act was refused; nothing while it was not. */
export function Refused({ error }: { error: unknown }) {
  const { t } = useTranslation('routing')
  if (!error) return null
  return (
    <p className="sm bad" role="alert">
      {wordRefusal(t, error)}
    </p>
  )
}
