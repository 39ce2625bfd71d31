import { Radio } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChangePreferences, useOrganisation, usePreferences } from '#client/api/preferences.ts'
import { type Treatment, treatmentOf } from '#shared/domain/redaction.ts'
import { LookChoice, LookSample } from './LookChoice.tsx'
import { lookOrNone, treatmentFrom, useKinds, withKind } from './looks.ts'
import css from './preferences.module.css'

/** How far pictures are redacted for the person, by kind of harm where they wish, and how originals are revealed. */
export function PicturesSection() {
  const { t } = useTranslation('preferences')
  const { redaction: own, revealBy } = usePreferences()
  const { redaction: house } = useOrganisation()
  const change = useChangePreferences()
  const kinds = useKinds()
  const general = treatmentOf({ own, house }, null)
  const [shown, setShown] = useState<Treatment | null>(null)

  return (
    <section className="panel" aria-labelledby="preferences-pictures">
      <div className="panelHead">
        <h2 id="preferences-pictures">{t('pictures.title')}</h2>
      </div>
      <div className="panelBody col" style={{ gap: 12 }}>
        <div className={css.pictures}>
          <div className="col" style={{ gap: 10 }}>
            <p className="sm t2">{t('pictures.about')}</p>
            <LookChoice
              label={t('pictures.general')}
              value={lookOrNone(own.general)}
              otherwise={{ words: 'house', treatment: house.general }}
              onChange={(look) => {
                const chosen = look === '' ? null : treatmentFrom(look)
                setShown(chosen ?? house.general)
                change.mutate({ redaction: { ...own, general: chosen } })
              }}
            />
            <p className="sm t2">{t('pictures.evidence')}</p>
          </div>
          <LookSample treatment={shown ?? general} />
        </div>
        <h3 className={css.group}>{t('pictures.byKind')}</h3>
        <div className={css.kinds}>
          {kinds.map(({ code, name }) => {
            const houses = house.byKind[code]
            return (
              <LookChoice
                key={code}
                label={name}
                value={lookOrNone(own.byKind[code])}
                otherwise={{ words: houses ? 'house' : 'everything', treatment: houses ?? general }}
                onChange={(look) => {
                  setShown(look === '' ? (houses ?? general) : treatmentFrom(look))
                  change.mutate({ redaction: { ...own, byKind: withKind(own.byKind, code, look) } })
                }}
              />
            )
          })}
        </div>
        <Radio.Group
          label={t('reveal.title')}
          description={t('reveal.about')}
          value={revealBy}
          onChange={(value) => change.mutate({ revealBy: value as typeof revealBy })}
        >
          <div className={css.choices}>
            <Radio value="hold" label={t('reveal.hold')} />
            <Radio value="press" label={t('reveal.press')} />
          </div>
        </Radio.Group>
        {change.isError ? (
          <p className="sm bad" role="alert">
            {t('failed')}
          </p>
        ) : null}
      </div>
    </section>
  )
}
