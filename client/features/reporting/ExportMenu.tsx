import { Button, Menu } from '@mantine/core'
import {
  IconBraces,
  IconChevronDown,
  IconDatabase,
  IconDownload,
  IconFileSpreadsheet,
  IconFileTypeCsv,
  IconListDetails,
  IconPrinter,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { addressOf } from '#client/api/call.ts'
import { useMay } from '#client/api/session.ts'
import { useFormat } from '#client/ui/format.ts'
import { type ExportFormat, type ExportKind, exportRows } from '#shared/contract/exports.ts'
import { Language } from '#shared/contract/preferences.ts'
import type { Report } from '#shared/contract/reports.ts'

const formats = [
  ['csv', IconFileTypeCsv],
  ['xlsx', IconFileSpreadsheet],
  ['jsonl', IconBraces],
  ['parquet', IconDatabase],
] as const satisfies readonly (readonly [ExportFormat, typeof IconBraces])[]

/** The report in the days and under the filters of the screen, and the decisions that it was counted from. */
export function ExportMenu({ report }: { report: Report }) {
  const { t, i18n } = useTranslation('reports')
  const format = useFormat()
  const mayExport = useMay('export.create')
  const language = Language.safeParse(i18n.resolvedLanguage)
  if (!mayExport) return null
  const { period, filter } = report
  const { clause, source, queue, language: languages, platform } = filter
  const narrowed = (kind: ExportKind) => ({
    ...period,
    ...(queue && { queue }),
    ...(languages && { language: languages }),
    ...(platform && { platform }),
    ...(source && { source }),
    ...(clause && { clause }),
    ...(kind === 'report' && { seq: report.seq, ...(language.success && { fileLanguage: language.data }) }),
  })
  const link = (kind: ExportKind, format: ExportFormat) => ({
    component: 'a' as const,
    href: addressOf(exportRows, { params: { kind, format }, query: narrowed(kind) as never }),
    download: true,
  })
  return (
    <Menu position="bottom-end" width={290}>
      <Menu.Target>
        <Button
          variant="filled"
          leftSection={<IconDownload size={14} aria-hidden />}
          rightSection={<IconChevronDown size={12} aria-hidden />}
        >
          {t('export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('export.figures')}</Menu.Label>
        {formats.map(([format, Glyph]) => (
          <Menu.Item
            key={format}
            {...link('report', format)}
            leftSection={<Glyph size={16} stroke={1.6} aria-hidden />}
            rightSection={<span className="xs t2">{t(`export.${format}.hint`)}</span>}
          >
            {t(`export.${format}`)}
          </Menu.Item>
        ))}
        <Menu.Item {...link('report', 'html')} leftSection={<IconPrinter size={16} stroke={1.6} aria-hidden />}>
          {t('export.html')}
          <div className="xs t2">{t('export.html.hint')}</div>
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>
          {t('export.rows', { count: report.figures.decisions, n: format.number(report.figures.decisions) })}
        </Menu.Label>
        {formats.slice(0, 2).map(([format, Glyph]) => (
          <Menu.Item
            key={format}
            {...link('decisions', format)}
            leftSection={<Glyph size={16} stroke={1.6} aria-hidden />}
          >
            {t(`export.${format}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconListDetails size={16} stroke={1.6} aria-hidden />}
          renderRoot={(props: object) => (
            <Link to="/exports" search={{ kind: 'report', ...period, filter: asWords(filter) }} {...props} />
          )}
        >
          {t('export.more')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('export.logged')}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Without what narrows nothing. */
const asWords = (filter: Report['filter']) => Object.fromEntries(Object.entries(filter).filter(([, values]) => values))
