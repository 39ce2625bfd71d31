import { ActionIcon } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from './announce.tsx'

/** An id or a hash in full, or what is shown in its place, with a button that copies the whole of it. */
export function CopyId({ id, shown = id }: { id: string; shown?: string }) {
  const { t } = useTranslation('ui')
  const [isCopied, setCopied] = useState(false)
  async function copy() {
    await navigator.clipboard.writeText(id)
    setCopied(true)
    announce(t('id.copied'))
    setTimeout(() => setCopied(false), 1_500)
  }
  return (
    <span className="row4">
      <bdi className="mono cut" title={id}>
        {shown}
      </bdi>
      <ActionIcon size={24} aria-label={t('id.copy')} onClick={copy}>
        {isCopied ? <IconCheck size={13} className="ok" /> : <IconCopy size={13} />}
      </ActionIcon>
    </span>
  )
}
