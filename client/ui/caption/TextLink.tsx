import { Button } from '@mantine/core'
import { IconExternalLink, IconLink } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyId } from '../CopyId.tsx'
import { useBox } from '../hanging.tsx'
import css from './caption.module.css'
import type { FoundLink } from './links.ts'

/**
 * An address that somebody wrote: text, with the host that would be asked. The button behind it says where it leads and
 * copies it; opening it takes a second step.
 */
export function TextLink({ link, children }: { link: FoundLink; children: ReactNode }) {
  const { t } = useTranslation('caption')
  const { target, hang } = useBox({ width: 320, position: 'bottom-start' })
  return (
    <span className={css.link}>
      {children}
      {link.punycode ? <bdi className={css.punycode}> ({link.punycode})</bdi> : null}
      <button type="button" className={css.linkButton} aria-label={t('link.to', { host: link.host })} {...target}>
        <IconLink size={12} aria-hidden />
      </button>
      {hang(<Address link={link} />, t('link.to', { host: link.host }))}
    </span>
  )
}

function Address({ link: { href, host } }: { link: FoundLink }) {
  const { t } = useTranslation('caption')
  const [isSure, setSure] = useState(false)
  const mayOpen = /^https?:/.test(href)
  return (
    <div className={css.address}>
      <p className="sm">
        {t('link.leads')} <bdi className="b">{host}</bdi>
      </p>
      <CopyId id={href} />
      {isSure ? (
        <>
          <p className="sm t2">{t('link.warning')}</p>
          <Button
            rightSection={<IconExternalLink size={13} className="flip" aria-hidden />}
            onClick={() => window.open(href, '_blank', 'noopener,noreferrer')}
          >
            {t('link.open', { host })}
          </Button>
        </>
      ) : mayOpen ? (
        <Button onClick={() => setSure(true)}>{t('link.ask')}</Button>
      ) : null}
    </div>
  )
}
