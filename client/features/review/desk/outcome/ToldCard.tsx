import { useTranslation } from 'react-i18next'
import { MeasureBadge, OutcomeBadge } from '#client/ui/OutcomeBadge.tsx'
import type { Policies } from '../decision/decision-draft.ts'
import type { Told } from './told.ts'

type Props = { title: string; told: Told; policies: Policies }

/** Longer texts are cut: the whole stands in the record. */
const quoted = 120

/** One side of a comparison. */
export function ToldCard({ title, told, policies }: Props) {
  const { t } = useTranslation('review')
  const clause = told.clause ? policies.get(told.clause.id) : undefined
  const exemption = told.exemption ? policies.get(told.exemption) : undefined
  const rationale = told.rationale.trim()
  return (
    <div>
      <span className="xs t3">{title}</span>
      <OutcomeBadge outcome={told.outcome} postMeasure={told.post} bare />
      {told.clause ? (
        <span>
          <b className="b num">{clause?.code ?? told.clause.id}</b> {clause?.shortName}, v{told.clause.version}
        </span>
      ) : null}
      {exemption ? <span>{exemption.shortName}</span> : null}
      {told.account ? (
        <span className="row4">
          {t('decide.account')}: <MeasureBadge measure={told.account} bare />
        </span>
      ) : null}
      {rationale ? (
        <q className="t2" dir="auto">
          {rationale.length > quoted ? `${rationale.slice(0, quoted)}…` : rationale}
        </q>
      ) : null}
    </div>
  )
}
