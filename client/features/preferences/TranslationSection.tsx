import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useChangeOrganisation, useOrganisation } from '#client/api/preferences.ts'

/** Whether captions leave the house for the translator without a person asking, each time. */
export function TranslationSection() {
  const { t } = useTranslation('preferences')
  const { translatesOnOpen } = useOrganisation()
  const change = useChangeOrganisation()
  return (
    <section className="panel" aria-labelledby="preferences-translation">
      <div className="panelHead">
        <h2 id="preferences-translation">{t('translation.title')}</h2>
        <span className="xs t3">{t('zone.forAll')}</span>
      </div>
      <div className="panelBody">
        <Checkbox
          label={t('translation.onOpen')}
          checked={translatesOnOpen}
          onChange={(event) => change.mutate({ translatesOnOpen: event.currentTarget.checked })}
        />
        <p className="xs t3">{t('translation.about')}</p>
        {change.isError ? (
          <p className="sm bad" role="alert">
            {t('failed')}
          </p>
        ) : null}
      </div>
    </section>
  )
}
