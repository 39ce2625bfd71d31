import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useChangeOrganisation, useOrganisation } from '#client/api/preferences.ts'
import { AccountMeasure, PostMeasure } from '#shared/domain/outcomes.ts'
import css from './preferences.module.css'

const measures = [...PostMeasure.options, ...AccountMeasure.options]

/** Which measures nobody takes alone. */
export function SevereSection() {
  const { t } = useTranslation('judging')
  const { t: preferences } = useTranslation('preferences')
  const { severeMeasures } = useOrganisation()
  const change = useChangeOrganisation()
  return (
    <section className="panel" aria-labelledby="preferences-severe">
      <div className="panelHead">
        <h2 id="preferences-severe">{t('severe.title')}</h2>
        <span className="xs t3">{preferences('zone.forAll')}</span>
      </div>
      <div className="panelBody col" style={{ gap: 10 }}>
        <Checkbox.Group
          label={t('severe.about')}
          value={[...severeMeasures]}
          onChange={(value) => change.mutate({ severeMeasures: measures.filter((each) => value.includes(each)) })}
        >
          <div className={css.choices}>
            {measures.map((measure) => (
              <Checkbox key={measure} value={measure} label={t(`measure.${measure}`)} />
            ))}
          </div>
        </Checkbox.Group>
        {change.isError ? (
          <p className="sm bad" role="alert">
            {t('failed')}
          </p>
        ) : null}
      </div>
    </section>
  )
}
