import { Modal } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { Kbd, KeyCap } from '#client/ui/Kbd.tsx'
import type { Entry } from '../entries.ts'
import { type Command, matching } from './commands.ts'
import css from './palette.module.css'
import { useCommands } from './use-commands.tsx'

/** Search and commands: one field for whatever somebody has in hand, and one list of what it may mean. */
export function Palette({ shown, onClose }: { shown: readonly Entry[]; onClose: () => void }) {
  const { t } = useTranslation('palette')
  const [text, setText] = useState('')
  // Nothing is picked before somebody types or moves: a stroke too many does nothing.
  const [at, setAt] = useState(-1)
  const id = useId()
  const { commands, found } = useCommands(text, shown)
  const groups = matching(commands, text)
  const items = groups.flatMap((group) => group.items)
  const active = Math.min(at, items.length - 1)
  const list = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another one is active
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [active, text])

  /** Struck before it was known what the text stands for: goes there once it is. */
  const [isWaiting, setWaiting] = useState(false)
  const goOn = useEffectEvent(() => pick(items[0]))
  useEffect(() => {
    if (isWaiting && !found.isLooking) goOn()
  }, [isWaiting, found.isLooking])

  /** The screen below has its keys and its focus back before anything is done to it. */
  function pick(command: Command | undefined) {
    if (!command) return
    flushSync(onClose)
    command.run()
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    const moves: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: Math.max(active, 0) - 1,
      Home: 0,
      End: items.length - 1,
      PageDown: Math.min(active + 8, items.length - 1),
      PageUp: Math.max(active - 8, 0),
    }
    const isInText = (event.key === 'Home' || event.key === 'End') && text !== ''
    const next = moves[event.key]
    if (next !== undefined && !isInText && items.length > 0) {
      event.preventDefault()
      setAt((next + items.length) % items.length)
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      if (found.isLooking && items[active]?.group === 'search') setWaiting(true)
      else pick(items[active])
    }
    if ((event.metaKey || event.ctrlKey) && event.code === 'KeyK') {
      event.preventDefault()
      onClose()
    }
  }

  return (
    <Modal
      opened
      onClose={onClose}
      size={620}
      yOffset="min(96px, 12dvh)"
      padding={0}
      withCloseButton={false}
      transitionProps={{ duration: 0 }}
      classNames={{ inner: css.inner ?? '', body: css.body ?? '', content: css.content ?? '' }}
      attributes={{ content: { 'aria-label': t('title') } }}
    >
      <input
        className={css.field}
        type="text"
        role="combobox"
        aria-label={t('field')}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
        placeholder={t('field')}
        dir="auto"
        autoComplete="off"
        spellCheck={false}
        maxLength={2_000}
        data-autofocus
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setWaiting(false)
          setAt(event.currentTarget.value.trim() ? 0 : -1)
        }}
        onKeyDown={onKeyDown}
      />
      <div className={css.list} role="listbox" id={`${id}-list`} aria-label={t('results')} ref={list}>
        {groups.map(({ group, items: inGroup }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options in a list
          <div key={group} role="group" aria-labelledby={`${id}-${group}`}>
            <div className={css.group} id={`${id}-${group}`}>
              {t(`group.${group}`)}
            </div>
            {inGroup.map((command) => {
              const index = items.indexOf(command)
              return (
                <Option
                  key={command.id}
                  id={`${id}-${index}`}
                  command={command}
                  isActive={index === active}
                  onPick={() => pick(command)}
                  onPoint={() => setAt(index)}
                />
              )
            })}
          </div>
        ))}
      </div>
      {items.length === 0 ? <p className={css.nothing}>{t(found.isLooking ? 'looking' : 'nothing')}</p> : null}
      {found.isError ? (
        <p className={`${css.nothing} bad`} role="alert">
          {t('failed')}
        </p>
      ) : null}
      <p className="vh" role="status">
        {found.isLooking ? '' : t('count', { count: items.length })}
      </p>
      <div className={css.foot} aria-hidden>
        <span>
          <Kbd>↑</Kbd> <Kbd>↓</Kbd> {t('foot.move')}
        </span>
        <span>
          <Kbd>↵</Kbd> {t('foot.open')}
        </span>
        <span>
          <IconArrowRight size={13} className="flip" /> {t('foot.paste')}
        </span>
      </div>
    </Modal>
  )
}

type OptionProps = { id: string; command: Command; isActive: boolean; onPick: () => void; onPoint: () => void }

function Option({ id, command, isActive, onPick, onPoint }: OptionProps) {
  const { icon: Glyph, label, face, side, note, keys } = command
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
    <div
      className={css.option}
      id={id}
      role="option"
      aria-selected={isActive}
      tabIndex={-1}
      onPointerMove={isActive ? undefined : onPoint}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onPick}
    >
      <Glyph size={15} stroke={1.8} aria-hidden />
      {face ?? <span className="cut">{label}</span>}
      <span className={css.side}>
        {side}
        {note ? <span className="t3">{note}</span> : null}
        {keys ? <KeyCap action={keys} /> : null}
      </span>
    </div>
  )
}
