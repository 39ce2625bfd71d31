import { Radio } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useChangePreferences, usePreferences } from '#client/api/preferences.ts'
import { type Locale, locales, pickLocale } from '#client/i18n/locales.ts'
import css from './preferences.module.css'

/** Which language the program speaks to one person. Each is named in its own words, for those who read no other. */
export function LanguageSection() {
  const { t } = useTranslation('preferences')
  const { language } = usePreferences()
  const change = useChangePreferences()
  const ofBrowser = pickLocale(navigator.languages)
  return (
    <section className="panel" aria-labelledby="preferences-language">
      <div className="panelHead">
        <h2 id="preferences-language">{t('language.title')}</h2>
      </div>
      <div className="panelBody">
        <Radio.Group
          aria-labelledby="preferences-language"
          value={language ?? 'browser'}
          onChange={(value) => change.mutate({ language: value === 'browser' ? null : (value as Locale) })}
        >
          <div className={css.choices}>
            <Radio
              value="browser"
              label={
                <>
                  {t('language.browser')} <Name of={ofBrowser} />
                </>
              }
            />
            {(Object.keys(locales) as Locale[]).map((locale) => (
              <Radio
                key={locale}
                value={locale}
                label={<Name of={locale} />}
                description={locales[locale].isChecked ? undefined : t('language.unchecked')}
              />
            ))}
          </div>
        </Radio.Group>
        <p className="xs t3">{t('language.about')}</p>
        {change.isError ? (
          <p className="sm bad" role="alert">
            {t('failed')}
          </p>
        ) : null}
      </div>
    </section>
  )
}

function Name({ of }: { of: Locale }) {
  const { name, dir } = locales[of]
  return (
    <bdi lang={of} dir={dir}>
      {name}
    </bdi>
  )
}
