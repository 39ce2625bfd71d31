import { useTranslation } from 'react-i18next'
import { wordRefusal } from './act.ts'

/** Why an act failed, beside what it was to change. */
export function Refusal({ error }: { error: unknown }) {
  const { t } = useTranslation('people')
  return error ? (
    <p className="sm bad" role="alert">
      {wordRefusal(t, error)}
    </p>
  ) : null
}
