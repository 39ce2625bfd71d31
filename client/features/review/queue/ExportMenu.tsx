import { ActionIcon } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { lazy } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '#client/api/session.ts'
import { useMenu } from '#client/ui/hanging.tsx'
import type { QueueSearch } from '../queue.search.ts'

const load = () => import('./menus.tsx')
const ExportChoice = lazy(async () => ({ default: (await load()).ExportChoice }))

/** For those who may export: this list, with its filters, as the browser's own download. */
export function ExportMenu({ search }: { search: QueueSearch }) {
  const { t } = useTranslation('queue')
  const { target, hang } = useMenu({ position: 'bottom-end', width: 260, warm: load })
  if (!useMay('export.create')) return null
  return (
    <>
      <ActionIcon aria-label={t('export.button')} title={t('export.button')} {...target}>
        <IconDownload size={15} />
      </ActionIcon>
      {hang(<ExportChoice search={search} />)}
    </>
  )
}
