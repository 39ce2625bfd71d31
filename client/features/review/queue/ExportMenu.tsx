import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { addressOf } from '#client/api/call.ts'
import { useMay } from '#client/api/session.ts'
import { ExportKind, exportRows } from '#shared/contract/exports.ts'
import { listQueryOf, type QueueSearch } from '../queue.search.ts'

/** For those who may export: this list, with its filters, as the browser's own download. */
export function ExportMenu({ search }: { search: QueueSearch }) {
  const { t } = useTranslation('queue')
  if (!useMay('export.create')) return null
  return (
    <Menu position="bottom-end" width={260}>
      <Tooltip label={t('export.button')}>
        <Menu.Target>
          <ActionIcon aria-label={t('export.button')}>
            <IconDownload size={15} />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        <Menu.Label>{t('export.title')}</Menu.Label>
        {ExportKind.options.map((kind) => (
          <Menu.Item
            key={kind}
            component="a"
            href={addressOf(exportRows, { params: { kind }, query: listQueryOf(search) })}
            download
          >
            {t(`export.${kind}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('export.defused')}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  )
}
