import { IconDots } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entry } from './entries.ts'
import css from './TabBar.module.css'
import { Unread } from './Unread.tsx'

/** As many as a thumb finds; the rest are one press away. */
const mostTabs = 4

type Props = { shown: readonly Entry[]; current: Entry | undefined }

/** The rail of a phone. */
export function TabBar({ shown, current }: Props) {
  const { t } = useTranslation('shell')
  const fits = shown.length <= mostTabs + 1
  const tabs = fits ? shown : shown.slice(0, mostTabs)
  return (
    <nav className={css.tabs} aria-label={t('nav.main')}>
      {tabs.map((entry) => (
        <Tab key={entry.name} entry={entry} isCurrent={entry === current} />
      ))}
      {fits ? null : <More shown={shown.slice(mostTabs)} current={current} />}
    </nav>
  )
}

/** A popover of the browser's own: it closes with Escape and with a press beside it. */
function More({ shown, current }: Props) {
  const { t } = useTranslation('shell')
  const id = useId()
  const sheet = useRef<HTMLDivElement>(null)
  const hasCurrent = current !== undefined && shown.includes(current)
  return (
    <>
      <button type="button" popoverTarget={id} data-current={hasCurrent || undefined}>
        <IconDots size={19} stroke={1.6} aria-hidden />
        {t('nav.more')}
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the links in it act; whichever is followed, the sheet closes */}
      <div ref={sheet} id={id} popover="auto" className={css.more} onClick={() => sheet.current?.hidePopover()}>
        {shown.map((entry) => (
          <Tab key={entry.name} entry={entry} isCurrent={entry === current} />
        ))}
      </div>
    </>
  )
}

function Tab({ entry, isCurrent }: { entry: Entry; isCurrent: boolean }) {
  const { t } = useTranslation('shell')
  return (
    <Link {...entry.link} aria-current={isCurrent ? 'page' : undefined} data-tab>
      <entry.icon size={19} stroke={1.6} aria-hidden />
      {t(`nav.${entry.name}`)}
      {entry.name === 'inbox' ? <Unread /> : null}
    </Link>
  )
}
