import { Tooltip } from '@mantine/core'
import { IconKeyboard, IconLayoutSidebar } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { Logo } from '#client/ui/Logo.tsx'
import { type Entry, groups } from './entries.ts'
import css from './Rail.module.css'

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
        <Tooltip label={t('nav.help')} position="right" disabled={isWide}>
          <button type="button" className={css.item} aria-label={t('nav.help')} onClick={onKeys}>
            <IconKeyboard size={17} stroke={1.7} aria-hidden />
            <span className={css.word}>{t('nav.help')}</span>
            <span className={css.caps}>
              <KeyCap action="sheet" />
            </span>
          </button>
        </Tooltip>
        <Tooltip label={t('nav.expand')} position="right" disabled={isWide}>
          <button
            type="button"
            className={css.item}
            aria-expanded={isWide}
            aria-label={t(isWide ? 'nav.collapse' : 'nav.expand')}
            onClick={() => onWide(!isWide)}
          >
            <IconLayoutSidebar size={17} stroke={1.7} className="flip" aria-hidden />
            <span className={css.word}>{t('nav.collapse')}</span>
            <span className={css.caps}>
              <KeyCap action="rail" />
            </span>
          </button>
        </Tooltip>
      </div>
    </nav>
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
  const name = t(`nav.${entry.name}`)
  const hint = (
    <span className="row6">
      {name} <KeyCap action={entry.key} />
    </span>
  )
  return (
    <Tooltip label={hint} position="right" disabled={isWide}>
      <Link className={css.item} {...entry.link} aria-current={isCurrent ? 'page' : undefined} aria-label={name}>
        <entry.icon size={17} stroke={1.7} aria-hidden />
        <span className={css.word}>{name}</span>
      </Link>
    </Tooltip>
  )
}
