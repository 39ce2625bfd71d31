import { Radio } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useChangePreferences, usePreferences } from '#client/api/preferences.ts'
import type { Preferences } from '#shared/contract/preferences.ts'
import css from './preferences.module.css'

type Choice = NonNullable<Preferences['contrast']> | 'system'

const choices = ['system', 'normal', 'high'] as const satisfies Choice[]

/** How far apart colours stand, in the light scheme as in the dark one. */
export function ContrastSection() {
  const { t } = useTranslation('preferences')
  const { contrast } = usePreferences()
  const change = useChangePreferences()
  return (
    <section className="panel" aria-labelledby="preferences-contrast">
      <div className="panelHead">
        <h2 id="preferences-contrast">{t('contrast.title')}</h2>
      </div>
      <div className="panelBody">
        <Radio.Group
          aria-labelledby="preferences-contrast"
          value={contrast ?? 'system'}
          onChange={(value) => change.mutate({ contrast: value === 'system' ? null : (value as 'normal' | 'high') })}
        >
          <div className={css.choices}>
            {choices.map((choice) => (
              <Radio key={choice} value={choice} label={t(`contrast.${choice}`)} />
            ))}
          </div>
        </Radio.Group>
        <p className="xs t3">{t('contrast.about')}</p>
        {change.isError ? (
          <p className="sm bad" role="alert">
            {t('failed')}
          </p>
        ) : null}
      </div>
    </section>
  )
}
