import { IconDots, IconKeyboard, IconLayoutSidebar } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ComponentProps, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyAction } from '#client/keys.ts'
import { useHint } from '#client/ui/hanging.tsx'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { Logo } from '#client/ui/Logo.tsx'
import { type Entry, groups } from './entries.ts'
import css from './Rail.module.css'
import { Unread, useUnread } from './Unread.tsx'

/** As many as a low screen holds. */
const mostEntries = 14

type Props = {
  shown: readonly Entry[]
  current: Entry | undefined
  isWide: boolean
  onWide: (isWide: boolean) => void
  onKeys: () => void
}

export function Rail({ shown, current, isWide, onWide, onKeys }: Props) {
  const { t } = useTranslation('shell')
  const isFolded = shown.length > mostEntries
  const [work, oversight, more] = (['work', 'oversight', 'more'] as const).map((group) =>
    groups[group].flatMap((name) => shown.find((entry) => entry.name === name) ?? []),
  ) as [Entry[], Entry[], Entry[]]
  // Where one is stands in the rail.
  const inSight = isFolded ? more.filter((entry) => entry === current) : more
  return (
    <nav className={css.rail} data-slim={!isWide || undefined} aria-label={t('nav.main')}>
      <Link className={css.brand} to="/queue" aria-label={t('home')}>
        <Logo />
        <span className={css.word}>Docket</span>
      </Link>
      <Group name={t('nav.work')} entries={work} {...{ current, isWide }} />
      <Group name={t('nav.oversight')} entries={[...oversight, ...inSight]} {...{ current, isWide }} />
      {isFolded ? <More entries={more} {...{ current, isWide }} /> : null}
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

type MoreProps = { entries: readonly Entry[]; current: Entry | undefined; isWide: boolean }

/** A popover of the browser's own: it closes with Escape and with a press beside it. */
function More({ entries, current, isWide }: MoreProps) {
  const { t } = useTranslation('shell')
  const id = useId()
  const sheet = useRef<HTMLDivElement>(null)
  const { over, hint } = useHint(t('nav.more'), { position: 'right' })
  return (
    <>
      <button type="button" className={css.item} popoverTarget={id} aria-label={t('nav.more')} {...over}>
        <IconDots size={17} stroke={1.7} aria-hidden />
        <span className={css.word}>{t('nav.more')}</span>
      </button>
      {isWide ? null : hint}
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the links in it act; whichever is followed, the sheet closes */}
      <div
        ref={sheet}
        id={id}
        popover="auto"
        className={css.more}
        data-slim={!isWide || undefined}
        onClick={() => sheet.current?.hidePopover?.()}
      >
        <ul className={css.list} aria-label={t('nav.more')}>
          {entries.map((entry) => (
            <li key={entry.name}>
              <Item entry={entry} isCurrent={entry === current} isWide />
            </li>
          ))}
        </ul>
      </div>
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
        <span className={css.caps} data-in-more>
          <KeyCap action={entry.key} />
        </span>
      </Link>
      {isWide ? null : hint}
    </>
  )
}
