import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { Caption } from '#client/ui/Caption.tsx'
import { PlatformTag } from '#client/ui/tags.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { previewImport } from '#shared/contract/imports.ts'
import css from '../intake.module.css'

type Row = z.output<typeof previewImport.reply>['rows'][number]

/** The beginning of a file as it is understood: what is refused says why. */
export function FirstRows({ rows }: { rows: readonly Row[] }) {
  const { t } = useTranslation('intake')
  return (
    <div className={css.rows}>
      <table className="dt" aria-label={t('import.rows')}>
        <thead>
          <tr>
            <th scope="col" className="end">
              {t('import.row.line')}
            </th>
            <th scope="col">{t('import.row.account')}</th>
            <th scope="col">{t('import.row.caption')}</th>
            <th scope="col">{t('import.row.reason')}</th>
            <th scope="col">{t('import.row.at')}</th>
            <th scope="col" className="end">
              {t('import.row.media')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.line}>
              <td className="end num">{row.line}</td>
              <Understood row={row} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Understood({ row: { flag, refusal } }: { row: Row }) {
  const { t } = useTranslation('intake')
  if (!flag) {
    const reasons = refusal?.issues.map(({ path, message }) => (path ? `${path}: ${message}` : message)) ?? []
    return (
      <td colSpan={5} className="bad">
        {reasons.length > 0 ? reasons.join(' ') : refusal?.message}
      </td>
    )
  }
  return (
    <>
      <td>
        <span className="row6">
          <PlatformTag platform={flag.platform} /> <bdi className="cut">{flag.handle}</bdi>
        </span>
      </td>
      <td>
        {flag.caption ? (
          <Caption text={flag.caption} lang={null} isLine />
        ) : (
          <span className="t3">{t('import.noCaption')}</span>
        )}
      </td>
      <td className="mono">{flag.reason}</td>
      <td>
        <DateTime at={flag.flaggedAt} form="short" />
      </td>
      <td className="end num">{flag.mediaCount}</td>
    </>
  )
}
