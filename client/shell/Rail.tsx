import { IconKeyboard, IconLayoutSidebar } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyAction } from '#client/keys.ts'
import { useHint } from '#client/ui/hanging.tsx'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { Logo } from '#client/ui/Logo.tsx'
import { type Entry, groups } from './entries.ts'
import css from './Rail.module.css'
import { Unread, useUnread } from './Unread.tsx'

type Props = {
  shown: readonly Entry[]
  current: Entry | undefined
  isWide: boolean
  onWide: (isWide: boolean) => void
  onKeys: () => void
}

export function Rail({ shown, current, isWide, onWide, onKeys }: Props) {
  const { t } = useTranslation('shell')
  return (
    <nav className={css.rail} data-slim={!isWide || undefined} aria-label={t('nav.main')}>
      <Link className={css.brand} to="/queue" aria-label={t('home')}>
        <Logo />
        <span className={css.word}>Docket</span>
      </Link>
      {(['work', 'oversight'] as const).map((group) => (
        <Group
          key={group}
          name={t(`nav.${group}`)}
          entries={shown.filter((entry) => isIn(group, entry))}
          {...{ current, isWide }}
        />
      ))}
      <div className={css.foot}>
        <FootButton action="sheet" name={t('nav.help')} isWide={isWide} onClick={onKeys}>
          <IconKeyboard size={17} stroke={1.7} aria-hidden />
        </FootButton>
        <FootButton
          action="rail"
          name={t(isWide ? 'nav.collapse' : 'nav.expand')}
          isWide={isWide}
          aria-expanded={isWide}
          onClick={() => onWide(!isWide)}
        >
          <IconLayoutSidebar size={17} stroke={1.7} className="flip" aria-hidden />
        </FootButton>
      </div>
    </nav>
  )
}

type FootProps = ComponentProps<'button'> & { action: KeyAction; name: string; isWide: boolean }

function FootButton({ action, name, isWide, children, ...button }: FootProps) {
  const { over, hint } = useHint(name, { position: 'right' })
  return (
    <>
      <button type="button" className={css.item} aria-label={name} {...button} {...over}>
        {children}
        <span className={css.word}>{name}</span>
        <span className={css.caps}>
          <KeyCap action={action} />
        </span>
      </button>
      {isWide ? null : hint}
    </>
  )
}

function isIn(group: keyof typeof groups, entry: Entry) {
  return (groups[group] as readonly string[]).includes(entry.name)
}

type GroupProps = { name: string; entries: readonly Entry[]; current: Entry | undefined; isWide: boolean }

function Group({ name, entries, current, isWide }: GroupProps) {
  if (entries.length === 0) return null
  return (
    <>
      <div className={css.group} aria-hidden>
        {name}
      </div>
      <ul className={css.list} aria-label={name}>
        {entries.map((entry) => (
          <li key={entry.name}>
            <Item entry={entry} isCurrent={entry === current} isWide={isWide} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Item({ entry, isCurrent, isWide }: { entry: Entry; isCurrent: boolean; isWide: boolean }) {
  const { t } = useTranslation('shell')
  const unread = useUnread()
  const name = t(`nav.${entry.name}`)
  const { over, hint } = useHint(
    <span className="row6">
      {name} <KeyCap action={entry.key} />
    </span>,
    { position: 'right' },
  )
  return (
    <>
      <Link
        className={css.item}
        {...entry.link}
        aria-current={isCurrent ? 'page' : undefined}
        aria-label={entry.name === 'inbox' && unread > 0 ? t('inbox.nameUnread', { name, count: unread }) : name}
        {...over}
      >
        <entry.icon size={17} stroke={1.7} aria-hidden />
        <span className={css.word}>{name}</span>
        {entry.name === 'inbox' ? <Unread /> : null}
      </Link>
      {isWide ? null : hint}
    </>
  )
}
