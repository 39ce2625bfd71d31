import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useChangeOrganisation, useOrganisation } from '#client/api/preferences.ts'
import type { HouseCare } from '#shared/domain/exposure.ts'
import { FigureChoice, itemFigures, minuteFigures, revealFigures } from './FigureChoice.tsx'
import { LookChoice, LookSample } from './LookChoice.tsx'
import { lookOrNone, treatmentFrom, useKinds, withKind } from './looks.ts'
import css from './preferences.module.css'

const keptDays = [7, 30, 90, 180, 365] as const

/** What holds for whoever chose nothing: redaction, budget, breaks, and what is counted at all. */
export function HouseCareSection() {
  const { t } = useTranslation('preferences')
  const { redaction, care } = useOrganisation()
  const change = useChangeOrganisation()
  const kinds = useKinds()
  const put = (part: Partial<HouseCare>) => change.mutate({ care: { ...care, ...part } })
  const { heavyKinds } = care

  return (
    <section className="panel" aria-labelledby="preferences-house-care">
      <div className="panelHead">
        <h2 id="preferences-house-care">{t('house.title')}</h2>
        <span className="xs t3">{t('zone.forAll')}</span>
      </div>
      <div className="panelBody col" style={{ gap: 12 }}>
        <div className={css.pictures}>
          <div className="col" style={{ gap: 10 }}>
            <LookChoice
              label={t('pictures.general')}
              value={lookOrNone(redaction.general)}
              onChange={(look) => look && change.mutate({ redaction: { ...redaction, general: treatmentFrom(look) } })}
            />
            <p className="sm t2">{t('house.pictures')}</p>
          </div>
          <LookSample treatment={redaction.general} />
        </div>
        <h3 className={css.group}>{t('pictures.byKind')}</h3>
        <div className={css.kinds}>
          {kinds.map(({ code, name }) => (
            <LookChoice
              key={code}
              label={name}
              value={lookOrNone(redaction.byKind[code])}
              otherwise={{ words: 'everything', treatment: redaction.general }}
              onChange={(look) =>
                change.mutate({ redaction: { ...redaction, byKind: withKind(redaction.byKind, code, look) } })
              }
            />
          ))}
        </div>
        <h3 className={css.group}>{t('care.title')}</h3>
        <Checkbox
          label={t('house.counted')}
          description={t('house.countedWhy')}
          checked={care.isCounted}
          onChange={(event) => put({ isCounted: event.currentTarget.checked })}
        />
        <div className={css.kinds}>
          <FigureChoice
            label={t('care.daily')}
            value={care.dailyReveals}
            none={t('house.noBudget')}
            figures={revealFigures}
            nameOf={(count) => t('care.originals', { count })}
            onChange={(dailyReveals) => put({ dailyReveals })}
          />
          <FigureChoice
            label={t('house.kept')}
            value={care.keepDays === 3_650 ? null : care.keepDays}
            none={t('house.keptLong')}
            figures={keptDays}
            nameOf={(count) => t('house.days', { count })}
            onChange={(keepDays) => put({ keepDays: keepDays ?? 3_650 })}
          />
          <FigureChoice
            label={t('care.breakMinutes')}
            value={care.breakMinutes}
            none={t('house.noBreak')}
            figures={minuteFigures}
            nameOf={(count) => t('care.minutes', { count })}
            onChange={(breakMinutes) => put({ breakMinutes })}
          />
          <FigureChoice
            label={t('care.breakItems')}
            value={care.breakItems}
            none={t('house.noBreak')}
            figures={itemFigures}
            nameOf={(count) => t('care.items', { count })}
            onChange={(breakItems) => put({ breakItems })}
          />
        </div>
        <Checkbox.Group label={t('house.heavy')} value={heavyKinds} onChange={(value) => put({ heavyKinds: value })}>
          <div className={css.choices}>
            {kinds.map(({ code, name }) => (
              <Checkbox key={code} value={code} label={name} />
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
