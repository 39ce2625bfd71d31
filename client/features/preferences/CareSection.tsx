import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useChangePreferences, useOrganisation, usePreferences } from '#client/api/preferences.ts'
import type { OwnCare } from '#shared/domain/exposure.ts'
import { FigureChoice, itemFigures, minuteFigures, revealFigures } from './FigureChoice.tsx'
import css from './preferences.module.css'

/** How much of a day somebody wants to see, and when to be told to rest. */
export function CareSection() {
  const { t } = useTranslation('preferences')
  const { care: own } = usePreferences()
  const { care: house } = useOrganisation()
  const change = useChangePreferences()
  const put = (part: Partial<OwnCare>) => change.mutate({ care: { ...own, ...part } })
  const reveals = (count: number) => t('care.originals', { count })
  const minutes = (count: number) => t('care.minutes', { count })
  const items = (count: number) => t('care.items', { count })
  const asHouse = (figure: number | null, name: (count: number) => string) =>
    figure === null ? t('care.house.none') : t('care.house', { figure: name(figure) })
  const most = house.dailyReveals

  return (
    <section className="panel" aria-labelledby="preferences-care">
      <div className="panelHead">
        <h2 id="preferences-care">{t('care.title')}</h2>
      </div>
      <div className="panelBody col" style={{ gap: 12 }}>
        <p className="sm t2">{t(house.isCounted ? 'care.about' : 'care.off')}</p>
        <div className={css.kinds}>
          <FigureChoice
            label={t('care.daily')}
            value={own.dailyReveals}
            none={asHouse(most, reveals)}
            figures={revealFigures.filter((figure) => most === null || figure < most)}
            nameOf={reveals}
            onChange={(dailyReveals) => put({ dailyReveals })}
          />
          <FigureChoice
            label={t('care.breakMinutes')}
            value={own.breakMinutes}
            none={asHouse(house.breakMinutes, minutes)}
            figures={minuteFigures}
            nameOf={minutes}
            onChange={(breakMinutes) => put({ breakMinutes })}
          />
          <FigureChoice
            label={t('care.breakItems')}
            value={own.breakItems}
            none={asHouse(house.breakItems, items)}
            figures={itemFigures}
            nameOf={items}
            onChange={(breakItems) => put({ breakItems })}
          />
        </div>
        <Checkbox
          label={t('care.prompted')}
          checked={own.isPrompted}
          onChange={(event) => put({ isPrompted: event.currentTarget.checked })}
        />
        {change.isError ? (
          <p className="sm bad" role="alert">
            {t('failed')}
          </p>
        ) : null}
      </div>
    </section>
  )
}
